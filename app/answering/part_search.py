"""Looking up every part of a message: by a rule, in the text that the message is about, or in any text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.answering.evidence import Opinion, select_evidence
from app.answering.find_rule import find_rule
from app.answering.follow_up import ResolvedQuestion
from app.answering.part_answers import PartAnswer, Whole, part_by_part, says
from app.answering.part_subjects import Subject, subject_of
from app.answering.parts import Part
from app.answering.retrieve import Retrieval, retrieve
from app.answering.values import Evidence, Question, RuleFinding, Screened
from app.answering.weights import Weights
from app.index.generation import Generation
from app.models.ports import Embedder

_NOTHING = Evidence((), 0.0, None)


@dataclass(frozen=True, slots=True)
class _Topic:
    """What a part without words of its own is about."""

    office: str
    document_id: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class PartSearch:
    """Looks each part up, in one generation for one question."""

    question: Question
    screened: Screened
    generation: Generation
    embedder: Embedder
    weights: Weights
    opinion_on: Callable[[str], Opinion | None]
    """The second opinion on a part's evidence, if there is any."""

    def answers(self, parts: Sequence[Part], whole: Whole) -> tuple[PartAnswer, ...]:
        """See `part_by_part`; empty as well without parts, or when no part says what the message is about."""
        subjects = [subject_of(part, self.screened.language, self.generation) for part in parts]
        told = [bool(subject.own or part.context) for part, subject in zip(parts, subjects, strict=True)]
        carried = self._carried_topic(whole.resolved.carried_topic)
        if carried is None and not any(told):
            return ()
        found: dict[int, PartAnswer] = {}
        # "Wie lange dauert das?" is looked up after the part that says what "das" is.
        for index in sorted(range(len(parts)), key=lambda index: (not told[index], index)):
            near = sorted(found, key=lambda other: (other > index, abs(other - index)))
            topics = (*(_told_by(found[other]) for other in near), carried, _topic_of(whole.evidence))
            topic = next((topic for topic in topics if topic is not None), None)
            refers = not told[index] or (
                not subjects[index].names(self.generation)
                and any(other < index and not found[other].answered for other in near)
            )
            text = f"{parts[near[0]].words}? {parts[index].words}?" if refers and near else parts[index].text
            found[index] = self._answer(parts[index], subjects[index], text, topic)
        return part_by_part([found[index] for index in range(len(parts))], whole, self.generation)

    def _answer(self, part: Part, subject: Subject, text: str, topic: _Topic | None) -> PartAnswer:
        """By a rule; else from the text that the message is about, when the part fits it; else from any text."""
        alone = ResolvedQuestion(text, None)
        carried = None
        if topic is not None and topic.document_id is not None and subject.known_in(topic.document_id, self.generation):
            carried = ResolvedQuestion(f"{topic.title}: {part.words}?", topic.document_id)
        finding = self._rule(part, carried or alone, topic)
        if finding is not None:
            return PartAnswer(part, subject, carried or alone, _NOTHING, finding=finding)
        first = self._search(part, subject, carried or alone)
        if first.answered or carried is None or not (subject.own or part.context):
            return first
        return self._search(part, subject, alone)

    def _rule(self, part: Part, resolved: ResolvedQuestion, topic: _Topic | None) -> RuleFinding | None:
        """What a rule answers; a table that has to ask back does not."""
        asked = replace(self.screened, text=part.text)
        finding = find_rule(asked, self.question, resolved, self.generation, topic.office if topic else None)
        return None if finding and finding.table and finding.table.asks_for else finding

    def _search(self, part: Part, subject: Subject, resolved: ResolvedQuestion) -> PartAnswer:
        """Evidence for one part; the text that the message is about answers at once when it has the module."""
        day = self.question.asked_at.astimezone(self.generation.tenant.zone).date()
        retrieval = retrieve(
            resolved.text, self.screened.language, day, self.generation, self.embedder, self.weights,
            resolved.carried_topic,
        )  # fmt: skip
        if resolved.carried_topic is not None and _has_module(retrieval, subject):
            evidence = select_evidence(retrieval, self.generation, self.weights.certain)
        else:
            evidence = select_evidence(retrieval, self.generation, self.weights, self.opinion_on(resolved.text))
        if not says(evidence, subject.intent):
            evidence = replace(evidence, sentences=())
        return PartAnswer(part, subject, resolved, evidence, retrieval)

    def _carried_topic(self, document_id: str | None) -> _Topic | None:
        """What the conversation is about, when the message refers to it."""
        if document_id is None:
            return None
        chunk = self.generation.chunks[self.generation.rows_of(document_id)[0]]
        return _Topic(chunk.office, chunk.document_id, chunk.title)


def _has_module(retrieval: Retrieval, subject: Subject) -> bool:
    """Whether the text that the message is about has the very module that a part without other words asks for."""
    if subject.own or subject.intent is None or not retrieval.candidates:
        return False
    return retrieval.candidates[0].chunk.module == subject.intent.module


def _told_by(answer: PartAnswer) -> _Topic | None:
    """What an answered part is about: the text that answered, or the office of the rule that did."""
    if answer.finding is None:
        return _topic_of(answer.evidence)
    table = answer.finding.table
    document, title = (table.document, table.document_title) if table else (None, None)
    return _Topic(answer.finding.office, document, title)


def _topic_of(evidence: Evidence) -> _Topic | None:
    if evidence.topic is None or not evidence.sentences:
        return None
    return _Topic(evidence.topic.office, evidence.topic.document_id, evidence.topic.title)
