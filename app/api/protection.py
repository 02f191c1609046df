"""What every response and request is held to: security headers, allowed origins, body size."""

from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import problem

MAX_BODY_BYTES = 64 * 1024
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Protection:
    """Pure ASGI middleware, so that streams are not buffered.

    `origins_of` gives the web origins on which a tenant embeds the widget; only they may call its API from a browser.
    """

    def __init__(self, app: ASGIApp, origins_of: Callable[[str], Iterable[str]]) -> None:
        self._app = app
        self._origins_of = origins_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        headers = Headers(scope=scope)
        cors = self._cors(path, headers.get("origin"))

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
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
            response = problem(413, "too_large", f"Die Anfrage ist größer als {MAX_BODY_BYTES // 1024} KiB.")
            await response(scope, receive, send_protected)
            return
        await self._app(scope, _limited(receive), send_protected)

    def _cors(self, path: str, origin: str | None) -> dict[str, str]:
        if path == "/widget.js" or path.startswith("/static/"):
            return {
                "Access-Control-Allow-Origin": "*",
                "Cross-Origin-Resource-Policy": "cross-origin",
                "Cache-Control": "no-cache",
            }
        parts = path.split("/")
        if origin and path.startswith("/api/v1/") and origin in self._origins_of(parts[3]):
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
    """Ends a body that has no length and grows beyond the limit as if the client had gone away."""
    seen = 0

    async def receive_limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MAX_BODY_BYTES:
                return {"type": "http.disconnect"}
        return message

    return receive_limited
