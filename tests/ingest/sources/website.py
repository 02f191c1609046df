"""A small website on loopback to crawl in tests, which notes what it was asked for."""

import ssl
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PAGE = """<!doctype html><html lang="de"><head><title>{title}</title>{head}</head><body>
<nav><a href="/">Startseite</a></nav>
<main><h1>{title}</h1><p>Hier steht, was Sie zu „{title}“ wissen müssen, kurz und verständlich erklärt.</p>
<h2>Kosten</h2><p>{text}</p>{links}</main></body></html>"""


def html(title: str, *links: str, text: str = "Die Gebühr beträgt 37,00 Euro im Jahr.", head: str = "") -> bytes:
    """A page with a text about costs, and links."""
    anchors = "".join(f'<p><a href="{link}">Mehr dazu</a></p>' for link in links)
    return PAGE.format(title=title, text=text, links=anchors, head=head).encode()


def bomb() -> bytes:
    """100 MB of zeros, as gzip."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return b"".join(pack.compress(b"\0" * 1_000_000) for _ in range(100)) + pack.flush()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the site says for a path. `drip` sends the body for ever, one byte at a time."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came in."""

    path: str
    status: int
    headers: Mapping[str, str]


@dataclass
class Website:
    """Replies by path and query; `down` makes every one a 503."""

    replies: dict[str, Reply | Callable[[], Reply]]
    address: str
    closing: threading.Event
    asked: list[Asked] = field(default_factory=list)
    down: bool = False

    def url(self, path: str) -> str:
        return self.address + path

    @property
    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def reply(self, path: str) -> Reply:
        found = Reply(status=503) if self.down else self.replies.get(path, Reply(b"gibt es nicht", status=404))
        return found() if callable(found) else found


@contextmanager
def serving(
    replies: dict[str, Any], host: str = "127.0.0.1", port: int = 0, certificate: Path | None = None
) -> Iterator[Website]:
    """Serves `replies`: bytes are a page of HTML. With a certificate (and its key in the same file) over HTTPS."""
    with ThreadingHTTPServer((host, port), _Handler) as server:
        server.daemon_threads = True
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        site = Website({}, f"{scheme}://{host}:{server.server_address[1]}", threading.Event())
        site.replies = {path: Reply(reply) if isinstance(reply, bytes) else reply for path, reply in replies.items()}
        server.site = site  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, name="website")
        thread.start()
        try:
            yield site
        finally:
            site.closing.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Website = self.server.site  # type: ignore[attr-defined]
        reply = site.reply(self.path)
        etag = reply.headers.get("ETag")
        unchanged = etag is not None and self.headers.get("If-None-Match") == etag
        status = 304 if unchanged else reply.status
        site.asked.append(Asked(self.path, status, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(status)
        self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0" if unchanged else str(1 << 20 if reply.drip else len(reply.body)))
        self.end_headers()
        if reply.drip:
            while not site.closing.wait(0.02):
                self.wfile.write(b" ")
                self.wfile.flush()
        elif not unchanged:
            self.wfile.write(reply.body)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the crawl had enough

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent."""
