"""One walk under way, and the ways in which it can end. Each yields what the citizen sees and finishes the answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from app.answering import compose
from app.answering.part_answers import PartAnswer
from app.answering.parts_said import PartsSaid, status_of
from app.answering.phrase import Phrasing
from app.answering.retrieve import Retrieval
from app.answering.trace import Trace
from app.answering.values import (
    Answer,
    Evidence,
    Finished,
    Link,
    Origin,
    Progressed,
    Question,
    RuleFinding,
    Screened,
    Source,
    Stated,
    Statement,
    Status,
    WalkEvent,
)
from app.answering.verify import quote
from app.errors import AmtslotseError, BusyError
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.tenants.office import Office
from app.wording.catalog import Catalog

if TYPE_CHECKING:
    from app.answering.pipeline import Pipeline

_STAFF_QUOTES = 3


@dataclass(frozen=True)
class Walk:
    """One walk under way: the ways in which it can end."""

    pipeline: "Pipeline"
    question: Question
    screened: Screened
    wording: Catalog
    generation: Generation
    trace: Trace

    def progress(self, stage: str) -> Progressed:
        return Progressed(stage=stage, text=self.wording.text(f"progress.{stage}"))

    def end_with_wording(self, status: Status) -> Iterator[Stated | Finished]:
        """Emergencies, small talk, refusals: fixed wording, nothing else."""
        office = self.generation.tenant.office(self.generation.tenant.default_office)
        key = self.screened.wording or f"status.{status}.sentence"
        statement = self._frame(key, office=office.name, phone=office.phone)
        yield Stated(statement)
        shown = office.id if key in _WITH_OFFICE else None
        yield self._finish(status, [statement], office_id=shown)

    def end_with_notice(self) -> Iterator[Stated | Finished]:
        """The town has paused the bot: a notice, and the office."""
        tenant = self.generation.tenant
        statements = list(compose.pause_notice(self.question.switches, tenant, self.wording))
        yield from map(Stated, statements)
        yield self._finish(Status.PAUSED, statements, office_id=tenant.default_office)

    def end_with_block(self, office_id: str | None) -> Iterator[Stated | Finished]:
        """The town has blocked the topic: says so, and names the office that can help."""
        office = self.generation.tenant.office(office_id or self.generation.tenant.default_office)
        statement = self._frame("topic_blocked", office=office.name, phone=office.phone)
        yield Stated(statement)
        yield self._finish(Status.PAUSED, [statement], office_id=office.id)

    def end_with_apology(self, error: AmtslotseError) -> Iterator[Stated | Finished]:
        """Something broke on the way: says so after what was stated before, and names the office."""
        said = list(self.trace.stated)
        evidence = self.trace.evidence.sentences if self.trace.evidence else ()
        office = self._office_of(evidence[0].chunk if evidence else None)
        if isinstance(error, BusyError):
            status, apology = Status.BUSY, self._frame("busy", seconds=error.retry_after_s)
        else:
            status, apology = Status.FAILED, self._frame("failed", office=office.name, phone=office.phone)
        yield Stated(apology)
        statements = [*said, apology]
        sources = (*self.trace.rule_sources, *compose.sources_of(evidence, statements))
        yield self._finish(status, statements, sources, office_id=office.id)

    def end_with_rule(self, finding: RuleFinding) -> Iterator[WalkEvent]:
        """A rule answers: every statement cites the data that the rule used. A table may ask back instead."""
        language = finding.language or self.wording.language
        if finding.table is not None and finding.table.asks_for is not None:
            questions = [compose.frame(text, language) for text in finding.statements]
            yield from map(Stated, questions)
            offered = tuple(Link(text, None, language) for text in finding.table.suggestions)
            yield self._finish(Status.NEEDS_CLARIFICATION, questions, suggestions=offered)
            return
        statements = [Statement(text, (1,), Origin.RULE, language) for text in finding.statements]
        if language != self.wording.language:
            statements.insert(0, compose.in_german(self.generation.tenant.office(finding.office), self.wording))
        yield from map(Stated, statements)
        yield self._finish(
            Status.ANSWERED_BY_RULE,
            statements,
            (compose.rule_source(finding, language),),
            office_id=finding.office,
        )

    def end_with_staff(self, evidence: Evidence) -> Iterator[WalkEvent]:
        """An individual case: who decides, and the rule in the text's own words; never a verdict."""
        topic = evidence.topic if evidence.sentences else None
        office = self._office_of(topic)
        key = self.screened.wording or "decided_by_staff"
        statements = [self._frame(key, office=office.name, phone=office.phone)]
        if topic is not None and topic.language != self.screened.language:
            statements.append(compose.in_german(office, self.wording))
        statements += [quote(sentence) for sentence in evidence.sentences[:_STAFF_QUOTES]]
        yield from map(Stated, statements)
        sources = compose.sources_of(evidence.sentences, statements)
        yield self._finish(Status.DECIDED_BY_STAFF, statements, sources, office_id=office.id)

    def end_with_choices(self, choices: tuple[Link, ...]) -> Iterator[WalkEvent]:
        """The question could mean several services: ask which."""
        statement = self._frame("needs_clarification")
        yield Stated(statement)
        yield self._finish(Status.NEEDS_CLARIFICATION, [statement], suggestions=choices)

    def end_without_evidence(self, evidence: Evidence, retrieval: Retrieval) -> Iterator[WalkEvent]:
        """Nothing answers: say so, name the office and the nearest services."""
        suggestions = compose.nearest_services(retrieval, self.generation)
        office = self._office_of(evidence.topic if suggestions else None)
        statement = self._frame("not_in_knowledge", office=office.name)
        yield Stated(statement)
        yield self._finish(Status.NOT_IN_KNOWLEDGE, [statement], office_id=office.id, suggestions=suggestions)

    def end_with_evidence(self, question: str, evidence: Evidence, cancel: Event | None) -> Iterator[WalkEvent]:
        """The knowledge answers: drafted, verified, and quoted where the draft leaves something out."""
        statements: list[Statement] = []
        topic = evidence.sentences[0].chunk
        for event in self._phrasing.say(question, evidence.sentences, cancel):
            if isinstance(event, Stated):
                statements.append(event.statement)
            yield event
        yield self._finish(
            Status.ANSWERED,
            statements,
            compose.sources_of(evidence.sentences, statements),
            office_id=topic.office,
            online=compose.online_service(topic),
        )

    def end_with_parts(self, answers: Sequence[PartAnswer], cancel: Event | None) -> Iterator[WalkEvent]:
        """Several questions, of which at least one is answered: each in its turn, then what was not found."""
        said = PartsSaid(self._phrasing, self.wording)
        yield from said.say(answers, cancel)
        first = next(answer for answer in answers if answer.answered)
        topic = first.evidence.topic
        yield self._finish(
            status_of(answers),
            said.statements,
            said.sources,
            office_id=first.office,
            online=compose.online_service(topic),
        )

    def _frame(self, key: str, **values: str | int) -> Statement:
        return compose.frame(self.wording.text(key, **values), self.wording.language)

    @property
    def _phrasing(self) -> Phrasing:
        return Phrasing(self.pipeline, self.question, self.screened, self.wording, self.generation, self.trace)

    def _office_of(self, topic: Chunk | None) -> Office:
        tenant = self.generation.tenant
        return tenant.office(topic.office if topic else tenant.default_office)

    def _finish(
        self,
        status: Status,
        statements: list[Statement],
        sources: tuple[Source, ...] = (),
        office_id: str | None = None,
        online: Link | None = None,
        suggestions: tuple[Link, ...] = (),
    ) -> Finished:
        tenant = self.generation.tenant
        answer = Answer(
            status=status,
            statements=tuple(statements),
            sources=sources,
            disclosure=compose.disclosure(tenant, self.wording),
            language=self.wording.language,
            model=self.pipeline.model_name,
            generation=self.generation.id,
            notices=self._notices(),
            office=compose.office_card(tenant.office(office_id), tenant, self.question.asked_at, self.wording)
            if office_id
            else None,
            online_service=online,
            suggestions=suggestions,
        )
        self.trace.answer = answer
        self.trace.stage_done("compose")
        return Finished(answer)

    def _notices(self) -> tuple[str, ...]:
        if not self.screened.masked:
            return ()
        kinds = ", ".join(self.wording.text(f"personal_data.{kind}") for kind in dict.fromkeys(self.screened.masked))
        return (self.wording.text("personal_data_masked", kinds=kinds),)


_WITH_OFFICE = frozenset({"declined.private_data", "human", "human_wanted", "out_of_scope", "paused"})
"""Wording after which a citizen is best served with a way to reach people."""
