"""One walk under way, and the ways in which it can end. Each yields what the citizen sees and finishes the answer."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from app.answering import compose
from app.answering.draft import draft_sentences, render_prompt
from app.answering.plain import short_enough
from app.answering.prompts import load_prompt
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
from app.answering.verify import quote, uncovered, verify_statement
from app.errors import AmtslotseError, BusyError, InvalidInputError
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.models.ports import Sampling
from app.tenants.tenant import Office
from app.wording.catalog import EINFACH, STANDARD, Catalog

if TYPE_CHECKING:
    from app.answering.pipeline import Pipeline

LONGEST_DRAFT_EVIDENCE = 5
"""With more evidence sentences than this the answer is a list, and a list is quoted: complete, at once, for free."""
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
        yield self._finish(status, statements, compose.sources_of(evidence, statements), office_id=office.id)

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
            statements.insert(0, self._in_german(self.generation.tenant.office(finding.office)))
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
        if topic is not None and self._foreign(topic):
            statements.append(self._in_german(office))
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
        suggestions = compose.nearest_services(retrieval)
        office = self._office_of(evidence.topic if suggestions else None)
        statement = self._frame("not_in_knowledge", office=office.name)
        yield Stated(statement)
        yield self._finish(Status.NOT_IN_KNOWLEDGE, [statement], office_id=office.id, suggestions=suggestions)

    def draft_and_verify(self, question: str, evidence: Evidence, cancel: Event | None) -> Iterator[WalkEvent]:
        """The model drafts, each sentence is verified before it is shown; what it leaves out is quoted."""
        statements: list[Statement] = []
        topic = evidence.sentences[0].chunk
        told: set[tuple[int, int]] = set()
        for event in self._verified_draft(question, evidence, statements, told, cancel):
            if isinstance(event, Stated):
                statements.append(event.statement)
            yield event
        missing = uncovered(evidence.sentences, statements, told)
        quotes = [quote(sentence) for sentence in (missing if self._speaks_as_asked(topic) else short_enough(missing))]
        if quotes and not statements:
            quotes.insert(0, self._lead(topic))
        yield from map(Stated, quotes)
        statements += quotes
        yield self._finish(
            Status.ANSWERED,
            statements,
            compose.sources_of(evidence.sentences, statements),
            office_id=topic.office,
            online=compose.online_service(topic),
        )

    def _verified_draft(
        self,
        question: str,
        evidence: Evidence,
        said: list[Statement],
        told: set[tuple[int, int]],
        cancel: Event | None,
    ) -> Iterator[Progressed | Stated]:
        """The draft's sentences that pass verification; none when drafting isn't worth it or possible here.

        `said` holds what was accepted before; what evidence the sentences tell is added to `told`.
        """
        model = self.pipeline.language_model
        language = self.screened.language
        if (
            model is None
            or len(evidence.sentences) > LONGEST_DRAFT_EVIDENCE
            or language not in model.info.draft_languages
            or any(sentence.chunk.language != language for sentence in evidence.sentences)
        ):
            return
        name = model.info.prompt if self.question.style == STANDARD else f"{model.info.prompt}-{self.question.style}"
        template = load_prompt(self.pipeline.prompts_dir, name, language)
        if template is None:
            return
        yield self.progress("writing")
        prompt = render_prompt(template, question, evidence.sentences)
        self.trace.prompt, self.trace.prompt_reference = prompt.text, template.reference
        sampling = Sampling(max_tokens=self.pipeline.max_tokens, seed=self.pipeline.seed, stop=template.stop)
        vocabulary = self.generation.lexical.vocabulary
        try:
            for sentence in draft_sentences(model, prompt, sampling, cancel):
                self.trace.draft.append(sentence)
                verdict = verify_statement(sentence, question, evidence.sentences, said, vocabulary)
                if verdict.statement is not None:
                    told |= verdict.told
                    yield Stated(replace(verdict.statement, language=language))
                elif verdict.rejection is not None:
                    self.trace.rejections.append(verdict.rejection)
                    if model.info.adapter is None:
                        break  # a base model that has left the evidence once seldom finds back: quote the rest
        except InvalidInputError as error:  # sources and question don't fit the model's context: quoting still works
            self.trace.draft_error = error.message
        self.trace.stage_done("draft")

    def _frame(self, key: str, **values: str | int) -> Statement:
        return compose.frame(self.wording.text(key, **values), self.wording.language)

    def _lead(self, topic: Chunk) -> Statement:
        """What comes before quotes: whose words they are, and why in German."""
        if self._foreign(topic):
            return self._in_german(self._office_of(topic))
        return self._frame("plain_lead" if topic.variant == EINFACH else "quote_lead")

    def _in_german(self, office: Office) -> Statement:
        """What comes before German sentences in the answer to a foreign question."""
        return self._frame("german_quotes_frame", office=office.name, phone=office.phone)

    def _foreign(self, topic: Chunk) -> bool:
        return topic.language != self.screened.language

    def _speaks_as_asked(self, topic: Chunk) -> bool:
        return self.question.style == STANDARD or topic.variant == self.question.style

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
            disclosure=self.wording.text("disclosure"),
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


_WITH_OFFICE = frozenset({"human", "human_wanted", "out_of_scope", "paused"})
"""Wording after which a citizen is best served with a way to reach people."""
