"""Where assistants that speak the Model Context Protocol (MCP) knock: `POST /mcp`."""

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.api.api_keys import BEARER_CHALLENGE, bearer_token, keys_of
from app.api.errors import known
from app.api.headers import MCP
from app.errors import AmtslotseError, ForbiddenError


def mcp_route() -> Route:
    """The route; what stands behind it is loaded with the first call, because that takes half a second."""
    return Route(MCP, endpoint=_Endpoint(), methods=["POST"], include_in_schema=False)


class _Endpoint:
    """Lets in what is no web page and has a key where keys are wanted."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            _refuse_pages(request)
            keys_of(request).require(bearer_token(request.headers.get("authorization")))
        except AmtslotseError as error:
            response = known(error)
            if not isinstance(error, ForbiddenError):
                response.headers.update(BEARER_CHALLENGE)
            await response(scope, receive, send)
            return
        from app.api.mcp_server import answer_call

        await answer_call(scope, receive, send)


def _refuse_pages(request: Request) -> None:
    """Programs send no Origin. With one, a web page in somebody's browser knocks, perhaps by DNS rebinding.

    Raises:
        ForbiddenError: the request comes from a web page.
    """
    if "origin" in request.headers:
        raise ForbiddenError("Webseiten dürfen diese Schnittstelle nicht aufrufen, nur Programme.")
