"""A completions server on loopback that answers each request with exactly the bytes a test wants."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any

STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


@dataclass
class OddServer:
    """What the test sees of it."""

    base_url: str
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Head (request line and headers) and parsed body of each request."""
    asked: Event = field(default_factory=Event)
    """Set once a request has arrived."""
    client_left: Event = field(default_factory=Event)
    """Set by `stall`."""


Reply = Callable[[OddServer, socket.socket], None]
"""Writes the response; the connection is closed when it returns."""


def event(text: str, finish_reason: str | None = None, model: str = "odd-1") -> bytes:
    """One server-sent event with a piece of a completion."""
    data = {"model": model, "choices": [{"text": text, "index": 0, "finish_reason": finish_reason}]}
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def status(line: str, body: str = "", headers: str = "") -> Reply:
    """A complete response that is not a stream."""
    response = f"HTTP/1.1 {line}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{headers}\r\n{body}"
    return lambda _server, connection: connection.sendall(response.encode())


def stream(*parts: bytes) -> Reply:
    """A stream of these bytes, then the end of the connection."""
    return lambda _server, connection: connection.sendall(STREAM_HEAD + b"".join(parts))


def stall(*parts: bytes) -> Reply:
    """A stream of these bytes that then waits until the client closes the connection; nothing at all without."""

    def reply(server: OddServer, connection: socket.socket) -> None:
        if parts:
            connection.sendall(STREAM_HEAD + b"".join(parts))
        connection.recv(1)
        server.client_left.set()

    return reply


@contextmanager
def odd_server(reply: Reply) -> Iterator[OddServer]:
    """Serves until the block ends."""
    server: OddServer

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            head, _, body = self.request.recv(65536).partition(b"\r\n\r\n")
            length = int(next(line for line in head.lower().split(b"\r\n") if b"content-length" in line)[15:])
            while len(body) < length:
                body += self.request.recv(65536)
            server.requests.append((head.decode(), json.loads(body)))
            server.asked.set()
            reply(server, self.request)

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as listener:
        listener.daemon_threads = True
        server = OddServer(f"http://127.0.0.1:{listener.server_address[1]}/v1")
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        listener.shutdown()
        thread.join()
