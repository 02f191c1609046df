"""Paths that try to climb out of where they belong, as bytes on a socket: clients would tidy them up first."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from app.answering.service import AnsweringService
from app.settings import Settings
from tests.servers import running_app, served

UPWARDS = [
    "..",
    "%2e%2e",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fapp%2fmain.py",
    "..%5c..%5capp%5cmain.py",
    "....//....//app/main.py",
    "%252e%252e%252fapp%252fmain.py",
    "..%00.js",
    "%c0%ae%c0%ae%c0%afapp",
    "%ff",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "C:%5cWindows",
    "musterstadt%2f..%2f..",
    "con",
    "x" * 5000,
]
PLACES = [
    "/static/{}",
    "/static/widget/{}/main.py",
    "/{}/transparenz",
    "/api/v1/{}/widget",
    "/api/v1/{}/answers/x",
    "/api/v1/musterstadt/answers/{}",
    "/api/v1/musterstadt/conversations/{}",
]


@pytest.fixture
def address(service: AnsweringService, settings: Settings) -> Iterator[tuple[str, int]]:
    with running_app(service, settings) as app, served(app) as url:
        parts = urlsplit(url)
        yield str(parts.hostname), int(parts.port or 0)


def _get(address: tuple[str, int], target: str) -> bytes:
    request = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with socket.create_connection(address, timeout=30) as client:
        client.sendall(request.encode("latin-1"))
        return b"".join(iter(lambda: client.recv(2**16), b""))


def test_no_path_leads_out_of_its_folder(address: tuple[str, int]) -> None:
    for place in PLACES:
        for upwards in UPWARDS:
            reply = _get(address, place.format(upwards))
            assert reply.split(b" ", 2)[1] in (b"404", b"422", b"400"), (place, upwards, reply[:200])
            assert b"root:" not in reply
            assert b"def create_app" not in reply
            assert b"Traceback" not in reply
