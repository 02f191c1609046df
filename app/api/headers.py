"""The security headers of every response, and which pages of other origins may read or frame it."""

import re
from collections.abc import Collection, Mapping
from types import MappingProxyType

API = "/api/v1/"
OPENAI = "/v1/"
MCP = "/mcp"
_CONSOLE = "/console"
CALLS = (API, OPENAI, MCP)
"""What programs call: counted against the limits, never cached. Pages of other origins may only call `API`."""
_WIDGET = re.compile(r"/widget(-[0-9a-f]+)?\.js")
"""The present version, and those that pages have pinned."""
_YEAR_S = 365 * 24 * 60 * 60
_DENIED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
"""What neither the pages nor what they might be made to load has a use for."""
_SAME_EVERYWHERE = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _DENIED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'; "
    "frame-ancestors "
)


def policy(framed_by: Collection[str] = (), *, frames: str = "") -> str:
    """The Content-Security-Policy of a page that those origins may frame; `frames` is what it may frame itself."""
    framing = f"frame-src {frames}; " if frames else ""
    return framing + _POLICY + (" ".join(framed_by) or "'none'")


def protective_headers(path: str, scheme: str, framed_by: Collection[str] = ()) -> dict[str, str]:
    """What a response has unless it says otherwise itself; `framed_by` are the origins that may frame it."""
    headers = {**_SAME_EVERYWHERE, "Content-Security-Policy": policy(framed_by)}
    if not framed_by:
        headers["X-Frame-Options"] = "DENY"
    if path.startswith(CALLS) or is_console(path):
        headers["Cache-Control"] = "no-store"
    elif is_for_everybody(path):
        headers["Cache-Control"] = "no-cache"
    if scheme == "https":  # over plain HTTP browsers ignore it, and a trial without TLS must not lock itself out
        headers["Strict-Transport-Security"] = f"max-age={_YEAR_S}"
    return headers


def is_console(path: str) -> bool:
    """Whether it is a page of the staff: never cached, never framed."""
    return path == _CONSOLE or path.startswith(f"{_CONSOLE}/")


def is_for_everybody(path: str) -> bool:
    """Whether pages of any origin may load it: the widget's own files, which hold nothing of anybody."""
    return path.startswith("/static/") or _WIDGET.fullmatch(path) is not None


FOR_EVERYBODY: Mapping[str, str] = MappingProxyType(
    {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
)


def readable_by(origin: str) -> dict[str, str]:
    """What lets a page of that origin read a response of the API; never with credentials, there are none."""
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "AI-Generated, Retry-After",
    }


PREFLIGHT: Mapping[str, str] = MappingProxyType(
    {
        "Access-Control-Allow-Methods": "GET, POST, DELETE",
        "Access-Control-Allow-Headers": "content-type, accept, last-event-id",
        "Access-Control-Max-Age": "600",
    }
)


def tenant_in(path: str, default_tenant: str) -> str:
    """The town that a path is about: `/api/v1/{tenant}/…`, or a page `/{tenant}/…`; `/` is the default town's."""
    return path.removeprefix(API).strip("/").partition("/")[0] or default_tenant
