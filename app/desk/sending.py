"""Replying to a hand-over: one at a time, kept before it goes out, settled only when it is out."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from app.database.connection import Database
from app.desk.claims import Claims
from app.desk.handovers import Handover, HandoverStore, Reply
from app.desk.replying import OutgoingReply, ReplyError, ReplyWay
from app.errors import LockedError

_sending: set[tuple[str, str]] = set()
"""Hand-overs whose reply is going out from this process, the only one that serves a data folder."""
_lock = Lock()


def send_reply(database: Database, tenant: str, id_: str, town: str, reply: Reply, way: ReplyWay) -> Handover:
    """Sends a reply by that way and settles the hand-over; `town` is the town's name. Takes as long as the way does.

    Raises:
        NotFoundError: the hand-over is gone.
        ForbiddenError: it is settled, or not claimed by who replies.
        LockedError: the same reply is going out at this moment.
        ReplyError: it did not go out; the hand-over is still open, and the text kept as its draft.
    """
    with _one_at_a_time(tenant, id_):
        text = reply.text or ""
        Claims(database).keep_draft(tenant, id_, reply.account_id, text)
        handovers = HandoverStore(database)
        handover = handovers.get(tenant, id_)
        if not way.reaches(handover.contact):
            raise ReplyError(
                "Auf diesem Weg ist die Angabe nicht erreichbar. Rufen Sie an, und erledigen Sie die Anfrage dann hier."
            )
        way.send(OutgoingReply(handover, town, text, reply.at))
        return handovers.settle(tenant, id_, reply)


@contextmanager
def _one_at_a_time(tenant: str, id_: str) -> Iterator[None]:
    """So that a double click sends one mail."""
    key = (tenant, id_)
    with _lock:
        if key in _sending:
            raise LockedError("Diese Antwort wird gerade gesendet. Laden Sie die Seite gleich neu.")
        _sending.add(key)
    try:
        yield
    finally:
        with _lock:
            _sending.discard(key)
