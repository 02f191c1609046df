"""On real sockets: who sends too slowly, too much, or does not read, is cut off; everybody else is served."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from app.api.connections import ImpatientProtocol, server_config
from app.settings import Settings

HEAD = b"POST /echo HTTP/1.1\r\nHost: localhost\r\n"
SLOW_S = 0.2
WAIT_S = 20
"""Only a test that fails waits that long."""

GIVEN_UP = threading.Event()
"""Nobody waits any longer for the large answer to be taken."""


class Quick(ImpatientProtocol):
    request_timeout_s = SLOW_S
    write_timeout_s = SLOW_S


async def _much(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(2**10):
        await send({"type": "http.response.body", "body": b"x" * 2**16, "more_body": True})
    await send({"type": "http.response.body"})
    GIVEN_UP.set()


def _app() -> FastAPI:
    app = FastAPI()

    @app.post("/echo")
    def echo(body: dict[str, str]) -> dict[str, str]:
        return body

    app.mount("/much", _much)

    return app


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = server_config(_app(), Settings(max_connections=8))
    config.http = Quick
    with _serving(config) as port:
        yield port


@contextmanager
def _serving(config: uvicorn.Config) -> Iterator[int]:
    config.lifespan = "off"
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def _connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT_S) as client:
        yield client


def _read_all(client: socket.socket) -> bytes:
    """Until the server closes; empty when it cuts the connection."""
    received = bytearray()
    try:
        while piece := client.recv(2**16):
            received += piece
    except ConnectionResetError:
        pass
    return bytes(received)


@pytest.mark.parametrize(
    "beginning",
    [b"", b"POST /ec", HEAD, HEAD + b"Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{"],
    ids=["nothing", "part of a line", "part of the head", "part of the body"],
)
def test_a_request_that_never_ends_is_cut_off(port: int, beginning: bytes) -> None:
    with _connected(port) as client:
        client.sendall(beginning)
        assert _read_all(client) == b""


def test_a_second_request_on_the_same_connection_has_the_same_limit(port: int) -> None:
    body = b'{"a": "b"}'
    whole = HEAD + b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with _connected(port) as client:
        client.sendall(whole)
        assert client.recv(2**16).startswith(b"HTTP/1.1 200")
        client.sendall(HEAD)
        assert b"HTTP/1.1" not in _read_all(client)


def test_a_client_that_does_not_read_is_cut_off(port: int) -> None:
    GIVEN_UP.clear()
    with _connected(port) as client:
        client.sendall(b"GET /much/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert client.recv(1)
        assert GIVEN_UP.wait(WAIT_S)  # nothing is read meanwhile
        assert len(_read_all(client)) < 2**26


def test_a_client_that_reads_gets_all(port: int) -> None:
    with _connected(port) as client:
        client.sendall(b"GET /much/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert len(_read_all(client)) > 2**26


def test_a_head_that_is_too_large_is_refused(port: int) -> None:
    with _connected(port) as client:
        client.sendall(HEAD + b"X: " + b"x" * 20_000)
        assert _read_all(client).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 3\r\nContent-Length: 4\r\n",
        b"Transfer-Encoding: identity, chunked\r\n",
        b"Content-Length: +3\r\n",
        b"X : y\r\n",
        b"X: y\n z\0\r\n",
    ],
)
def test_what_two_servers_could_read_differently_is_refused(port: int, lines: bytes) -> None:
    with _connected(port) as client:
        client.sendall(HEAD + lines + b"\r\n{}0\r\n\r\n")
        assert _read_all(client).startswith((b"HTTP/1.1 400", b"HTTP/1.1 501", b"HTTP/1.1 422"))


def test_more_connections_than_allowed_are_refused_not_kept_waiting(port: int) -> None:
    crowd = [socket.create_connection(("127.0.0.1", port), timeout=WAIT_S) for _ in range(8)]
    try:
        with _connected(port) as client:
            client.sendall(b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert _read_all(client).startswith(b"HTTP/1.1 503")
    finally:
        for each in crowd:
            each.close()
