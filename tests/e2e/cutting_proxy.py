"""A network that breaks: passes everything on to a server, and cuts connections on demand."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_CHUNK = 4096
_CHAT = re.compile(rb"POST /api/v1/[^ ]+/chat ")


@dataclass
class CuttingProxy:
    """Cuts as many chats as `cuts` says, each behind its first event; `cut` tells that one was."""

    upstream: tuple[str, int]
    cuts: int = 1
    cut: threading.Event = field(default_factory=threading.Event)

    def serve(self, client: socket.socket) -> None:
        """One connection, to its end; several requests may come on it."""
        with client, socket.create_connection(self.upstream) as server:
            chatting = threading.Event()
            threading.Thread(target=_pass_on, args=(client, server, chatting), daemon=True).start()
            seen = b""
            while data := server.recv(_CHUNK):
                client.sendall(data)
                seen = seen + data if chatting.is_set() else b""
                if self.cuts > 0 and b"event: disclosure" in seen:
                    self.cuts -= 1
                    self.cut.set()  # before the page can notice
                    for end in (client, server):
                        with suppress(OSError):  # it may have ended by itself
                            end.shutdown(socket.SHUT_RDWR)
                    return


def _pass_on(source: socket.socket, target: socket.socket, chatting: threading.Event) -> None:
    with suppress(OSError):
        while data := source.recv(_CHUNK):
            if _CHAT.match(data):
                chatting.set()
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def cutting_proxy(url: str) -> Iterator[tuple[str, CuttingProxy]]:
    """Stands before the server at that URL; gives a URL of its own."""
    target = urlsplit(url)
    assert target.hostname is not None and target.port is not None
    proxy = CuttingProxy((target.hostname, target.port))
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    threading.Thread(target=_quietly, args=(proxy, client), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", proxy
        listener.close()


def _quietly(proxy: CuttingProxy, client: socket.socket) -> None:
    with suppress(OSError):
        proxy.serve(client)
