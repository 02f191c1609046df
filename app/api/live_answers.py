"""Answers under way, each walked on a thread of its own, for whoever follows them: once, again, or from the middle.

A question that names its request outlives a broken connection for a while; all others stop with their client.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from threading import Event, Lock
from typing import Annotated, cast

from fastapi import Depends, Request

from app.answering.values import AnswerEvent, Question
from app.api.dependencies import Running

GRACE_S = 30.0
"""How long a walk goes on when nobody follows it any more: a phone finds its network again within that."""
KEPT_S = 300.0
"""How long a finished answer is kept in memory; after that it is read from its record."""
KEPT_AT_MOST = 200
"""Answers, under way or finished; beyond that the oldest go."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What only the client that asked knows."""

    tenant: str
    conversation_id: str
    request_id: str

    @property
    def answer_id(self) -> str:
        """The reference that the answer gets: found again after a restart, and tells nothing about the request."""
        told = "\x1f".join((self.tenant, self.conversation_id, self.request_id))
        return blake2b(told.encode(), digest_size=8).hexdigest()


class LiveAnswer:
    """One walk and its events so far; followed from any event loop."""

    def __init__(
        self, running: Running, question: Question, cancel: Event, answer_id: str | None = None, grace_s: float = 0.0
    ) -> None:
        """Begins the walk; without followers for `grace_s` seconds it stops at its next token.

        Raises:
            BusyError: no slot is free.
        """
        self._events: list[AnswerEvent] = []
        self._error: Exception | None = None
        self._ended = False
        self._lock = Lock()
        self._followers: set[Callable[[], object]] = set()
        self._cancel = cancel
        self._grace_s = grace_s
        admission = running.service.admit()
        admission.__enter__()

        def walk() -> None:
            try:
                for event in running.service.ask(question, cancel, answer_id):
                    self._add(event)
            except Exception as error:  # noqa: BLE001 - raised again on the followers' side
                self._error = error
            finally:
                admission.__exit__(None, None, None)
                self._ended = True
                self._wake()

        running.workers.submit(walk)

    @property
    def failed(self) -> bool:
        """Whether it ended without an answer; then the same request may be asked anew."""
        return self._ended and self._error is not None

    async def follow(self) -> AsyncGenerator[AnswerEvent]:
        """All events from the first on, as they come. Raises what the walk raises: errors of `AnsweringService.ask`."""
        loop = asyncio.get_running_loop()
        news = asyncio.Event()

        def wake() -> None:
            loop.call_soon_threadsafe(news.set)

        with self._lock:
            self._followers.add(wake)
        seen = 0
        try:
            while True:
                news.clear()
                ended = self._ended
                for event in self._events[seen:]:
                    seen += 1
                    yield event
                if ended:
                    if self._error is not None:
                        raise self._error
                    return
                await news.wait()
        finally:
            self._leave(wake, loop)

    def stop(self) -> None:
        """Ends the walk at its next token; nothing is recorded."""
        self._cancel.set()

    def _add(self, event: AnswerEvent) -> None:
        self._events.append(event)
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            for wake in self._followers:
                with suppress(RuntimeError):  # that follower's loop is over
                    wake()

    def _leave(self, wake: Callable[[], object], loop: asyncio.AbstractEventLoop) -> None:
        with self._lock:
            self._followers.discard(wake)
        if self._grace_s:
            loop.call_later(self._grace_s, self._stop_when_alone)
        else:
            self._stop_when_alone()

    def _stop_when_alone(self) -> None:
        if not self._followers:
            self._cancel.set()


class LiveAnswers:
    """The answers of requests that can be followed again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._answers: OrderedDict[RequestKey, tuple[float, LiveAnswer]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: RequestKey) -> LiveAnswer | None:
        """The answer to a request, under way or just finished; None when there is none, or it failed."""
        with self._lock:
            self._forget()
            found = self._answers.get(key)
            if found and found[1].failed:
                del self._answers[key]
                return None
        return found[1] if found else None

    def begin(self, key: RequestKey, running: Running, question: Question) -> LiveAnswer:
        """The answer to a request, begun now unless it was before. Raises BusyError."""
        with self._lock:
            self._forget()
            if key in self._answers:
                return self._answers[key][1]
            answer = LiveAnswer(running, question, Event(), key.answer_id, GRACE_S)
            self._answers[key] = (self._clock(), answer)
        return answer

    def stop(self, key: RequestKey) -> bool:
        """Ends a walk and forgets it; False when there is none of that request."""
        with self._lock:
            found = self._answers.pop(key, None)
        if found:
            found[1].stop()
        return found is not None

    def stop_conversation(self, tenant: str, conversation_id: str) -> None:
        """Ends and forgets all walks of a conversation: what is erased now must not be recorded a moment later."""
        with self._lock:
            keys = [key for key in self._answers if (key.tenant, key.conversation_id) == (tenant, conversation_id)]
            answers = [self._answers.pop(key)[1] for key in keys]
        for answer in answers:
            answer.stop()

    def forget(self, answer_ids: frozenset[str]) -> None:
        """Drops what was erased from the log."""
        with self._lock:
            for key in [key for key in self._answers if key.answer_id in answer_ids]:
                del self._answers[key]

    def close(self) -> None:
        """Ends all walks, so that the server can stop."""
        with self._lock:
            answers = [answer for _, answer in self._answers.values()]
            self._answers.clear()
        for answer in answers:
            answer.stop()

    def _forget(self) -> None:
        """Drops what is too old, and the oldest of too many; a walk that is dropped goes on for its followers."""
        oldest = self._clock() - KEPT_S
        while self._answers:
            key, (begun, _) = next(iter(self._answers.items()))
            if begun > oldest and len(self._answers) < KEPT_AT_MOST:
                return
            del self._answers[key]


def live_answers(request: Request) -> LiveAnswers:
    """Those of the application."""
    return cast(LiveAnswers, request.app.state.live_answers)


LiveAnswersDep = Annotated[LiveAnswers, Depends(live_answers)]
