"""Websites on loopback that don't keep to HTTP: whatever bytes they like, as slowly and as long as they like."""

import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

Bytes = Callable[[], Iterator[bytes]]
"""What is sent for a path, piece by piece; may have no end."""
_PAUSE_S = 0.02


@dataclass
class RawSite:
    """Answers by path; a function gets the site's own address. Anything else is not found."""

    address: str
    answers: Mapping[str, bytes | Bytes]
    closing: threading.Event = field(default_factory=threading.Event)
    requests: list[bytes] = field(default_factory=list)
    """Heads of what was asked for."""

    def answer(self, path: str) -> Iterator[bytes]:
        found = self.answers.get(path, answer(b"", status="404 Not Found"))
        return iter([found]) if isinstance(found, bytes) else found()


def answer(
    body: bytes,
    kind: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    head: str = "",
    length: int | None = None,
) -> bytes:
    """An answer; `head` holds further header lines, `length` another length than the body's."""
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n{head}\r\n".encode("latin-1") + body


@contextmanager
def raw_site(answers: Callable[[str], Mapping[str, bytes | Bytes]]) -> Iterator[RawSite]:
    """Serves what `answers` makes of the site's own address."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        server.site = site = RawSite(address, answers(address))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, name="raw site")
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            server.shutdown()
            thread.join()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    site: RawSite


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        site = self.server.site
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline(65536)
            if not line:
                return
            head += line
        site.requests.append(head)
        try:
            for part in site.answer(head.split()[1].decode("latin-1")):
                self.wfile.write(part)
                if site.closing.wait(_PAUSE_S if len(part) < 10 else 0):
                    return
        except OSError:
            return  # the crawl had enough
