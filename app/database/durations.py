"""How long answers took, in steps of a fifth, so that a day's median can be told from a few counts."""

import math
from collections.abc import Mapping

STEP = 1.2
"""Each step is longer than the one before by this factor: what is read from the counts is off by 10 % at most."""


def bucket_of(milliseconds: float) -> int:
    """The step of a duration; everything below one millisecond is step 0."""
    return math.floor(math.log(max(milliseconds, 1.0), STEP))


def percentile(counts: Mapping[int, int], share: float) -> float | None:
    """Milliseconds that this share (0 to 1) of the counted durations stayed below; None without any."""
    wanted = math.ceil(sum(counts.values()) * share)
    seen = 0
    for bucket in sorted(counts):
        seen += counts[bucket]
        if seen >= wanted:
            return float(STEP ** (bucket + 0.5))
    return None
