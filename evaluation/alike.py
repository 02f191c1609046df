"""Whether a question gets the same bytes whichever way it is asked, in whatever order, beside whatever else."""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from random import Random
from threading import BoundedSemaphore

import httpx
import uvicorn
from pydantic import JsonValue

from app.answering.service import AnsweringService
from app.answering.values import Question
from app.api.dependencies import Running
from app.errors import AmtslotseError
from app.main import create_app
from app.settings import Settings
from app.text.canonical_json import canonical_json
from evaluation.gold_file import GoldQuestion
from evaluation.replay import PassReport, chosen, first_difference

Printed = Callable[[AnsweringService, Question], str]
"""What the command line prints as JSON for a question; it is above this layer, so it is handed in."""
Progress = Callable[[str, int, int], None]

_OWN = ("answer_id", "conversation_id", "timings")
"""What belongs to one request and not to the answer."""
_TIMEOUT_S = 300.0
_SEED = 22
_UNLIMITED = dict.fromkeys(
    ("rate_questions_per_address", "rate_questions_per_conversation", "rate_questions_per_tenant",
     "rate_calls_per_address"), 0,
)  # fmt: skip


class Way(StrEnum):
    """How a question reaches the service."""

    HTTP = "over HTTP"
    STREAM = "over HTTP, as events"
    COMMAND = "by command line"


@dataclass(frozen=True, slots=True)
class _Request:
    number: int
    gold: GoldQuestion
    way: Way


def evaluate_alike(
    service: AnsweringService,
    settings: Settings,
    tenant: str,
    questions: Sequence[GoldQuestion],
    count: int,
    threads: int,
    printed: Printed,
    progress: Progress,
) -> tuple[PassReport, ...]:
    """Asks each question alone, then `count` times shuffled, `threads` at once, and compares all answers.

    One pass a way of asking. Everything is asked as of one moment, because opening hours are part of an answer; a
    server on loopback answers the requests. Reference, conversation id and timings are not compared.
    """
    now = datetime.now(UTC)
    requests = _requests(questions, count)
    asked = {_key(request.gold): request.gold for request in requests}
    # A slot is given back a moment after the answer has left: with twice as many nobody is turned away.
    roomy = replace(service, slots=BoundedSemaphore(2 * threads))
    with _served(roomy, settings.model_copy(update=_UNLIMITED), now, threads) as client:
        ways = _Ways(roomy, client, tenant, now, printed)
        alone: dict[_Key, str] = {}
        for number, (key, gold) in enumerate(asked.items()):
            progress("asked alone", number, len(asked))
            alone[key] = ways.ask(gold, Way.COMMAND, f"asked-alone-{number:08}")

        def compared(request: _Request) -> str | None:
            try:
                answer = ways.ask(request.gold, request.way, f"asked-again-{request.number:08}")
            except AmtslotseError as error:
                return f"{request.gold.question}: failed: {error.message}"
            except httpx.HTTPError as error:
                return f"{request.gold.question}: failed: {error}"
            return first_difference(request.gold.question, alone[_key(request.gold)], answer)

        with ThreadPoolExecutor(max_workers=threads) as pool:
            outcomes: list[str | None] = []
            for outcome in pool.map(compared, requests):
                progress(f"asked {threads} at once", len(outcomes), len(requests))
                outcomes.append(outcome)
    return tuple(_pass(way, requests, outcomes) for way in Way)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The ways of asking; each gives the answer as canonical JSON without what belongs to the request."""

    service: AnsweringService
    client: httpx.Client
    tenant: str
    now: datetime
    printed: Printed

    def ask(self, gold: GoldQuestion, way: Way, conversation: str) -> str:
        for earlier in gold.after:
            self._ask(earlier, way, conversation)
        answer = self._ask(gold.question, way, conversation)
        return canonical_json({name: value for name, value in answer.items() if name not in _OWN})

    def _ask(self, text: str, way: Way, conversation: str) -> dict[str, JsonValue]:
        if way is Way.COMMAND:
            question = Question(text=text, tenant=self.tenant, asked_at=self.now, conversation_id=conversation)
            return _object(self.printed(self.service, question))
        accepted = {"Accept": "text/event-stream"} if way is Way.STREAM else {}
        body = {"question": text, "conversation_id": conversation}
        response = self.client.post(f"/api/v1/{self.tenant}/chat", json=body, headers=accepted)
        response.raise_for_status()
        return _from_events(response.text) if way is Way.STREAM else _object(response.text)


_Key = tuple[tuple[str, ...], str]


def _key(gold: GoldQuestion) -> _Key:
    return gold.after, gold.question


def _requests(questions: Sequence[GoldQuestion], count: int) -> list[_Request]:
    """So many requests in mixed order; a question is asked in every way before it is asked in one way again."""
    timeless = list({_key(gold): gold for gold in questions}.values())
    pairs = [(gold, way) for gold in chosen(timeless, -(-count // len(Way))) for way in Way]
    mixed = Random(_SEED).sample(pairs[:count], count)  # noqa: S311 - an order, not a secret
    return [_Request(number, gold, way) for number, (gold, way) in enumerate(mixed)]


def _pass(way: Way, requests: Sequence[_Request], outcomes: Sequence[str | None]) -> PassReport:
    of_way = [outcome for request, outcome in zip(requests, outcomes, strict=True) if request.way is way]
    differences = tuple(outcome for outcome in of_way if outcome is not None)
    return PassReport(way.value, len(of_way) - len(differences), differences)


def _object(text: str) -> dict[str, JsonValue]:
    value = json.loads(text)
    assert isinstance(value, dict)
    return value


def _from_events(text: str) -> dict[str, JsonValue]:
    """The whole answer that a stream of events adds up to."""
    lines = iter(text.splitlines())
    answer: dict[str, JsonValue] = {}
    statements: list[JsonValue] = []
    for line in lines:
        name, data = line.removeprefix("event: "), {}
        if line.startswith("event: "):
            data = _object("".join(islice(lines, 1)).removeprefix("data: "))
        if name == "statement":
            statements.append(data)
        elif name == "disclosure":
            answer |= {"disclosure": data["text"], "ai_generated": data["ai_generated"]}
        elif name in ("sources", "done"):
            answer |= data
    return {**answer, "statements": statements}


@contextmanager
def _served(service: AnsweringService, settings: Settings, now: datetime, threads: int) -> Iterator[httpx.Client]:
    """The application around the service on a free port of loopback, and a client for it."""
    app = create_app(settings)
    limits = httpx.Limits(max_connections=threads)
    with ThreadPoolExecutor(2 * threads) as workers, socket.socket() as listener:
        app.state.running = Running(settings, service, workers, clock=lambda: now)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, args=([listener],), name="alike-server")
        thread.start()
        try:
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            with httpx.Client(base_url=address, timeout=_TIMEOUT_S, limits=limits, trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()
