"""Texts and sentences that are too hard to read.

Reading ease: Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948): 206.835 - 1.015 x words a
sentence - 84.6 x syllables a word; for German Amstad, "Wie verständlich sind unsere Zeitungen?" (Zürich 1978):
180 - words a sentence - 58.5 x syllables a word. On both scales 0 to 30 is "very hard", read by academics; newspapers
lie between 30 and 60. A town's text has long names of offices and documents, so only "very hard" is reported.

Sentence length: more than 30 words count as very hard (Reiners, "Stilkunst", 1943), and 30 is the most that the news
agency dpa allows its authors (Schneider, "Deutsch für Profis", 1984). Einfache Sprache (DIN 8581-1:2024) and Leichte
Sprache (DIN SPEC 33429:2025) only ask for short sentences: 12 and 10 words are our own limits.
"""

import re
from collections.abc import Iterator

from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.config import ReadingLimits
from ingest.checks.place import line_of
from ingest.checks.syllables import english_syllables, german_syllables, words
from ingest.findings import Finding, Severity

_FEWEST_WORDS = 100
"""The formulas were fitted on samples of 100 words; below that one long word decides."""
_WORD = re.compile(r"\w[\w.,:/-]*")


def check_sentence_length(given: CheckInput) -> Iterator[Finding]:
    """No sentence has more words than its kind of text allows. Only German and English sentences are counted."""
    for text in given.texts:
        most = _most_words(text, given.config.reading)
        if text.document.language not in ("de", "en"):
            continue
        for sentence in text.running:
            count = len(_WORD.findall(sentence.text))
            if count > most:
                yield Finding(
                    "long-sentence", Severity.WARNING, text.name,
                    line_of(given.folder, text.name, sentence.module, sentence.text),
                    f"'{sentence.text}' has more than {most} words", "make two sentences of it",
                    quote=sentence.text, german=f"Der Satz hat {count} Wörter, höchstens {most} sollen es sein.",
                )  # fmt: skip


def check_reading_ease(given: CheckInput) -> Iterator[Finding]:
    """German and English texts of 100 words or more are not "very hard"."""
    limits = given.config.reading
    least = {"de": limits.least_flesch_de, "en": limits.least_flesch_en}
    for text in given.texts:
        ease = reading_ease(text)
        if ease is not None and ease < least[text.document.language]:
            yield Finding(
                "hard-text", Severity.WARNING, text.name, 0,
                f"reading ease {ease:.0f}, at least {least[text.document.language]:.0f} is wanted",
                "write shorter sentences and shorter words",
                german=f"Der Lesbarkeitswert ist {ease:.0f} von 100; mindestens "
                f"{least[text.document.language]:.0f} soll er sein.",
            )  # fmt: skip


def reading_ease(text: CheckedText) -> float | None:
    """Amstad's value for German, Flesch's for English; None for short texts and other languages."""
    german = text.document.language == "de"
    if not german and text.document.language != "en":
        return None
    sentences = [found for found in (words(sentence.text) for sentence in text.running) if found]
    total = sum(map(len, sentences))
    if total < _FEWEST_WORDS:
        return None
    count = german_syllables if german else english_syllables
    length = total / len(sentences)
    syllables = sum(count(word) for sentence in sentences for word in sentence) / total
    return 180 - length - 58.5 * syllables if german else 206.835 - 1.015 * length - 84.6 * syllables


def _most_words(text: CheckedText, limits: ReadingLimits) -> int:
    by_variant = {
        "standard": limits.most_words,
        "einfach": limits.most_words_einfach,
        "leicht": limits.most_words_leicht,
    }
    return by_variant[text.document.variant]
