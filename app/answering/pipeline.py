"""The walk of a question: screen, rules, retrieve, select evidence, draft, verify, compose. Read it top to bottom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event

from app.answering import compose
from app.answering.blocked import BlockedTopic, TopicGuard, without_blocked
from app.answering.canonical import canonical_question
from app.answering.clarify import clarification
from app.answering.evidence import Opinion, select_evidence
from app.answering.find_rule import find_rule
from app.answering.follow_up import ResolvedQuestion, resolve_follow_up
from app.answering.part_answers import Whole
from app.answering.part_search import PartSearch
from app.answering.part_services import find_parts
from app.answering.part_subjects import subject_of
from app.answering.parts import Part
from app.answering.retrieve import Retrieval, retrieve
from app.answering.screen import screen
from app.answering.second_opinion import SecondOpinion
from app.answering.staff_rule import rule_for_staff
from app.answering.trace import Trace
from app.answering.values import (
    Disclosed,
    Finished,
    Question,
    RuleFinding,
    Screened,
    Stated,
    Status,
    WalkEvent,
)
from app.answering.walk import Walk
from app.answering.weights import Weights
from app.errors import AmtslotseError
from app.index.generation import Generation
from app.models.ports import Embedder, LanguageModel
from app.models.remembered import RememberedQueries
from app.wording.catalog import catalog

NO_MODEL = "none"


@dataclass(frozen=True)
class Pipeline:
    """The stages with what they need; one instance a process, safe to use from several threads."""

    embedder: Embedder
    language_model: LanguageModel | None
    prompts_dir: Path
    weights: Weights
    max_question_chars: int
    max_tokens: int
    seed: int

    @property
    def model_name(self) -> str:
        return self.language_model.info.name if self.language_model else NO_MODEL

    def walk(
        self,
        question: Question,
        generation: Generation,
        trace: Trace,
        cancel: Event | None = None,
        screened: Screened | None = None,
    ) -> Iterator[WalkEvent]:
        """Answers a question from one generation; ends with `Finished`. `trace` is filled on the way.

        `screened` replaces the first stage: a replay of a question whose personal data was masked passes the
        recorded value, because the original words no longer exist.

        Raises:
            InvalidInputError: the question is empty or too long.
            BusyError, ModelError, CancelledError: see `LanguageModel.generate`.
        """
        if question.switches.generation_paused and self.language_model is not None:
            yield from replace(self, language_model=None).walk(question, generation, trace, cancel, screened)
            return
        generation = generation.for_style(question.style)
        embedder = RememberedQueries(self.embedder)
        recognise = self.weights.screening.recogniser(embedder)
        screened = screened or screen(question, generation.tenant, self.max_question_chars, recognise)
        trace.screened = screened
        trace.stage_done("screen")
        wording = catalog(screened.language, question.style)
        walk = Walk(self, question, screened, wording, generation, trace)
        disclosure = compose.disclosure(generation.tenant, wording)
        yield Disclosed(text=disclosure, language=wording.language, model=self.model_name)

        if question.switches.bot_paused and screened.verdict is not Status.EMERGENCY:
            yield from walk.end_with_notice()
            return
        if screened.verdict is not None and screened.verdict is not Status.DECIDED_BY_STAFF:
            yield from walk.end_with_wording(screened.verdict)
            return

        trace.canonical = canonical_question(screened, generation)
        asked = replace(screened, text=trace.canonical.text)
        topic_office = question.history[-1].office if question.history else None
        resolved = resolve_follow_up(asked, question.history, generation)
        ruled = replace(asked, text=trace.canonical.for_rules)
        finding = find_rule(ruled, question, resolved, generation, topic_office)
        if finding is None and trace.canonical.told:  # a rule may use what was told, but need not
            finding = find_rule(asked, question, resolved, generation, topic_office)
        parts = find_parts(asked, finding, generation)
        if question.switches.any_topic:
            blocked = self._blocked(question, screened, resolved, finding, parts, generation, embedder)
            if blocked is not None:
                trace.blocked = blocked.name
                yield from walk.end_with_block(blocked.office)
                return
            generation = without_blocked(generation, question.switches)
            walk = replace(walk, generation=generation)
        trace.rule = finding
        trace.stage_done("rules")
        if finding is not None and not parts and (screened.verdict is None or screened.probability is not None):
            yield from walk.end_with_rule(finding)
            return

        yield walk.progress("searching")
        trace.resolved, trace.carried_topic = resolved.text, resolved.carried_topic
        day = question.asked_at.astimezone(generation.tenant.zone).date()
        retrieval = retrieve(
            resolved.text, screened.language, day, generation, embedder, self.weights, resolved.carried_topic
        )
        trace.candidates = retrieval.candidates
        trace.corrections = (*trace.canonical.corrections, *retrieval.terms.corrections)
        trace.intent = retrieval.intent.module if retrieval.intent else None
        trace.stage_done("retrieve")

        choices = clarification(retrieval, generation) if resolved.carried_topic is None else ()
        if choices and screened.verdict is None and finding is None:
            yield from walk.end_with_choices(choices)
            return

        yield walk.progress("reading")
        asked_model = self._second_opinion(resolved.text, cancel) if screened.verdict is None else None
        evidence = select_evidence(retrieval, generation, self.weights, asked_model)
        trace.evidence = evidence
        if parts:
            opinion_on = partial(self._second_opinion, cancel=cancel)
            search = PartSearch(question, asked, generation, embedder, self.weights, opinion_on)
            trace.parts = search.answers(parts, Whole(resolved, evidence, finding))
        trace.stage_done("evidence")

        if screened.verdict is Status.DECIDED_BY_STAFF:
            trace.evidence = rule_for_staff(evidence, retrieval, generation)
            yield from walk.end_with_staff(trace.evidence)
        elif trace.parts:
            yield from walk.end_with_parts(trace.parts, cancel)
        elif finding is not None:
            trace.evidence = None  # a rule answers after all, not the texts
            yield from walk.end_with_rule(finding)
        elif not evidence.sentences:
            yield from walk.end_without_evidence(evidence, retrieval)
        else:
            yield from walk.end_with_evidence(resolved.text, evidence, cancel)

    def _blocked(
        self,
        question: Question,
        screened: Screened,
        resolved: ResolvedQuestion,
        finding: RuleFinding | None,
        parts: tuple[Part, ...],
        generation: Generation,
        embedder: Embedder,
    ) -> BlockedTopic | None:
        """The blocked topic that the message or a part of it is about."""
        day = question.asked_at.astimezone(generation.tenant.zone).date()

        def search(text: str) -> Retrieval:
            topic = resolved.carried_topic if text == resolved.text else None
            return retrieve(text, screened.language, day, generation, embedder, self.weights, topic)

        own = (part.text for part in parts if subject_of(part, screened.language, generation).own)
        guard = TopicGuard(question.switches, generation, self.weights, screened.language, search)
        return guard.blocked(screened.text, (resolved.text, *own), finding)

    def _second_opinion(self, question: str, cancel: Event | None) -> Opinion | None:
        """The language model's, when the weights were learned with it."""
        model, second = self.language_model, self.weights.second_opinion
        if model is None or second is None or model.info.adapter_sha256 != second.adapter_sha256:
            return None
        return SecondOpinion(model, self.prompts_dir, question, cancel).refusal

    def break_off(self, trace: Trace, generation: Generation, error: AmtslotseError) -> Iterator[Stated | Finished]:
        """The end of a walk on which the language model failed or had no room: what was said stays, and an apology."""
        assert trace.screened is not None
        wording = catalog(trace.screened.language, trace.question.style)
        return Walk(self, trace.question, trace.screened, wording, generation, trace).end_with_apology(error)
