"""What computes, behind small ports: language model, embedder, evidence model; and their catalog."""

import os

# Rounds that an OpenMP thread waits busily for the others; read when the first of torch and llama.cpp loads the
# library, which they share, so it must be set before either. With the default of 300,000 the threads burn the very
# processor that they wait for as soon as anything else runs: on 2 busy cores 48 tokens took 8 to 50 s instead of
# 3 s; on idle cores it hardly matters. An operator's own value stays.
os.environ.setdefault("GOMP_SPINCOUNT", "1000")

# The library's own threads only get into each other's way, and it complains when a process with them forks.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
