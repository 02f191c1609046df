"""A town's own wording of the disclosure: free in its words, not in what it says (AI Act, Art. 50).

It must say in so many words that a machine answers, and be readable. Whether it exists cannot be chosen: without own
words the catalog's are shown.
"""

import re
import unicodedata
from collections.abc import Mapping

FEWEST_LETTERS = 20
MOST_CHARS = 600
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_WORD = re.compile(r"[^\W\d_]+")

MACHINE_WORDS: Mapping[str, tuple[str, ...]] = {
    "de": ("maschine", "maschinell", "ki", "künstliche intelligenz", "künstlichen intelligenz",
           "künstlicher intelligenz", "computerprogramm", "computerprogramms"),
    "en": ("machine", "ai", "artificial intelligence", "computer program", "computer programme"),
    "uk": ("машина", "машиною", "ші", "штучний інтелект", "штучного інтелекту", "штучним інтелектом",
           "комп'ютерна програма"),
    "ar": ("آلة", "الآلة", "ذكاء اصطناعي", "الذكاء الاصطناعي", "برنامج حاسوبي"),
    "tr": ("makine", "makineyim", "makinedir", "yapay zeka", "yapay zekâ", "yapay zekayım", "bilgisayar programı",
           "bilgisayar programıyım"),
    "ru": ("машина", "машиной", "ии", "искусственный интеллект", "искусственного интеллекта",
           "искусственным интеллектом", "компьютерная программа"),
    "fr": ("machine", "ia", "intelligence artificielle", "programme informatique"),
}  # fmt: skip
"""By language (ISO 639-1): words of which one must occur, as whole words."""

_NEGATIONS: Mapping[str, tuple[str, ...]] = {
    "de": ("kein", "keine", "keiner", "keinem", "keinen", "nicht", "weder", "noch", "ohne", "statt"),
    "en": ("no", "not", "never", "neither", "nor", "without", "isn", "t"),
    "uk": ("не", "ні", "без", "жодна", "жоден"),
    "ar": ("لا", "ليس", "ليست", "لست", "ولست", "غير", "بدون", "دون"),
    "tr": (),
    "ru": ("не", "ни", "нет", "без"),
    "fr": ("pas", "ni", "sans", "aucune", "aucun", "jamais"),
}
_NEGATED_WITHIN = 3
"""Words before the machine's word in which a negation takes it away: "Hier antwortet keine Maschine"."""
_NEGATED_AFTER: Mapping[str, tuple[str, ...]] = {"tr": ("değil", "değilim", "değildir")}


def checked_disclosure(language: str, text: str) -> str:
    """The text without space around it. Raises ValueError that says what is missing."""
    stripped = text.strip()
    known = MACHINE_WORDS.get(language)
    if known is None:
        raise ValueError(f"own words are possible in {', '.join(MACHINE_WORDS)}, not in '{language}'")
    if any(unicodedata.category(char) in _INVISIBLE for char in stripped):
        raise ValueError(f"'{language}' has line breaks or characters that nobody can see")
    if sum(char.isalpha() for char in stripped) < FEWEST_LETTERS or len(stripped) > MOST_CHARS:
        raise ValueError(f"'{language}' needs at least {FEWEST_LETTERS} letters and at most {MOST_CHARS} characters")
    if not _says_machine(stripped, language):
        raise ValueError(
            f"'{language}' does not say that a machine answers: use one of {', '.join(known)}, and do not deny it"
        )
    return stripped


def _says_machine(text: str, language: str) -> bool:
    """Whether a word for the machine occurs, and none of them is denied."""
    clauses = [_words(clause) for clause in re.split(r"[,.;:!?()–—،؛]", text)]
    names = [tuple(_words(name)) for name in MACHINE_WORDS[language]]
    found = [
        (clause, place, len(name))
        for clause in clauses
        for name in names
        for place in range(len(clause))
        if tuple(clause[place : place + len(name)]) == name
    ]
    return bool(found) and not any(_denied(*each, language) for each in found)


def _denied(clause: list[str], place: int, length: int, language: str) -> bool:
    before = clause[max(0, place - _NEGATED_WITHIN) : place]
    after = clause[place + length : place + length + 1]
    return any(word in _NEGATIONS[language] for word in before) or any(
        word in _NEGATED_AFTER.get(language, ()) for word in after
    )


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFC", text.replace("’", "'")).casefold().replace("\u0307", "")
    return _WORD.findall(folded)
