"""The protocol's side of `/mcp`: streamable HTTP without sessions; every call is one POST and one JSON answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from inspect import cleandoc
from typing import Any

from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from pydantic import BaseModel, ValidationError
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from app.api.errors import MAX_BODY_BYTES, told
from app.api.mcp_tools import Answered, Ask, SearchServices, Services, answered, services
from app.errors import AmtslotseError, BusyError, TooManyRequestsError
from app.version import code_version

_ANSWERED = "amtslotse.answered"
"""In the scope of a call whose result is an answer: it is marked as what a machine made."""
_INSTRUCTIONS = (
    "A town hall's chatbot. `search_services` lists services, `ask` answers from the town's verified texts. It is a "
    "machine and decides nothing: always show `disclosure` and the sources, and never change or add figures."
)


@dataclass(frozen=True)
class _Tool:
    """A tool with the models of what goes in and what comes out."""

    title: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    call: Callable[[Any, Request], Awaitable[BaseModel]]
    read_only: bool
    """An answer is recorded, a search is not."""


_TOOLS = {
    "search_services": _Tool("Dienstleistungen suchen", SearchServices, Services, services, read_only=True),
    "ask": _Tool("Chatbot der Stadt fragen", Ask, Answered, answered, read_only=False),
}


async def answer_call(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers one call (ASGI). Nothing outlives it, so that any number of servers can share the work."""
    manager = StreamableHTTPSessionManager(
        app=_server(), json_response=True, stateless=True, max_request_body_size=MAX_BODY_BYTES
    )

    async def send_marked(message: Message) -> None:
        if message["type"] == "http.response.start" and scope.get(_ANSWERED):
            MutableHeaders(scope=message).update({"AI-Generated": "true"})
        await send(message)

    async with manager.run():
        await manager.handle_request(scope, receive, send_marked)


@lru_cache(maxsize=1)
def _server() -> Server[dict[str, Any]]:
    return Server(
        "amtslotse",
        version=code_version(),
        title="Amtslotse",
        instructions=_INSTRUCTIONS,
        on_list_tools=_list_tools,
        on_call_tool=_call_tool,
    )


async def _list_tools(_: ServerRequestContext[Any], __: PaginatedRequestParams | None) -> ListToolsResult:
    return ListToolsResult(tools=[_described(name, tool) for name, tool in _TOOLS.items()])


def _described(name: str, tool: _Tool) -> Tool:
    return Tool(
        name=name,
        title=tool.title,
        description=cleandoc(tool.takes.__doc__ or ""),
        input_schema=tool.takes.model_json_schema(),
        output_schema=tool.gives.model_json_schema(),
        annotations=ToolAnnotations(
            read_only_hint=tool.read_only, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


async def _call_tool(context: ServerRequestContext[Any], params: CallToolRequestParams) -> CallToolResult:
    """Mistakes and refusals are results too, so that the assistant reads what to do next."""
    tool = _TOOLS.get(params.name)
    if tool is None:
        raise MCPError(INVALID_PARAMS, f"There is no tool '{params.name[:64]}': use {' or '.join(_TOOLS)}.")
    assert isinstance(context.request, Request)
    try:
        result = await tool.call(tool.takes.model_validate(params.arguments or {}), context.request)
    except ValidationError as error:
        fields = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False))
        return _refused(f"The arguments are not right ({fields}).")
    except AmtslotseError as error:
        return _refused(_sentence(error))
    context.request.scope[_ANSWERED] = not tool.read_only
    content = TextContent(type="text", text=result.model_dump_json())
    return CallToolResult(content=[content], structured_content=result.model_dump(mode="json"))


def _sentence(error: AmtslotseError) -> str:
    retry = error.retry_after_s if isinstance(error, BusyError | TooManyRequestsError) else None
    return f"{told(error)} ({error.code}{f', retry after {retry} s' if retry else ''})"


def _refused(sentence: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=sentence)], is_error=True)
