"""Asking over HTTP, and reading server-sent events."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

CHAT = "/api/v1/musterstadt/chat"
STREAM = {"Accept": "text/event-stream"}


class Reply(Protocol):
    """What the tests read of a response, of whichever HTTP client."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def text(self) -> str: ...

    def json(self) -> Any: ...


class Poster(Protocol):
    """An HTTP client: the one without sockets, or a real one."""

    def post(self, url: str, *, json: Any = None, headers: Any = None) -> Reply: ...


@dataclass(frozen=True)
class ServerSentEvent:
    name: str
    data: dict[str, Any]


def events_in(lines: Iterable[str]) -> Iterable[ServerSentEvent]:
    """The events of a stream, as its lines come in."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield ServerSentEvent(name, json.loads(line.removeprefix("data: ")))


def streamed(client: Poster, question: str, **fields: str) -> list[ServerSentEvent]:
    """All events of an answer."""
    response = client.post(CHAT, json={"question": question, **fields}, headers=STREAM)
    assert response.status_code == 200, response.text
    return list(events_in(response.text.splitlines()))


def asked(client: Poster, question: str, **fields: str) -> dict[str, Any]:
    """The answer as one object."""
    response = client.post(CHAT, json={"question": question, **fields})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def assert_problem(response: Reply, status: int, code: str) -> str:
    """Checks a problem document (RFC 9457); gives its sentence."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["code"], problem["type"]) == (status, code, "about:blank")
    assert problem["title"]
    detail: str = problem["detail"]
    assert detail[0].isupper()
    assert " " in detail
    return detail
