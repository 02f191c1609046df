"""How well personal data is masked: `python -m evaluation.privacy`.

A span counts as found when all its characters are masked; a mask is a false alarm when it covers no personal data.
"""
