"""The server's side of a connection: nobody holds one by sending or reading too slowly."""

import asyncio
from typing import ClassVar

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.settings import Settings

_MAX_HEAD_BYTES = 16 * 1024
_KEEP_ALIVE_S = 5
_SHUTDOWN_S = 10


class ImpatientProtocol(H11Protocol):
    """uvicorn's protocol, with the two limits that it lacks.

    A request, head and body, must be there `request_timeout_s` after the connection or after its first byte; and
    what was sent must be taken within `write_timeout_s`. Otherwise the connection is cut.
    """

    request_timeout_s: ClassVar[float] = 30.0
    write_timeout_s: ClassVar[float] = 60.0

    _request_timer: asyncio.TimerHandle | None = None
    _write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        transport.set_write_buffer_limits(high=0)  # so that anything not taken is noticed
        super().connection_made(transport)
        self._request_timer = self.loop.call_later(self.request_timeout_s, transport.abort)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            _cancel(self._request_timer)
            self._request_timer = None
        elif self._request_timer is None:
            self._request_timer = self.loop.call_later(self.request_timeout_s, self.transport.abort)

    def pause_writing(self) -> None:
        super().pause_writing()
        _cancel(self._write_timer)
        self._write_timer = self.loop.call_later(self.write_timeout_s, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        _cancel(self._write_timer)

    def connection_lost(self, exc: Exception | None) -> None:
        _cancel(self._request_timer)
        _cancel(self._write_timer)
        super().connection_lost(exc)


def server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """How the application is served: one protocol, no upgrade, bounded heads and connections."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=ImpatientProtocol,
        ws="none",
        log_config=None,  # its messages go where all others go
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application does that itself, for the proxies in the settings
        timeout_keep_alive=_KEEP_ALIVE_S,
        timeout_graceful_shutdown=_SHUTDOWN_S,
        limit_concurrency=settings.max_connections,
        h11_max_incomplete_event_size=_MAX_HEAD_BYTES,
    )


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
