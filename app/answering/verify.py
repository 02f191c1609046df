"""Verification: a drafted statement reaches the citizen only when its cited passages carry every part of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.values import EvidenceSentence, Origin, Rejection, Statement
from app.text.figures import figures
from app.text.terms import STOP_WORDS, Vocabulary, fold, stem, words

_CITATION = re.compile(r"\[(\d{1,2})\]")
_LEAKS = re.compile(r"(?i)\b(quellen?|frage|antwort|die stadtverwaltung beantwortet)\s*:|\[|\]|[{}<>|]")
_NEGATIONS = frozenset(("nicht", "kein", "keine", "keinen", "keinem", "keiner", "ohne", "nie", "niemals", "nein"))
_POLAR = frozenset(("ja", "nein"))
_HARMLESS = frozenset(
    stem(fold(word))
    for word in """außerdem bitte brauchen benötigen betragen beträgt kosten kostet dauert dauern erhalten bekommen
    gilt gelten folgende folgenden insgesamt sowie zusätzlich dafür können stadt musterstadt antrag unterlagen gebühr
    gebühren hierfür jeweils davon""".split()
)
"""Words that connect without stating anything; everything else must stand in the evidence or the question."""
_MAX_CHARS = 400


@dataclass(frozen=True, slots=True)
class Verdict:
    """Either a statement that may be shown, or why it may not."""

    statement: Statement | None
    rejection: Rejection | None


def verify_statement(
    sentence: str,
    question: str,
    evidence: Sequence[EvidenceSentence],
    said: Sequence[Statement],
    vocabulary: Vocabulary,
) -> Verdict:
    """Checks one drafted sentence against the passages that it cites.

    `said` are the statements accepted before; a repetition is dropped. Unknown citations, figures or content words
    without support, a changed polarity, prompt remains and unfinished sentences are reasons to reject.
    """
    numbers = tuple(dict.fromkeys(int(number) for number in _CITATION.findall(sentence)))
    text = " ".join(_CITATION.sub("", sentence).split()).replace(" .", ".").replace(" ,", ",")
    reason = _reason(text, numbers, question, evidence, said, vocabulary)
    if reason is not None:
        return Verdict(None, Rejection(text=sentence, reason=reason))
    return Verdict(Statement(text=text, citations=numbers, origin=Origin.GENERATED), None)


def _reason(
    text: str,
    numbers: Sequence[int],
    question: str,
    evidence: Sequence[EvidenceSentence],
    said: Sequence[Statement],
    vocabulary: Vocabulary,
) -> str | None:
    if not numbers:
        return "no citation"
    known = {sentence.number for sentence in evidence}
    if unknown := [number for number in numbers if number not in known]:
        return f"cites unknown source {unknown[0]}"
    if not text or text[-1] not in ".!?":
        return "unfinished sentence"
    if len(text) > _MAX_CHARS:
        return "too long"
    if _LEAKS.search(text):
        return "remains of the prompt"
    if any(fold(text) == fold(other.text) for other in said):
        return "said before"
    cited = [sentence for sentence in evidence if sentence.number in numbers]
    support = "\n".join(f"{sentence.chunk.title}. {sentence.chunk.heading}. {sentence.text}" for sentence in cited)
    if invented := figures(text) - figures(support):
        figure = min(invented)
        return f"figure not in the cited source: {figure.kind.value} {figure.value}"
    if unsupported := _unsupported_words(text, f"{support}\n{question}", vocabulary):
        return f"not supported by the cited source: {', '.join(unsupported[:3])}"
    return _polarity(text, [sentence.text for sentence in cited])


def _unsupported_words(text: str, support: str, vocabulary: Vocabulary) -> list[str]:
    known = set(vocabulary.terms(support))
    missing = []
    for word in words(text):
        if word in STOP_WORDS or len(word) < 3 or word.isdigit() or stem(word) in _HARMLESS:
            continue
        parts = vocabulary.parts(word)
        if stem(word) not in known and not (parts and all(stem(part) in known for part in parts)):
            missing.append(word)
    return missing


def _polarity(text: str, cited: Sequence[str]) -> str | None:
    """A negation that no cited sentence has, or one that the best matching sentence has and the draft lost."""
    spoken = words(text)
    if spoken and spoken[0] in _POLAR:
        return "yes or no without a rule"
    negated = bool(_NEGATIONS.intersection(spoken))
    nearest = max(cited, key=lambda sentence: len(set(words(sentence)) & set(spoken)))
    if negated != bool(_NEGATIONS.intersection(words(nearest))):
        return "negation differs from the cited source"
    return None


def uncovered(evidence: Sequence[EvidenceSentence], said: Sequence[Statement]) -> list[EvidenceSentence]:
    """Evidence that the accepted statements don't convey: its figures or more than half of its words are missing."""
    all_figures = figures("\n".join(statement.text for statement in said))
    all_stems = {stem(word) for statement in said for word in words(statement.text)}
    missing = []
    for sentence in evidence:
        own = {stem(word) for word in words(sentence.text) if word not in STOP_WORDS and len(word) > 2}
        shared = len(own & all_stems) / len(own) if own else 1.0
        if figures(sentence.text) - all_figures or shared < _CONVEYED:
            missing.append(sentence)
    return missing


_CONVEYED = 0.6


def quote(sentence: EvidenceSentence) -> Statement:
    """The sentence itself, verbatim."""
    return Statement(text=sentence.text, citations=(sentence.number,), origin=Origin.QUOTE)
