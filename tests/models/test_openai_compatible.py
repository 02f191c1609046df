"""How the client bears servers that misbehave; the conformance suite runs it against a real one."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from app.errors import BusyError, CancelledError, ConfigurationError, InvalidInputError, ModelError
from app.models.openai_compatible import OpenAICompatibleLanguageModel
from app.models.ports import Prompt, Sampling
from app.settings import Settings
from tests.models.odd_server import OddServer, Reply, event, odd_server, stall, status, stream

PROMPT = Prompt("Text: Ein Ausweis kostet 37,00 Euro.\n", "Frage: Was kostet er?\nAntwort:")
SAMPLING = Sampling(max_tokens=16, temperature=0.5, seed=7, stop=("\n", "###"))
DONE = b"data: [DONE]\n\n"


@contextmanager
def client(base_url: str | None, **settings: object) -> Iterator[OpenAICompatibleLanguageModel]:
    values = {"llm_backend": "openai", "llm_model": "asked-for", "llm_base_url": base_url, **settings}
    opened = OpenAICompatibleLanguageModel(Settings.model_validate(values))
    yield opened
    opened.close()


@contextmanager
def serving(reply: Reply, **settings: object) -> Iterator[tuple[OpenAICompatibleLanguageModel, OddServer]]:
    with odd_server(reply) as server, client(server.base_url, **settings) as model:
        yield model, server


def text_of(model: OpenAICompatibleLanguageModel, sampling: Sampling = SAMPLING) -> str:
    return "".join(model.generate(PROMPT, sampling))


def test_sends_the_prompt_as_it_is_with_sampling_and_key() -> None:
    reply = stream(event(" 37,00 Euro."), event("", "stop"), DONE)
    with serving(reply, llm_api_key="geheim") as (model, server):
        assert text_of(model) == " 37,00 Euro."
    ((head, body),) = server.requests
    assert head.startswith("POST /v1/completions HTTP/1.1")
    assert "Authorization: Bearer geheim" in head
    assert body == {
        "model": "asked-for",
        "prompt": PROMPT.text,
        "max_tokens": 16,
        "temperature": 0.5,
        "seed": 7,
        "stop": ["\n", "###"],
        "stream": True,
        "cache_prompt": False,
    }


def test_sends_no_key_and_no_stop_strings_when_there_are_none() -> None:
    with serving(stream(event("ja", "stop"), DONE)) as (model, server):
        text_of(model, Sampling(max_tokens=4))
    ((head, body),) = server.requests
    assert "authorization" not in head.lower()
    assert "stop" not in body


def test_info_names_address_and_reported_model_but_no_credentials() -> None:
    with odd_server(stream(event("ja", "stop"), DONE)) as server:
        address = server.base_url.replace("http://", "http://user:geheim@")
        with client(address + "/") as model:
            assert model.info.sha256 == "remote:asked-for"
            text_of(model)
            assert model.info.file == server.base_url
            assert model.info.sha256 == "remote:odd-1"
            assert model.info.name == "asked-for"


def test_cuts_at_stop_strings_that_the_server_lets_through() -> None:
    with serving(stream(event(" 37,00 Euro #"), event("## Frage"), event("", "length"), DONE)) as (model, _):
        assert text_of(model) == " 37,00 Euro "


def test_text_with_unicode_line_separators_arrives_whole() -> None:
    with serving(stream(event("a\u2028b\x85c"), event("🏛️", "stop"), DONE)) as (model, _):
        assert text_of(model) == "a\u2028b\x85c🏛️"


def test_a_finished_stream_needs_no_done_mark() -> None:
    with serving(stream(event("ja", "stop"))) as (model, _):
        assert text_of(model) == "ja"


def test_asking_for_no_tokens_asks_nobody() -> None:
    with serving(status("500 Internal Server Error")) as (model, server):
        assert text_of(model, Sampling(max_tokens=0)) == ""
    assert server.requests == []


@pytest.mark.parametrize(
    "reply",
    [
        stream(event("37"), b"data: {not json\n\n"),
        stream(b'data: {"error": {"message": "out of memory"}}\n\n'),
        stream(b'data: ["text"]\n\n'),
        stream(b"data: \xff\xfe\n\n"),
    ],
    ids=["broken JSON", "an error", "another shape", "no UTF-8"],
)
def test_garbage_in_the_stream_is_a_model_error(reply: Reply) -> None:
    with serving(reply) as (model, server), pytest.raises(ModelError, match="something else") as failed:
        text_of(model)
    assert server.base_url in failed.value.message


@pytest.mark.parametrize(
    "reply",
    [
        stream(event("37,")),
        stream(event("37,"), b'data: {"choices": [{"te'),
        stream(),
        stream(b"<html>not a stream</html>"),
        status("200 OK", json.dumps({"choices": [{"text": "ja", "finish_reason": "stop"}]})),
        lambda _server, connection: connection.sendall(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + event("37,")[:40]
        ),
    ],
    ids=["after a piece", "within an event", "at once", "a web page", "no stream", "within a chunk"],
)
def test_a_stream_that_ends_early_is_a_model_error(reply: Reply) -> None:
    with serving(reply) as (model, _), pytest.raises(ModelError, match="broke off"):
        text_of(model)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("500 Internal Server Error", "status 500"),
        ("302 Found", "status 302"),
        ("400 Bad Request", "status 400"),
        ("401 Unauthorized", "AMTSLOTSE_LLM_API_KEY"),
        ("404 Not Found", "AMTSLOTSE_LLM_MODEL"),
    ],
)
def test_a_status_of_failure_says_what_to_check(line: str, hint: str) -> None:
    with serving(status(line, "<b>secret detail</b>")) as (model, server):
        with pytest.raises(ModelError, match=hint) as failed:
            text_of(model)
        assert server.base_url in failed.value.message
        assert "secret" not in failed.value.message


@pytest.mark.parametrize("line", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize(("header", "seconds"), [("", 5), ("Retry-After: 17\r\n", 17), ("Retry-After: soon\r\n", 5)])
def test_an_overloaded_server_is_busy(line: str, header: str, seconds: int) -> None:
    with serving(status(line, headers=header)) as (model, _), pytest.raises(BusyError) as busy:
        text_of(model)
    assert busy.value.retry_after_s == seconds


def test_a_prompt_that_the_server_finds_too_long_is_invalid_input() -> None:
    body = '{"error": {"code": "context_length_exceeded"}}'
    with serving(status("400 Bad Request", body)) as (model, _), pytest.raises(InvalidInputError):
        text_of(model)


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # bound, but not listening: connections are refused
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        with client(address) as model, pytest.raises(ModelError, match="check that it runs") as failed:
            text_of(model)
    assert address in failed.value.message


@pytest.mark.parametrize("parts", [(), (event("37,"),)], ids=["before", "after the first piece"])
def test_a_server_that_stalls_is_given_up(parts: tuple[bytes, ...]) -> None:
    with serving(stall(*parts), llm_timeout_s=0.2) as (model, server):
        with pytest.raises(ModelError, match="AMTSLOTSE_LLM_TIMEOUT_S"):
            text_of(model)
        assert server.client_left.wait(timeout=10)


def test_a_server_that_trickles_is_given_up_in_all_the_same_time() -> None:
    def trickle(server: OddServer, connection: socket.socket) -> None:
        stream(event("a"))(server, connection)
        connection.settimeout(0.05)
        while not server.client_left.is_set():
            try:
                connection.recv(1)
                server.client_left.set()
            except TimeoutError:
                connection.sendall(event("a"))

    with serving(trickle, llm_timeout_s=0.5) as (model, server):
        with pytest.raises(ModelError, match="AMTSLOTSE_LLM_TIMEOUT_S"):
            text_of(model, Sampling(max_tokens=4))
        assert server.client_left.wait(timeout=10)


@pytest.mark.parametrize("parts", [(), (event("37,"),)], ids=["before", "after the first piece"])
def test_cancelling_closes_the_connection(parts: tuple[bytes, ...]) -> None:
    cancel = Event()
    with serving(stall(*parts)) as (model, server):
        pieces = model.generate(PROMPT, SAMPLING, cancel)
        assert server.asked.wait(timeout=10)
        if parts:
            assert next(pieces) == "37,"
        cancel.set()
        with pytest.raises(CancelledError):
            next(pieces)
        assert server.client_left.wait(timeout=10)


def test_dropping_the_reader_closes_the_connection_and_frees_its_place() -> None:
    with serving(stall(event("37,")), queue_size=1) as (model, server):
        pieces = model.generate(PROMPT, SAMPLING)
        next(pieces)
        with pytest.raises(BusyError):
            model.generate(PROMPT, SAMPLING)
        del pieces
        assert server.client_left.wait(timeout=10)
        assert next(model.generate(PROMPT, SAMPLING)) == "37,"


def test_closing_the_client_closes_its_connections() -> None:
    with serving(stall(event("37,"))) as (model, server):
        pieces = model.generate(PROMPT, SAMPLING)
        next(pieces)
        model.close()
        with pytest.raises(ModelError):
            next(pieces)
        assert server.client_left.wait(timeout=10)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(stream(event("ja", "stop"), DONE)) as (model, _):
        assert text_of(model) == "ja"


@pytest.mark.parametrize("address", [None, "", "127.0.0.1:8080/v1", "ftp://127.0.0.1", "http://", "http://[::1"])
def test_a_base_url_that_is_none_is_refused_at_start(address: str | None) -> None:
    with pytest.raises(ConfigurationError, match="AMTSLOTSE_LLM_BASE_URL"), client(address):
        pass
