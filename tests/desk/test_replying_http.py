"""Replies to other programs, against real servers on this machine."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from app.desk.replying import ReplyError
from app.desk.replying_http import SIGNATURE_HEADER, WebhookReplies, ZammadReplies
from tests.desk.samples import outgoing
from tests.servers import free_port

SECRET = "ein Geheimnis"


@dataclass
class Program:
    """Another program of the town; it answers with `status`."""

    url: str = ""
    status: int = 201
    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@pytest.fixture
def program() -> Iterator[Program]:
    known = Program()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            known.paths.append(self.path)
            known.headers.append(dict(self.headers))
            known.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(known.status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        known.url = f"http://127.0.0.1:{server.server_address[1]}"
        Thread(target=server.serve_forever).start()
        yield known
        server.shutdown()


def test_a_webhook_gets_question_contact_and_reply(program: Program) -> None:
    WebhookReplies(f"{program.url}/antwort", SECRET).send(outgoing())
    assert program.paths == ["/antwort"]
    assert json.loads(program.bodies[0]) == {
        "format": "amtslotse-reply-1",
        "tenant": "musterstadt",
        "handover_id": "00112233445566aa",
        "asked_at": "2026-11-20T12:00:00.000000+00:00",
        "question": "Darf ich im Stadtpark grillen?\nMit Gas?",
        "contact": "frau.beispiel@example.org",
        "language": "de",
        "reply": "Ja, auf der großen Wiese.",
        "replied_at": "2026-11-20T12:00:00.000000+00:00",
    }
    assert program.headers[0]["Idempotency-Key"] == "musterstadt-00112233445566aa"


def test_a_webhook_can_tell_that_the_reply_is_genuine(program: Program) -> None:
    WebhookReplies(program.url, SECRET).send(outgoing())
    expected = hmac.new(SECRET.encode(), program.bodies[0], hashlib.sha256).hexdigest()
    assert program.headers[0][SIGNATURE_HEADER] == f"sha256={expected}"


def test_a_webhook_also_gets_replies_for_phone_numbers() -> None:
    assert WebhookReplies("http://127.0.0.1/", SECRET).reaches("03999 115-200")


def test_zammad_gets_a_closed_ticket_that_it_mails_to_the_citizen(program: Program) -> None:
    ZammadReplies(f"{program.url}/hilfe/", "Bürgerservice", "abc").send(outgoing())
    assert program.paths == ["/hilfe/api/v1/tickets"]
    assert program.headers[0]["Authorization"] == "Token token=abc"
    ticket = json.loads(program.bodies[0])
    assert (ticket["group"], ticket["state"]) == ("Bürgerservice", "closed")
    assert ticket["customer_id"] == "guess:frau.beispiel@example.org"
    article = ticket["article"]
    assert (article["type"], article["sender"], article["to"]) == ("email", "Agent", "frau.beispiel@example.org")
    assert article["body"].startswith("Ja, auf der großen Wiese.") and "grillen" in article["body"]


def test_zammad_needs_a_mail_address() -> None:
    assert not ZammadReplies("http://127.0.0.1", "g", "t").reaches("03999 115-200")


@pytest.mark.parametrize(
    ("status", "said"), [(401, "Anmeldung abgelehnt"), (422, "Fehler 422"), (500, "Fehler 500"), (302, "Fehler 302")]
)
def test_what_the_other_side_refuses_is_reported_and_no_redirect_is_followed(
    program: Program, status: int, said: str
) -> None:
    program.status = status
    with pytest.raises(ReplyError, match=said):
        WebhookReplies(program.url, SECRET).send(outgoing())
    assert len(program.paths) == 1


def test_a_program_that_is_down_is_reported() -> None:
    with pytest.raises(ReplyError, match="nicht erreichbar"):
        WebhookReplies(f"http://127.0.0.1:{free_port()}/", SECRET).send(outgoing())


def test_the_shown_target_holds_no_secret() -> None:
    way = WebhookReplies("https://user:pass@intern.musterstadt.example:8443/haken?key=1", SECRET)
    assert way.target == "https://intern.musterstadt.example:8443"
