"""What every response and request is held to: security headers, allowed origins, body size, no bare failure."""

from collections.abc import Callable, Iterable

from anyio import to_thread
from fastapi import HTTPException
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import MAX_BODY_BYTES, too_large, unexpected

_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_API = "/api/v1/"


class Protection:
    """Pure ASGI middleware, so that streams are not buffered.

    `origins_of` gives the web origins on which a tenant embeds the widget; only they may call its API from a browser.
    It may read files, so it is called on a thread.
    """

    def __init__(self, app: ASGIApp, origins_of: Callable[[str], Iterable[str]]) -> None:
        self._app = app
        self._origins_of = origins_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        cors = await self._cors(scope["path"], headers.get("origin"))
        started = False

        async def send_protected(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                out = MutableHeaders(scope=message)
                out.setdefault("Content-Security-Policy", _CSP)
                out.setdefault("X-Content-Type-Options", "nosniff")
                out.setdefault("Referrer-Policy", "no-referrer")
                out.update(cors)
            await send(message)

        if scope["method"] == "OPTIONS" and cors and "access-control-request-method" in headers:
            await _preflight(scope, receive, send_protected)
            return
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            await too_large()(scope, receive, send_protected)
            return
        try:
            await self._app(scope, _limited(receive), send_protected)
        except Exception as error:  # here rather than in a handler, which would answer without these headers
            if started:
                raise  # the connection breaks off, so that the client sees that something is missing
            await unexpected(scope["path"], error)(scope, receive, send_protected)

    async def _cors(self, path: str, origin: str | None) -> dict[str, str]:
        if path == "/widget.js" or path.startswith("/static/"):
            return {
                "Access-Control-Allow-Origin": "*",
                "Cross-Origin-Resource-Policy": "cross-origin",
                "Cache-Control": "no-cache",
            }
        if origin and path.startswith(_API):
            tenant = path.removeprefix(_API).partition("/")[0]
            if origin in await to_thread.run_sync(self._origins_of, tenant):
                return {
                    "Access-Control-Allow-Origin": origin,
                    "Access-Control-Expose-Headers": "AI-Generated, Retry-After",
                    "Vary": "Origin",
                }
        return {}


async def _preflight(scope: Scope, receive: Receive, send: Send) -> None:
    headers = [
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-allow-headers", b"content-type, accept"),
        (b"access-control-max-age", b"600"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _limited(receive: Receive) -> Receive:
    """Refuses a body that came without a length once it has grown beyond the limit."""
    seen = 0

    async def receive_limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MAX_BODY_BYTES:
                raise HTTPException(413)
        return message

    return receive_limited
