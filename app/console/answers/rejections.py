"""The reasons of verification, sorted by what they mean for people who read them."""

_KINDS = (
    ("figure not in the cited source", "figure"),
    ("figure of another", "figure_elsewhere"),
    ("leaves out a figure", "figure_lost"),
    ("no citation", "citation"),
    ("cites unknown source", "citation"),
    ("unfinished sentence", "form"),
    ("too long", "form"),
    ("remains of the prompt", "form"),
    ("said before", "repeated"),
    ("leaves out", "condition_lost"),
    ("modality", "modality"),
    ("negation", "negation"),
    ("yes or no", "yes_no"),
    ("puts together", "mixed_up"),
    ("swaps", "mixed_up"),
    ("puts a word", "mixed_up"),
    ("says of one sentence", "mixed_up"),
    ("scope", "scope"),
    ("direction", "direction"),
    ("tells no sentence", "unsupported"),
    ("not supported", "unsupported"),
)
"""How a reason begins, and its kind; the first that fits."""
OTHER = "other"
KINDS = frozenset(kind for _, kind in _KINDS) | {OTHER}


def rejection_kind(reason: str) -> str:
    """A key of the wording, `why.rejection.<kind>`."""
    return next((kind for beginning, kind in _KINDS if reason.startswith(beginning)), OTHER)
