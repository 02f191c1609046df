"""Verification: a drafted statement reaches the citizen only when its cited passages carry every part of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.values import EvidenceSentence, Origin, Rejection, Statement
from app.index.modules import ModuleKind
from app.text.figures import Figure, FigureKind, figures
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
_TOLD = 0.6
_TOLD_LEAST = 0.34
"""Share of an evidence sentence's content words from which on a statement is taken to tell it."""
_QUALIFIERS = frozenset(
    "ab unter ueber bis mindestens hoechstens maximal nur je pro jaehrlich monatlich einmalig erste ersten zweite "
    "zweiten vorlaeufig vorlaeufiger vorlaeufigen ermaessigt spaetestens fruehestens etwa zusaetzlich".split()
)
_CONDITIONS = frozenset(("wenn", "falls", "sofern", "if", "unless"))
_VERBS_IN_FRONT = frozenset(
    "muessen moechten wollen haben hat sind ist wird werden koennen sollen besteht ziehen zieht kommt gilt".split()
)
_MODALS = {
    word: kind
    for kind, forms in {
        "must": "muss musst muessen muessten musste brauchen braucht brauche benoetigen benoetigt must need",
        "may": "darf duerfen duerfte erlaubt may allowed",
        "can": "kann koennen koennte koennten can could moeglich",
        "should": "soll sollen sollte sollten should",
        "never": "nie niemals never",
        "always": "immer stets always alle jede jeder jedes every all",
    }.items()
    for word in forms.split()
}
_IMPLIED_MODALITY = {
    ModuleKind.REQUIRED_DOCUMENTS: ("must",),
    ModuleKind.PREREQUISITES: ("must",),
}


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
    told = _told_units(text, cited)
    if not told:
        return "tells no sentence of the cited source"
    if mixed := _of_other_units(text, told, cited):
        return f"says of one sentence what another one is about: {mixed}"
    if lost := frozenset().union(*(_essential(unit.text) for unit in told)) - figures(text):
        figure = min(lost)
        return f"leaves out a figure of the sentence that it tells: {figure.kind.value} {figure.value}"
    if changed := _qualifiers(text) ^ _qualifiers(" ".join(unit.text for unit in told)):
        return f"scope differs from the cited source: {min(changed)}"
    if any(_conditional(unit.text) and not _conditional(text) for unit in told):
        return "leaves out the condition of the sentence that it tells"
    if modal := _new_modality(text, told):
        return f"modality not in the cited source: {modal}"
    return _polarity(text, [unit.text for unit in told])


def _told_units(text: str, cited: Sequence[EvidenceSentence]) -> list[EvidenceSentence]:
    """The evidence sentences that a statement tells: those whose figures it gives, else those whose words it has.

    Empty when even the nearest shares too little: then the statement says something of its own.
    """
    given = figures(text)
    spoken = _stems(text)
    by_figure = [unit for unit in cited if given & _essential(unit.text)]
    if by_figure:
        least = min(len(spoken & own) / len(own) if (own := _stems(unit.text)) else 1.0 for unit in by_figure)
        return by_figure if least >= _TOLD_LEAST else []
    shares = [(len(spoken & own) / len(own) if (own := _stems(unit.text)) else 0.0, unit) for unit in cited]
    told = [unit for share, unit in shares if share >= _TOLD]
    if told:
        return told
    share, nearest = max(shares, key=lambda pair: pair[0])
    return [nearest] if share >= _TOLD_LEAST else []


def _of_other_units(text: str, told: Sequence[EvidenceSentence], cited: Sequence[EvidenceSentence]) -> str | None:
    """A word that the told sentences lack but another sentence of the source has: the fee of one thing for another."""
    own = _stems(" ".join(unit.text for unit in told))
    others = _stems(" ".join(text for unit in cited for text in unit.chunk.sentences))
    return min((_stems(text) - own) & others, default=None)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOP_WORDS and len(word) > 2 and not word.isdigit()}


def _essential(unit: str) -> frozenset[Figure]:
    """The figures that a sentence is about: its amounts and percentages, else all it has."""
    every = figures(unit)
    money = frozenset(figure for figure in every if figure.kind in (FigureKind.AMOUNT, FigureKind.PERCENT))
    return money or every


def _qualifiers(text: str) -> frozenset[str]:
    """Words that limit what a figure or rule applies to."""
    return _QUALIFIERS.intersection(words(text))


def _conditional(text: str) -> bool:
    """Whether a sentence says that something holds only if: "wenn …", or a verb in front without a question."""
    spoken = words(text)
    return bool(_CONDITIONS.intersection(spoken)) or (bool(spoken) and spoken[0] in _VERBS_IN_FRONT and "," in text)


def _new_modality(text: str, told: Sequence[EvidenceSentence]) -> str | None:
    """A "must", "may" or "can" that no told sentence has; lists of documents and requirements say "must" themselves."""
    implied = {kind for unit in told for kind in _IMPLIED_MODALITY.get(unit.chunk.module, ())}
    known = {_MODALS[word] for unit in told for word in words(unit.text) if word in _MODALS} | implied
    return next((word for word in words(text) if word in _MODALS and _MODALS[word] not in known), None)


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
    all_stems = set().union(*(_stems(statement.text) for statement in said))
    missing = []
    for sentence in evidence:
        own = _stems(sentence.text)
        shared = len(own & all_stems) / len(own) if own else 1.0
        if figures(sentence.text) - all_figures or shared < _TOLD:
            missing.append(sentence)
    return missing


def quote(sentence: EvidenceSentence) -> Statement:
    """The sentence itself, verbatim."""
    return Statement(text=sentence.text, citations=(sentence.number,), origin=Origin.QUOTE)
