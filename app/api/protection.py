"""What every response and request is held to: security headers, allowed origins, sizes, times, no bare failure."""

import re
from collections.abc import Callable, Collection, Iterable

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import MAX_UPLOAD_BYTES, known, too_large, unexpected, unknown_host
from app.api.headers import (
    API,
    CALLS,
    FOR_EVERYBODY,
    PREFLIGHT,
    is_console,
    is_for_everybody,
    protective_headers,
    readable_by,
    tenant_in,
)
from app.api.rate_limits import RateLimits
from app.api.request_body import BODY_TIMEOUT_S, UPLOAD_TIMEOUT_S, discarded, limited, most_bytes, refusing
from app.errors import AmtslotseError

_PORT = re.compile(r":\d*$")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Hosts that are always answered: health checks, and people on the machine itself."""


class Protection:
    """Pure ASGI middleware, so that streams are not buffered.

    `origins_of` gives the web origins of a tenant's own pages: they may call its API from a browser, and frame its
    pages. It may read files, so it is called on a thread.
    `may_upload` tells whether a request comes from somebody who is signed in; only they may send large bodies, and to
    the console alone. It reads the database, so it is called on a thread, and for large bodies only.
    `hosts` are the names that are answered, `*.` in front for all below; none answers all.
    """

    def __init__(
        self,
        app: ASGIApp,
        origins_of: Callable[[str], Iterable[str]],
        limits: RateLimits,
        default_tenant: str,
        hosts: Collection[str] = (),
        may_upload: Callable[[Scope], bool] = lambda scope: False,
    ) -> None:
        self._app = app
        self._origins_of = origins_of
        self._limits = limits
        self._default_tenant = default_tenant
        self._may_upload = may_upload
        self._hosts = frozenset(host.casefold() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        cors: dict[str, str] = {}
        started = False
        unread = False

        async def send_protected(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                out = MutableHeaders(scope=message)
                page = out.get("content-type", "").startswith("text/html")
                framed_by = await self._origins(path) if page and not is_console(path) else ()
                out.update(cors)
                for name, value in protective_headers(path, scope["scheme"], framed_by).items():
                    out.setdefault(name, value)
                if unread:
                    out["Connection"] = "close"
                if path.startswith(API):
                    out.add_vary_header("Origin")
            await send(message)

        try:
            headers = Headers(scope=scope)
            cors = await self._cors(path, headers.get("origin"))
            if scope["method"] == "OPTIONS" and cors and "access-control-request-method" in headers:
                await _preflight(send_protected)
                return
            if not self._answers(headers.get("host", "")):
                await unknown_host()(scope, receive, send_protected)
                return
            length, most, timeout_s = headers.get("content-length", "0"), most_bytes(path), BODY_TIMEOUT_S
            if _is_too_large(length, most) and is_console(path):
                if not _is_too_large(length, MAX_UPLOAD_BYTES) and await to_thread.run_sync(self._may_upload, scope):
                    most, timeout_s = MAX_UPLOAD_BYTES, UPLOAD_TIMEOUT_S
                else:
                    unread = not await discarded(receive, length)
                    await self._app(scope, refusing(), send_protected)
                    return
            if _is_too_large(length, most):
                await too_large(most)(scope, receive, send_protected)
                return
            if path.startswith(CALLS):
                self._limits.call(scope["client"][0] if scope.get("client") else None)
            await self._app(scope, limited(receive, timeout_s, most), send_protected)
        except AmtslotseError as error:
            await known(error)(scope, receive, send_protected)
        except Exception as error:  # here rather than in a handler, which would answer without these headers
            if started:
                raise  # the connection breaks off, so that the client sees that something is missing
            await unexpected(path, error)(scope, receive, send_protected)

    async def _cors(self, path: str, origin: str | None) -> dict[str, str]:
        if is_for_everybody(path):
            return dict(FOR_EVERYBODY)
        if origin and path.startswith(API) and origin in await self._origins(path):
            return readable_by(origin)
        return {}

    async def _origins(self, path: str) -> tuple[str, ...]:
        return tuple(await to_thread.run_sync(self._origins_of, tenant_in(path, self._default_tenant)))

    def _answers(self, host: str) -> bool:
        if not self._hosts:
            return True
        name = _PORT.sub("", host.casefold())
        return name in _LOOPBACK or name in self._hosts or f"*.{name.partition('.')[2]}" in self._hosts


def _is_too_large(length: str, most: int) -> bool:
    """Whether a Content-Length is above the limit, or none at all."""
    return not re.fullmatch(r"[0-9]{1,9}", length) or int(length) > most


async def _preflight(send: Send) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in PREFLIGHT.items()]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
