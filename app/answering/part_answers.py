"""Whether a message is answered better part by part than as a whole, and with what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.answering.follow_up import ResolvedQuestion
from app.answering.intent import Intent
from app.answering.part_subjects import Subject
from app.answering.parts import Part
from app.answering.retrieve import Retrieval
from app.answering.values import Evidence, EvidenceSentence, RuleFinding
from app.index.generation import Generation
from app.index.modules import ModuleKind
from app.text.figures import FigureKind, figures

_FIGURES = {
    ModuleKind.COSTS: {FigureKind.AMOUNT, FigureKind.PERCENT},
    ModuleKind.PROCESSING_TIME: {FigureKind.DURATION},
}
"""What an answer to such a question has, when it doesn't stand in the module of that name."""


MOST_SENTENCES = 12
"""Up to which what the message as a whole found is added to what its parts found."""


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """What was found for one part; neither finding nor evidence sentences: nothing."""

    part: Part
    subject: Subject
    resolved: ResolvedQuestion
    """As it was searched for."""
    evidence: Evidence
    retrieval: Retrieval | None = None
    """None when a rule answers."""
    finding: RuleFinding | None = None

    @property
    def answered(self) -> bool:
        return self.finding is not None or bool(self.evidence.sentences)

    @property
    def office(self) -> str | None:
        """Id of the office that answers for what was found, or for what came nearest."""
        if self.finding is not None:
            return self.finding.office
        return self.evidence.topic.office if self.evidence.topic else None


@dataclass(frozen=True, slots=True)
class Whole:
    """What was found for the message as a whole."""

    resolved: ResolvedQuestion
    evidence: Evidence
    finding: RuleFinding | None


def part_by_part(found: Sequence[PartAnswer], whole: Whole, generation: Generation) -> tuple[PartAnswer, ...]:
    """The answers of a message's parts, in order; empty where the message is answered just as well as a whole.

    A rule that answers the message stays, unless a part says what it was about. A part for which nothing was found
    may be told in what the message as a whole found; and where a story comes before the questions, what only the
    message as a whole found is said as well.
    """
    if whole.finding is not None:
        return tuple(found) if any(answer.finding for answer in found) else ()
    answered = [answer for answer in found if answer.answered]
    filled = tuple(
        replace(answer, evidence=whole.evidence) if _told_in(whole.evidence, answer, generation) else answer
        for answer in found
    )
    better = any(_adds(answer, whole.evidence) for answer in answered) or not all(answer.answered for answer in filled)
    if not better or not any(answer.answered for answer in filled):
        return ()
    return _with_story(filled, whole) if filled[0].part.context else filled


def says(evidence: Evidence, intent: Intent | None) -> bool:
    """Whether evidence has what was asked for: a price, a duration, or a sentence of the module."""
    wanted = _FIGURES.get(intent.module) if intent else None
    if intent is None or wanted is None:
        return True
    return any(
        sentence.chunk.module == intent.module or any(figure.kind in wanted for figure in figures(sentence.text))
        for sentence in evidence.sentences
    )


def _told_in(whole: Evidence, answer: PartAnswer, generation: Generation) -> bool:
    """Whether what the whole found may answer a part for which nothing was found by itself.

    Within a story only words that no text has speak against it: half a story is seldom found.
    """
    if answer.answered or whole.topic is None or not whole.sentences or not says(whole, answer.subject.intent):
        return False
    if answer.part.context:
        return generation.lexical.unknown_share(answer.subject.terms) == 0
    return answer.subject.known_in(whole.topic.document_id, generation)


def _adds(answer: PartAnswer, whole: Evidence) -> bool:
    """Whether the message as a whole did not find all that matters most of an answered part."""
    if answer.finding is not None:
        return True
    known = {(sentence.chunk.id, sentence.position) for sentence in whole.sentences}
    return any((sentence.chunk.id, sentence.position) not in known for sentence in _foremost(answer))


def _foremost(answer: PartAnswer) -> list[EvidenceSentence]:
    """The sentences of the best passages, by evidence and by retrieval, and of the module that was asked for."""
    intent, sentences = answer.subject.intent, answer.evidence.sentences
    modules = {intent.module} if intent else set()
    first = {candidate.chunk.id for candidate in answer.retrieval.candidates[:1]} if answer.retrieval else set()
    return [s for s in sentences if s.number == 1 or s.chunk.id in first or s.chunk.module in modules]


def _with_story(answers: tuple[PartAnswer, ...], whole: Whole) -> tuple[PartAnswer, ...]:
    """With what only the whole found, as far as there is room; where all are about one service."""
    told = [sentence for answer in answers for sentence in answer.evidence.sentences]
    topic, room = whole.evidence.topic, MOST_SENTENCES - len(told)
    if topic is None or room <= 0 or {sentence.chunk.service for sentence in told} != {topic.service}:
        return answers
    known = {(sentence.chunk.id, sentence.position) for sentence in told}
    new = [s for s in whole.evidence.sentences if (s.chunk.id, s.position) not in known]
    likeliest = sorted(new, key=lambda sentence: -sentence.score)[:room]
    rest = replace(whole.evidence, sentences=tuple(sentence for sentence in new if sentence in likeliest))
    if not rest.sentences:
        return answers
    return (*answers, PartAnswer(Part(whole.resolved.text), answers[-1].subject, whole.resolved, rest))
