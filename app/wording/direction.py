"""In which direction a language is written: every part of an answer says it, so that pages can set `dir`."""

from typing import Literal

Direction = Literal["ltr", "rtl"]
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str) -> Direction:
    """`rtl` for languages in Arabic, Hebrew or Thaana letters, else `ltr`. Takes ISO 639 codes."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
