"""Answering what citizens passed on to people."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from fastapi import FastAPI

from app.accounts.account import Role
from app.console.handovers.shown import waiting
from app.desk.handovers import Handover, HandoverStatus, HandoverStore, NewHandover
from app.desk.replying import ReplyWay
from app.desk.replying_mail import MailReplies, MailServer
from tests.console.desk_samples import CONVERSATION, ask, service_of
from tests.console.staff import TENANT, Person, sign_in, text_of
from tests.desk.test_replying_mail import Mailbox
from tests.servers import free_port

WAY = "app.console.handovers.pages.reply_way"


@pytest.fixture
def handover(app: FastAPI) -> Handover:
    """With the answer that did not do."""
    service = service_of(app)
    answer_id = ask(app, "Wie melde ich meinen Hund an?")
    now = app.state.running.clock()
    new = NewHandover(TENANT, now, "Und im Urlaub?", "anna@example.org", "tr", answer_id, CONVERSATION)
    return HandoverStore(service.records.database).add(new)


@pytest.fixture
def store(app: FastAPI) -> HandoverStore:
    return HandoverStore(service_of(app).records.database)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def by_mail(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Replies go to a real mail server on this machine; call it to stop that server."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    way: ReplyWay = MailReplies(MailServer("127.0.0.1", controller.port, "none"), "amt@musterstadt.example")
    monkeypatch.setattr(WAY, lambda town, settings: way)
    yield controller.stop
    if controller.server is not None:
        controller.stop()


def test_who_waits_is_listed_with_age_and_language(desk: Person, handover: Handover) -> None:
    page = text_of(desk.get("handovers"))
    assert "Und im Urlaub?" in page and "gerade eingegangen" in page and "Türkisch" in page
    assert "Niemand wartet" not in page


def test_a_handover_shows_the_answer_that_did_not_do(desk: Person, handover: Handover) -> None:
    page = text_of(desk.get(f"handovers/{handover.id}"))
    assert "Und im Urlaub?" in page and "anna@example.org" in page
    assert "Wie melde ich meinen Hund an?" in page and "Gespräch und Gründe ansehen" in page


@pytest.mark.usefixtures("by_mail")
def test_the_reply_is_mailed_and_the_handover_settled(
    desk: Person, handover: Handover, store: HandoverStore, mailbox: Mailbox
) -> None:
    claimed = desk.post(f"handovers/{handover.id}/claim")
    assert "Als E-Mail senden" in text_of(claimed)
    sent = desk.post(f"handovers/{handover.id}/send", {"reply": "Dann rufen Sie uns an."})
    assert "Ihre Antwort ist unterwegs." in text_of(sent)
    kept = store.get(TENANT, handover.id)
    assert (kept.status, kept.reply, kept.way) == (HandoverStatus.ANSWERED, "Dann rufen Sie uns an.", "mail")
    mail: EmailMessage = mailbox.received[0]
    assert mail["To"] == "anna@example.org"
    assert "Niemand wartet" in text_of(desk.get("handovers"))
    assert "Und im Urlaub?" in text_of(desk.get("handovers?settled=1"))


def test_a_failure_says_so_and_loses_nothing(
    desk: Person, handover: Handover, store: HandoverStore, by_mail: Callable[[], None]
) -> None:
    desk.post(f"handovers/{handover.id}/claim")
    by_mail()
    response = desk.post(f"handovers/{handover.id}/send", {"reply": "Dann rufen Sie uns an."})
    assert response.status_code == 502
    assert "Mailserver hat die Antwort nicht angenommen" in text_of(response)
    assert "Dann rufen Sie uns an.</textarea>" in response.text
    assert store.get(TENANT, handover.id).status is HandoverStatus.OPEN
    assert "Dann rufen Sie uns an." in desk.get(f"handovers/{handover.id}").text


def test_without_a_way_the_desk_replies_by_hand(
    desk: Person, handover: Handover, store: HandoverStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WAY, lambda town, settings: None)
    page = text_of(desk.post(f"handovers/{handover.id}/claim"))
    assert "keinen Versand eingerichtet" in page and "Als E-Mail senden" not in page
    closed = text_of(desk.post(f"handovers/{handover.id}/close"))
    assert "von Hand, zum Beispiel am Telefon." in closed
    assert store.get(TENANT, handover.id).status is HandoverStatus.CLOSED


def test_two_people_do_not_answer_at_once(app: FastAPI, desk: Person, handover: Handover) -> None:
    colleague = sign_in(app, Role.DESK)
    desk.post(f"handovers/{handover.id}/claim")
    assert "bearbeitet diese Anfrage gerade" in text_of(colleague.get(f"handovers/{handover.id}"))
    for action in ("claim", "draft", "close"):
        response = colleague.post(f"handovers/{handover.id}/{action}", {"reply": "Von mir"})
        assert response.status_code == 403
        assert "Von mir" in response.text  # not lost
    colleague.post(f"handovers/{handover.id}/release")
    assert "Sie bearbeiten die Anfrage jetzt." in text_of(colleague.post(f"handovers/{handover.id}/claim"))


def test_an_empty_reply_is_not_sent(desk: Person, handover: Handover) -> None:
    desk.post(f"handovers/{handover.id}/claim")
    response = desk.post(f"handovers/{handover.id}/send", {"reply": " "})
    assert response.status_code == 422 and "schreiben Sie erst eine Antwort" in text_of(response)


def test_a_draft_is_kept_but_is_none_of_the_citizens_business_yet(
    desk: Person, handover: Handover, store: HandoverStore
) -> None:
    desk.post(f"handovers/{handover.id}/claim")
    desk.post(f"handovers/{handover.id}/draft", {"reply": "Ich frage nach."})
    assert store.get(TENANT, handover.id).reply == "Ich frage nach."
    exported = desk.client.get(f"/api/v1/{TENANT}/conversations/{CONVERSATION}").text
    assert "Und im Urlaub?" in exported and "Ich frage nach." not in exported


def test_only_the_desk_sees_contacts(editor: Person, handover: Handover) -> None:
    assert editor.get("handovers").status_code == 403
    assert editor.get(f"handovers/{handover.id}").status_code == 403


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (timedelta(seconds=30), "gerade eingegangen"),
        (timedelta(minutes=5), "5 Minuten"),
        (timedelta(minutes=80), "einer Stunde"),
        (timedelta(hours=5), "5 Stunden"),
        (timedelta(hours=30), "einem Tag"),
        (timedelta(days=3), "3 Tagen"),
    ],
)
def test_how_long_somebody_waits_is_said_in_whole_units(age: timedelta, said: str) -> None:
    assert said in waiting(age)
