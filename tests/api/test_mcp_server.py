"""The protocol's own client against the real application on a socket."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from jsonschema import Draft202012Validator
from mcp.client.client import Client
from mcp_types import CallToolResult

from app.answering.service import AnsweringService
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION, TOLD
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT
from tests.servers import running_app, served

KEY = "3f5c0a1be2d94c7796b8aa00dd11ee22"
LISTING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ACCEPT = {"Accept": "application/json, text/event-stream"}
_Result = TypeVar("_Result")


@pytest.fixture
def url(service: AnsweringService, settings: Settings) -> Iterator[str]:
    with running_app(service, settings) as app, served(app) as base:
        yield f"{base}/mcp"


def _with(url: str, use: Callable[[Client], Awaitable[_Result]], mode: str = "auto") -> _Result:
    async def connected() -> _Result:
        async with Client(url, mode=mode) as client:
            return await use(client)

    return asyncio.run(connected())


def _call(url: str, tool: str, mode: str = "auto", **arguments: Any) -> CallToolResult:
    return _with(url, lambda client: client.call_tool(tool, arguments), mode)


def _refusal(result: CallToolResult) -> str:
    assert result.is_error
    (content,) = result.content
    return str(getattr(content, "text", ""))


def test_both_tools_describe_what_goes_in_and_out(url: str) -> None:
    tools = {tool.name: tool for tool in _with(url, lambda client: client.list_tools()).tools}
    assert tools.keys() == {"search_services", "ask"}
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema
        Draft202012Validator.check_schema(tool.input_schema)
        for described in tool.input_schema["properties"].values():
            assert described["description"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_answer_comes_with_sources_disclosure_and_reference_and_is_recorded(
    url: str, service: AnsweringService, scripted: ScriptedLanguageModel, mode: str
) -> None:
    scripted.enqueue(f"{TOLD} [1]")
    answer = _call(url, "ask", mode, question=PRICE_QUESTION).structured_content
    assert answer["status"] == "answered"
    assert f"{TOLD} * [1]" in answer["answer"]
    assert answer["sources"][0]["number"] == 1
    assert answer["sources"][0]["url"] == "https://www.musterstadt.example/dienste/personalausweis"
    assert "Maschine" in answer["disclosure"]
    assert answer["ai_generated"] is True
    assert service.get(TENANT, answer["answer_id"]).status == "answered"


def test_the_language_of_the_answer_can_be_chosen(url: str) -> None:
    answer = _call(url, "ask", question="Wie wird das Wetter morgen?", tenant=TENANT, language="en").structured_content
    assert (answer["language"], answer["status"]) == ("en", "out_of_scope")


def test_services_are_found_and_nothing_is_recorded(url: str, service: AnsweringService) -> None:
    found = _call(url, "search_services", query="Personalausweis").structured_content
    assert found["services"][0]["title"] == "Personalausweis beantragen"
    assert found["services"][0]["text"]
    assert service.records.count(TENANT) == 0


def test_mistakes_are_results_that_say_what_to_change(url: str) -> None:
    assert "question" in _refusal(_call(url, "ask"))
    assert "extra" in _refusal(_call(url, "ask", question="x", colour="red")).casefold()
    assert "unknown_tenant" in _refusal(_call(url, "ask", question=PRICE_QUESTION, tenant="atlantis"))
    assert "unknown_tenant" in _refusal(_call(url, "search_services", query="Hund", tenant="atlantis"))
    assert "invalid_input" in _refusal(_call(url, "ask", question="x" * 2000))


def test_limits_and_slots_hold_here_too(service: AnsweringService, settings: Settings) -> None:
    strict = settings.model_copy(update={"rate_questions_per_address": 2})
    held = [service.admit() for _ in range(settings.queue_size)]
    with running_app(service, strict) as app, served(app) as base:
        for slot in held:
            slot.__enter__()
        assert "busy, retry after" in _refusal(_call(f"{base}/mcp", "ask", question=PRICE_QUESTION))
        assert "busy, retry after" in _refusal(_call(f"{base}/mcp", "search_services", query="Hund"))
        for slot in held:
            slot.__exit__(None, None, None)
        assert "too_many_requests, retry after" in _refusal(_call(f"{base}/mcp", "ask", question=PRICE_QUESTION))


def test_an_answer_is_marked_by_header_and_a_listing_is_not(url: str) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    params = {"name": "ask", "arguments": {"question": PRICE_QUESTION}}
    answered = httpx.post(url, json={**call, "params": params}, headers=ACCEPT)
    assert answered.json()["result"]["structuredContent"]["status"] == "answered"
    assert answered.headers["ai-generated"] == "true"
    assert answered.headers["cache-control"] == "no-store"
    assert "ai-generated" not in httpx.post(url, json=LISTING, headers=ACCEPT).headers


def test_a_web_page_is_refused_even_by_another_name(url: str) -> None:
    for origin in ("https://evil.example", "http://127.0.0.1", "null"):
        response = httpx.post(url, json=LISTING, headers={**ACCEPT, "Origin": origin})
        assert response.status_code == 403
        assert response.json()["code"] == "forbidden"


def test_nothing_is_held_open_and_large_bodies_are_refused(url: str) -> None:
    assert httpx.get(url, headers={"Accept": "text/event-stream"}).status_code == 405
    assert httpx.delete(url).status_code == 405
    assert httpx.post(url, content=b" " * 70_000, headers=ACCEPT).status_code == 413


def test_where_keys_are_wanted_one_is_needed(service: AnsweringService, settings: Settings, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(KEY)
    keys.chmod(0o600)
    with running_app(service, settings.model_copy(update={"api_keys_file": keys})) as app, served(app) as base:
        refused = httpx.post(f"{base}/mcp", json=LISTING, headers=ACCEPT)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
        let_in = httpx.post(f"{base}/mcp", json=LISTING, headers={**ACCEPT, "Authorization": f"Bearer {KEY}"})
        assert len(let_in.json()["result"]["tools"]) == 2
