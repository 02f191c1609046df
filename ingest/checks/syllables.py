"""Words and syllables of running text, counted by rule."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’·-][^\W\d_]+)*")
"""Words of letters; numbers and § have no syllables of their own and would only shift the mean."""
_GERMAN = re.compile(r"aa|ee|oo|ai|au|äu|ei|eu|ie|oi|ay|ey|[aeiouyäöüáàâéèêíóôúç]")
_GERMAN_PREFIX = re.compile(r"^(?:be|ge)(?=[aeiouäöü])")
"""In "beantragen" and "geändert" two vowels meet that are two syllables."""
_ENGLISH = re.compile(r"[aeiouy]+")
_ENGLISH_SILENT = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeioutd]ed$|[^aeiousczgxh]es$")
"""Endings without a syllable: "office", "whole", "used", "names"; not "table", "wanted", "houses"."""


def words(text: str) -> list[str]:
    """The words of letters, in order; a hyphenated compound is one word."""
    return _WORD.findall(text)


def german_syllables(word: str) -> int:
    """At least 1. Counts vowel groups, so "Familie" comes out one short: right on average, not word by word."""
    folded = word.casefold().replace("qu", "q")
    stem = _GERMAN_PREFIX.sub("", folded)
    return max(1, len(_GERMAN.findall(stem)) + (stem != folded))


def english_syllables(word: str) -> int:
    """At least 1. Counts vowel groups without silent endings."""
    folded = word.casefold()
    return max(1, len(_ENGLISH.findall(folded)) - bool(_ENGLISH_SILENT.search(folded)))
