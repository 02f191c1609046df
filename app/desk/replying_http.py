"""Replies to other programs of the town over HTTP: a program of its own (webhook), or a ticket system (Zammad)."""

import hashlib
import hmac
from dataclasses import dataclass
from http import HTTPStatus

import httpx
from pydantic import JsonValue

from app.database.timestamps import to_timestamp
from app.desk.replying import TIMEOUT_S, OutgoingReply, ReplyError, is_mail_address
from app.text.canonical_json import canonical_json
from app.wording.reply import reply_frame

SIGNATURE_HEADER = "Amtslotse-Signature"
_UNREACHABLE = (
    "Das andere Programm ist nicht erreichbar. Versuchen Sie es in einigen Minuten noch einmal; bleibt es dabei, "
    "melden Sie das Ihrer Administration."
)
_UNKNOWN = (
    "Das andere Programm hat nicht rechtzeitig geantwortet. Sehen Sie dort nach, ob die Antwort angekommen ist, "
    "bevor Sie sie noch einmal senden."
)


@dataclass(frozen=True, slots=True)
class WebhookReplies:
    """Implements `ReplyWay`: one signed POST with JSON, see docs/operations.md."""

    url: str
    secret: str

    name = "webhook"

    @property
    def target(self) -> str:
        return _shown(self.url)

    def reaches(self, contact: str) -> bool:
        """The town's program decides what to do with a phone number."""
        return True

    def send(self, reply: OutgoingReply) -> None:
        handover = reply.handover
        at = to_timestamp(reply.at)
        body = canonical_json(
            {
                "format": "amtslotse-reply-1",
                "tenant": handover.tenant,
                "handover_id": handover.id,
                "asked_at": to_timestamp(handover.at),
                "question": handover.question,
                "contact": handover.contact,
                "language": handover.language,
                "reply": reply.text,
                "replied_at": at,
            }
        ).encode()
        _post(
            self.url,
            body,
            {SIGNATURE_HEADER: signature(self.secret, body), "Idempotency-Key": f"{handover.tenant}-{handover.id}"},
        )


@dataclass(frozen=True, slots=True)
class ZammadReplies:
    """Implements `ReplyWay`: a closed ticket with the question and the reply, which Zammad mails to the citizen.

    Whatever the citizen answers opens the ticket again, so that the conversation goes on there.
    """

    url: str
    """Where Zammad answers, without `/api`."""
    group: str
    token: str

    name = "zammad"

    @property
    def target(self) -> str:
        return _shown(self.url)

    def reaches(self, contact: str) -> bool:
        return is_mail_address(contact)

    def send(self, reply: OutgoingReply) -> None:
        handover, frame = reply.handover, reply_frame(reply.handover.language)
        subject, contact = frame.subject.format(town=reply.town), handover.contact.strip()
        ticket: JsonValue = {
            "title": subject,
            "group": self.group,
            "customer_id": f"guess:{contact}",
            "state": "closed",
            "article": {
                "type": "email",
                "sender": "Agent",
                "to": contact,
                "subject": subject,
                "body": f"{reply.text}\n\n-- \n{frame.written_by}\n{frame.asked}\n{handover.question}",
                "content_type": "text/plain",
                "internal": False,
            },
        }
        url = f"{self.url.rstrip('/')}/api/v1/tickets"
        _post(url, canonical_json(ticket).encode(), {"Authorization": f"Token token={self.token}"})


def signature(secret: str, body: bytes) -> str:
    """What the receiver computes again to know that the body comes from here: HMAC-SHA-256, hexadecimal."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def _post(url: str, body: bytes, headers: dict[str, str]) -> None:
    """Raises ReplyError unless the other side says that it took the body over."""
    try:
        with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False) as client:
            status = client.post(url, content=body, headers={"Content-Type": "application/json", **headers}).status_code
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise ReplyError(_UNREACHABLE) from error
    except httpx.HTTPError as error:
        raise ReplyError(_UNKNOWN) from error
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise ReplyError("Das andere Programm hat die Anmeldung abgelehnt. Bitte melden Sie das Ihrer Administration.")
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise ReplyError(
            f"Das andere Programm hat die Antwort nicht angenommen (Fehler {status}). Bitte melden Sie das Ihrer "
            "Administration."
        )


def _shown(url: str) -> str:
    """Without what may stand before and behind the host, which may be secret."""
    parsed = httpx.URL(url)
    return f"{parsed.scheme}://{parsed.netloc.decode()}"
