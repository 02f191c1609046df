"""Every refusal is a problem document with a code for programs and a German sentence for people."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.api.errors import MAX_BODY_BYTES
from app.errors import RecordsError
from app.records.repository import RecordRepository
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import CHAT, STREAM, assert_problem
from tests.fakes import ScriptedLanguageModel

GOOD = {"question": PRICE_QUESTION}


@pytest.mark.parametrize("headers", [{}, STREAM])
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("", "geben Sie eine Frage ein"),
        (" \n\t ", "geben Sie eine Frage ein"),
        ("x" * 10_000, "höchstens 1000 Zeichen"),
        ("😀 🎉 👍", "in Worten"),
        ("?!?!", "in Worten"),
        ("\x00\x00", "unsichtbare Zeichen"),
        ("\ud800", "unsichtbare Zeichen"),
    ],
)
def test_what_is_no_question_says_what_to_do(
    client: TestClient, question: str, words: str, headers: dict[str, str]
) -> None:
    body = '{"question": "' + "".join(f"\\u{ord(char):04x}" for char in _utf16(question)) + '"}'
    response = client.post(CHAT, content=body, headers={"Content-Type": "application/json", **headers})
    assert words in assert_problem(response, 422, "invalid_input")


def _utf16(text: str) -> Iterator[str]:
    """Code units, so that astral characters can be escaped in JSON."""
    data = text.encode("utf-16-be", "surrogatepass")
    for index in range(0, len(data), 2):
        yield chr(int.from_bytes(data[index : index + 2], "big"))


def test_null_bytes_inside_a_question_do_not_matter(client: TestClient) -> None:
    response = client.post(CHAT, json={"question": "Was kostet\x00 ein Personal\x00ausweis?"})
    assert response.status_code == 200
    assert response.json()["status"] == "answered"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "„question“ fehlt"),
        ({"question": 5}, "„question“ muss ein Text sein"),
        ({"question": None}, "„question“ muss ein Text sein"),
        ({"question": ["Was?"]}, "„question“ muss ein Text sein"),
        ({**GOOD, "style": "knapp"}, "„style“ darf nur diese Werte haben: 'standard', 'einfach' oder 'leicht'"),
        ({**GOOD, "language": "deu"}, "„language“"),
        ({**GOOD, "language": 1}, "„language“ muss ein Text sein"),
        ({**GOOD, "tenant": "x"}, "„tenant“ ist hier nicht vorgesehen"),
        ({**GOOD, "x" * 500: 1}, "ist hier nicht vorgesehen"),
        ({**GOOD, "conversation_id": "kurz"}, "„conversation_id“"),
        ({**GOOD, "conversation_id": "leer zeichen"}, "„conversation_id“"),
        ({**GOOD, "conversation_id": "x" * 65}, "„conversation_id“"),
        ({**GOOD, "conversation_id": "abcdefgh\n"}, "„conversation_id“"),
        ({**GOOD, "conversation_id": 12345678}, "„conversation_id“ muss ein Text sein"),
        ([GOOD], "JSON-Objekt"),
        ("Was?", "JSON-Objekt"),
        (None, "JSON-Objekt"),
    ],
)
def test_a_wrong_body_names_the_field(client: TestClient, body: object, words: str) -> None:
    detail = assert_problem(client.post(CHAT, json=body), 422, "invalid_input")
    assert words in detail
    assert len(detail) < 200


@pytest.mark.parametrize(
    "content", [b"", b"{", b'{"question": "Was?"', b"\xff\xfe\x00", b'{"question": "a", "question"}', b"[" * 5000]
)
def test_what_is_no_json_says_so(client: TestClient, content: bytes) -> None:
    response = client.post(CHAT, content=content, headers={"Content-Type": "application/json"})
    assert "JSON-Objekt" in assert_problem(response, response.status_code, "invalid_input")
    assert response.status_code in (400, 422)


def test_another_content_type_is_refused(client: TestClient) -> None:
    response = client.post(CHAT, content=b'{"question": "Was?"}', headers={"Content-Type": "text/plain"})
    assert "application/json" in assert_problem(response, 422, "invalid_input")


def _in_pieces() -> Iterator[bytes]:
    for _ in range(MAX_BODY_BYTES // 1024 + 2):
        yield b" " * 1024


@pytest.mark.parametrize("content", [b" " * (MAX_BODY_BYTES + 1), _in_pieces()])
def test_too_large_a_body_is_refused_with_and_without_a_length(
    client: TestClient, content: bytes | Iterator[bytes]
) -> None:
    response = client.post(CHAT, content=content, headers={"Content-Type": "application/json"})
    assert "64 KiB" in assert_problem(response, 413, "too_large")


@pytest.mark.parametrize("length", ["-1", "abc", "1e3"])
def test_a_senseless_length_is_refused(client: TestClient, length: str) -> None:
    assert_problem(client.post(CHAT, content=b"{}", headers={"Content-Length": length}), 413, "too_large")


@pytest.mark.parametrize("tenant", ["nirgendwo", "../..", "%2e%2e", "x" * 300, "musterstadt%00", "ümläut"])
def test_an_unknown_tenant_says_so(client: TestClient, tenant: str) -> None:
    response = client.post(f"/api/v1/{tenant}/chat", json=GOOD)
    assert response.status_code == 404
    assert response.json()["code"] in ("unknown_tenant", "not_found")
    assert_problem(client.get("/api/v1/nirgendwo/widget"), 404, "unknown_tenant")


def test_an_unknown_answer_says_so(client: TestClient) -> None:
    for path in ("musterstadt/answers/0123456789abcdef", "nirgendwo/answers/x", "musterstadt/answers/%00"):
        assert "Kennung" in assert_problem(client.get(f"/api/v1/{path}"), 404, "not_found")


@pytest.mark.parametrize("path", ["/nichts", "/api/v1/musterstadt", "/static/nichts.js", "/static/../app/main.py"])
def test_an_unknown_path_says_so(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 404, "not_found")


@pytest.mark.parametrize(("method", "path"), [("GET", CHAT), ("DELETE", CHAT), ("POST", "/healthz"), ("PUT", "/")])
def test_a_wrong_method_says_which_ones_there_are(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert_problem(response, 405, "method_not_allowed")
    assert response.headers["allow"]


@pytest.mark.parametrize("headers", [{}, STREAM])
def test_a_full_queue_is_refused_at_once_with_the_time_to_come_back(
    client: TestClient,
    service: AnsweringService,
    settings: Settings,
    scripted: ScriptedLanguageModel,
    headers: dict[str, str],
) -> None:
    for _ in range(settings.queue_size):
        assert service.slots.acquire(blocking=False)
    response = client.post(CHAT, json=GOOD, headers=headers)
    for _ in range(settings.queue_size):
        service.slots.release()
    detail = assert_problem(response, 503, "busy")
    assert int(response.headers["retry-after"]) > 0
    assert response.headers["retry-after"] in detail
    assert scripted.calls == []
    assert service.records.count("musterstadt") == 0
    assert client.post(CHAT, json=GOOD, headers=headers).status_code == 200


def test_a_fault_of_the_service_is_not_told_to_citizens(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full_disk(self: RecordRepository, record: object) -> None:
        raise RecordsError("The disk of /srv/data is full.")

    monkeypatch.setattr(RecordRepository, "append", full_disk)
    detail = assert_problem(client.post(CHAT, json=GOOD), 500, "records")
    assert "/srv" not in detail
    assert "disk of /srv/data is full" in caplog.text


def test_a_defect_is_answered_with_the_same_protection_as_all_else(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def defect(self: RecordRepository, tenant: str, id_: str) -> None:
        raise KeyError("secret")

    monkeypatch.setattr(RecordRepository, "get", defect)
    origin = {"Origin": "https://www.musterstadt.example"}
    response = client.get("/api/v1/musterstadt/answers/x", headers=origin)
    assert "secret" not in assert_problem(response, 500, "failed")
    assert response.headers["access-control-allow-origin"] == origin["Origin"]
    assert "content-security-policy" in response.headers
    assert "KeyError" in caplog.text
