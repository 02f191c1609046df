"""Tests of every package, run by one process a core."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads of several processes on one core spin while they wait
