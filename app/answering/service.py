"""Asking: admits a question, walks it, writes the record, and only then calls the answer done."""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import BoundedSemaphore, Event

from app.answering.conversation import history_of
from app.answering.environment import environment_of
from app.answering.next_steps import NextSteps, next_steps
from app.answering.pipeline import Pipeline
from app.answering.record import record_payload
from app.answering.trace import Trace
from app.answering.values import (
    Answer,
    AnswerEvent,
    Finished,
    Question,
    Recorded,
    Stated,
    Turn,
)
from app.errors import BusyError, CancelledError, ModelError
from app.index.generation import Generation
from app.index.live import LiveGenerations
from app.logs import fields
from app.records.record import NewRecord, StoredRecord
from app.records.repository import RecordRepository
from app.switches.state import InForce
from app.wording.catalog import catalog

RETRY_AFTER_S = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AnsweringService:
    """The one way to ask, for HTTP and command line alike."""

    pipeline: Pipeline
    generations: LiveGenerations
    records: RecordRepository
    slots: BoundedSemaphore
    """One slot a question under way; taken without waiting."""
    power_watts: float
    """What the machine draws while it answers, in watts."""
    switches: Callable[[str, datetime], InForce]
    """What a town has switched off at a moment."""

    @contextmanager
    def admit(self) -> Iterator[None]:
        """Holds a slot. Raises BusyError at once when none is free, before anything was computed."""
        if not self.slots.acquire(blocking=False):
            raise BusyError(catalog("de").text("busy", seconds=RETRY_AFTER_S), retry_after_s=RETRY_AFTER_S)
        try:
            yield
        finally:
            self.slots.release()

    def ask(
        self, question: Question, cancel: Event | None = None, answer_id: str | None = None
    ) -> Iterator[AnswerEvent]:
        """Answers a question; the last event is `Recorded`. Call inside `admit()`.

        `answer_id` is the reference that the answer gets, new and not to be guessed; made up when it is None.

        Raises:
            InvalidInputError, UnknownTenantError, NotReadyError, GenerationError: before the first event.
            RecordsError: the answer could not be logged, so it does not count as given.
            CancelledError: the client went away; nothing is recorded.
        """
        generation = self.generations.active(question.tenant)
        history = self._history(question)
        asked = replace(question, history=history, switches=self.switches(question.tenant, question.asked_at))
        trace = Trace(question=asked)
        try:
            for event in self.pipeline.walk(asked, generation, trace, cancel):
                if cancel is not None and cancel.is_set():
                    raise CancelledError("Die Verbindung wurde beendet.")
                if isinstance(event, Finished):
                    yield self._record(trace, generation, event.answer, answer_id)
                    return
                if isinstance(event, Stated):
                    trace.mark("first_statement")
                    trace.stated.append(event.statement)
                yield event
        except (BusyError, ModelError) as error:
            log.error("The language model gave no answer: %s", error.message)
            for event in self.pipeline.break_off(trace, generation, error):
                if isinstance(event, Finished):
                    yield self._record(trace, generation, event.answer, answer_id)
                else:
                    yield event

    def get(self, tenant: str, answer_id: str) -> StoredRecord:
        """An answer's record. Raises NotFoundError."""
        return self.records.get(tenant, answer_id)

    def next_steps(self, tenant: str, answer: Answer) -> NextSteps | None:
        """What to do after an answer that came from the active generation; None for older ones."""
        if answer.generation != self.generations.active_id(tenant):
            return None
        return next_steps(answer, self.generations.active(tenant))

    def _history(self, question: Question) -> tuple[Turn, ...]:
        if question.history or question.conversation_id is None:
            return question.history
        return history_of(self.records, question.tenant, question.conversation_id)

    def _record(self, trace: Trace, generation: Generation, answer: Answer, answer_id: str | None) -> Recorded:
        trace.mark("done")
        answer_id = answer_id or secrets.token_hex(8)
        question, now = trace.question, datetime.now(UTC)
        self.records.append(
            NewRecord(
                id=answer_id,
                tenant=question.tenant,
                conversation_id=question.conversation_id,
                created_at=now,
                status=answer.status,
                language=answer.language,
                generation=generation.id,
                payload=record_payload(trace, environment_of(self.pipeline), self.power_watts),
                day=now.astimezone(generation.tenant.zone).date(),
            )
        )
        log.info(
            "answered",
            extra=fields(
                tenant=question.tenant,
                answer_id=answer_id,
                status=answer.status,
                language=answer.language,
                generation=generation.id,
                duration_ms=trace.timings_ms["done"],
            ),
        )
        return Recorded(
            answer_id=answer_id,
            conversation_id=question.conversation_id,
            answer=answer,
            timings_ms=dict(trace.timings_ms),
        )
