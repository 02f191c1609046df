"""Who asks when a proxy stands in between: its word counts only if the operator named it."""

import logging
from typing import cast

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn._types import ASGI3Application, ASGIReceiveCallable, ASGISendCallable
from uvicorn._types import Scope as UvicornScope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

log = logging.getLogger(__name__)


class Proxies:
    """Puts the citizen's address and scheme in the place of a trusted proxy's (pure ASGI).

    `trusted` are addresses and networks. X-Forwarded-For is read from its end, up to the first address that is not
    trusted, so that what a client writes there itself counts for nothing.
    """

    def __init__(self, app: ASGIApp, trusted: tuple[str, ...]) -> None:
        self._app = app
        self._believing = ProxyHeadersMiddleware(cast(ASGI3Application, app), list(trusted)) if trusted else None
        self._told = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._believing is not None:
            await self._believing(
                cast(UvicornScope, scope), cast(ASGIReceiveCallable, receive), cast(ASGISendCallable, send)
            )
            return
        if not self._told and any(name == b"x-forwarded-for" for name, _ in scope.get("headers", ())):
            self._told = True
            log.warning(
                "Requests come with X-Forwarded-For, but no proxy is trusted, so all that come through one share its "
                "rate limit: if there is a proxy in front, name its address in AMTSLOTSE_TRUSTED_PROXIES."
            )
        await self._app(scope, receive, send)
