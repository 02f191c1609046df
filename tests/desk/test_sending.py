"""Replying: kept before it goes out, settled only when it is out, never twice."""

from dataclasses import dataclass, field
from threading import Event, Thread

import pytest

from app.database.connection import Database
from app.desk.claims import Claims
from app.desk.handovers import Handover, HandoverStatus, HandoverStore, NewHandover, Reply
from app.desk.replying import OutgoingReply, ReplyError
from app.desk.sending import send_reply
from app.errors import ForbiddenError, LockedError
from tests.desk.samples import NOON

TOWN = "musterstadt"
REPLY = Reply(NOON, "kim", "Kim", "Ja, gern.", "mail")


@dataclass
class Way:
    """A way that fails while `fails`, and waits for `gate`."""

    name: str = "mail"
    target: str = "nowhere"
    fails: bool = False
    gate: Event = field(default_factory=Event)
    under_way: Event = field(default_factory=Event)
    sent: list[OutgoingReply] = field(default_factory=list)

    def reaches(self, contact: str) -> bool:
        return "@" in contact

    def send(self, reply: OutgoingReply) -> None:
        self.under_way.set()
        assert self.gate.wait(10)
        if self.fails:
            raise ReplyError("Der Mailserver hat die Antwort nicht angenommen.")
        self.sent.append(reply)


@pytest.fixture
def way() -> Way:
    made = Way()
    made.gate.set()
    return made


def claimed(database: Database, contact: str = "a@example.org") -> Handover:
    added = HandoverStore(database).add(NewHandover(TOWN, NOON, "Frage?", contact, "de"))
    return Claims(database).claim(TOWN, added.id, "kim", "Kim")


def test_what_was_sent_is_settled(database: Database, way: Way) -> None:
    handover = claimed(database)
    settled = send_reply(database, TOWN, handover.id, "Musterstadt", REPLY, way)
    assert (settled.status, settled.reply, settled.way) == (HandoverStatus.ANSWERED, "Ja, gern.", "mail")
    assert (way.sent[0].handover.contact, way.sent[0].text) == ("a@example.org", "Ja, gern.")


def test_a_failure_leaves_it_open_with_the_text(database: Database, way: Way) -> None:
    handover = claimed(database)
    way.fails = True
    with pytest.raises(ReplyError, match="nicht angenommen"):
        send_reply(database, TOWN, handover.id, "Musterstadt", REPLY, way)
    kept = HandoverStore(database).get(TOWN, handover.id)
    assert (kept.status, kept.reply, kept.account_id) == (HandoverStatus.OPEN, "Ja, gern.", "kim")
    way.fails = False
    assert send_reply(database, TOWN, handover.id, "Musterstadt", REPLY, way).status is HandoverStatus.ANSWERED


def test_nothing_goes_out_for_who_does_not_hold_it(database: Database, way: Way) -> None:
    handover = claimed(database)
    Claims(database).release(TOWN, handover.id)
    with pytest.raises(ForbiddenError):
        send_reply(database, TOWN, handover.id, "Musterstadt", REPLY, way)
    assert way.sent == []


def test_a_contact_that_the_way_does_not_reach_stays_open(database: Database, way: Way) -> None:
    handover = claimed(database, "03999 115")
    with pytest.raises(ReplyError, match="Rufen Sie an"):
        send_reply(database, TOWN, handover.id, "Musterstadt", REPLY, way)
    assert HandoverStore(database).get(TOWN, handover.id).status is HandoverStatus.OPEN


def test_a_double_click_sends_once(database: Database, way: Way) -> None:
    handover = claimed(database)
    way.gate.clear()
    first = Thread(target=send_reply, args=(database, TOWN, handover.id, "Musterstadt", REPLY, way))
    first.start()
    assert way.under_way.wait(10)
    with pytest.raises(LockedError):
        send_reply(database, TOWN, handover.id, "Musterstadt", REPLY, way)
    way.gate.set()
    first.join()
    with pytest.raises(ForbiddenError, match="erledigt"):
        send_reply(database, TOWN, handover.id, "Musterstadt", REPLY, way)
    assert len(way.sent) == 1
