"""Several questions in one message, told apart by rules: "Was kostet ein Reisepass und wie lange dauert das?"."""

import re
from dataclasses import dataclass

from app.answering.intent import detect_intent
from app.answering.part_words import PartWords, part_words
from app.text.terms import GENERIC_STEMS, content_words, stem
from app.text.units import split_sentences

MOST_PARTS = 4
"""A message that asks more than this is read as a whole."""
_QUESTION_END = re.compile(r"(?<=[?؟])\s+")
_ALTERNATIVE = re.compile(r"(?:oder|or|ou|yoksa|или|або|чи|أو)\b", re.IGNORECASE)
_EDGES = " \t,;:.!?؟"


@dataclass(frozen=True, slots=True)
class Part:
    """One of several questions in a message."""

    words: str
    """The citizen's own, without the mark at the end."""
    context: str = ""
    """The sentences of the message that ask nothing: "Ich ziehe um." Empty when there are none."""

    @property
    def text(self) -> str:
        """The question with its context."""
        return f"{self.context} {self.words}?".strip()


def split_parts(text: str, language: str) -> tuple[Part, ...]:
    """The questions of a message in order, two to `MOST_PARTS`; empty for a single question.

    Sentences that ask nothing are context of every part. What is in doubt stays together: half a question is answered
    worse than two at once.
    """
    words = part_words().get(language)
    if words is None:
        return ()
    asked: list[str] = []
    context: list[str] = []
    for sentence in _sentences(text):
        if not _asks(sentence, words):
            context.append(sentence)
        elif asked and (_ALTERNATIVE.match(sentence) or not _stands_alone(sentence, words)):
            asked[-1] = f"{asked[-1]}? {sentence.strip(_EDGES)}"
        else:
            asked += [part for clause in _clauses(sentence, words) for part in _several_kinds(clause, words)]
    if not 2 <= len(asked) <= MOST_PARTS:
        return ()
    return tuple(Part(clause, " ".join(context)) for clause in asked)


def _sentences(text: str) -> list[str]:
    return [sentence for piece in _QUESTION_END.split(text) for sentence in split_sentences(piece)]


def _asks(sentence: str, words: PartWords) -> bool:
    if sentence.endswith(("?", "؟")):
        return _is_question(sentence, words)
    return words.begins.match(sentence) is not None or words.kinds.search(sentence) is not None


def _stands_alone(clause: str, words: PartWords) -> bool:
    """Whether a clause says what it asks for: neither "und wie lange?" nor "Können Sie mir sagen"."""
    if words.elliptic.fullmatch(clause.strip(_EDGES)):
        return False
    own = [word for word in content_words(clause) if stem(word) not in GENERIC_STEMS]
    return bool(own) or detect_intent(clause) is not None


def _clauses(sentence: str, words: PartWords) -> list[str]:
    """The questions of one sentence; a comma separates only where an "und" goes on with the list."""
    joints = [(match.start(), match.end()) for match in words.joined.finditer(sentence)]
    if joints:
        last = joints[-1][0]
        joints += [(match.start(), match.end()) for match in words.listed.finditer(sentence[:last])]
    clauses: list[str] = []
    begin, kept = 0, 0
    for start, end in [*sorted(set(joints)), (len(sentence), len(sentence))]:
        clause = sentence[begin:start].strip(_EDGES)
        if end < len(sentence) and words.tells.search(clause):
            continue  # "Wo kann ich nachschauen, wann ..." asks one thing
        if clauses and not _stands_alone(clause, words):
            clauses[-1] = sentence[kept:start].strip(_EDGES)
        elif _stands_alone(clause, words) and _is_question(clause, words):
            clauses.append(clause)
            kept = begin
        elif end < len(sentence):
            continue  # "Können Sie mir sagen, ..." belongs to what follows
        begin = end
    return clauses or [sentence.strip(_EDGES)]


def _is_question(clause: str, words: PartWords) -> bool:
    """Whether a clause asks: it begins like a question somewhere, or is a bare "Kosten Reisepass"."""
    return words.asks.search(clause) is not None or detect_intent(clause) is not None


def _several_kinds(clause: str, words: PartWords) -> list[str]:
    """ "Kosten und Dauer Kirchenaustritt" as two questions, and "Wie und wo melde ich mich an" as well."""
    if (asks := words.question_words.match(clause)) is not None:
        return [f"{word} {clause[asks.end() :]}" for word in asks.groups()]
    run = words.kinds.search(clause)
    if run is None:
        return [clause]
    nouns = [noun for noun in re.split(r"\s*,\s*|\s+(?:und|sowie|&)\s+", run.group()) if noun]
    kinds = {intent.module for noun in nouns if (intent := detect_intent(noun)) is not None}
    if len(kinds) < len(nouns):
        return [clause]
    return [f"{clause[: run.start()]}{noun}{clause[run.end() :]}" for noun in nouns]
