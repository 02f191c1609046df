"""Hand-overs and replies that the tests of the desk share."""

from datetime import UTC, datetime

from app.desk.handovers import Handover
from app.desk.replying import OutgoingReply

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def outgoing(
    contact: str = "frau.beispiel@example.org", language: str = "de", town: str = "Musterstadt"
) -> OutgoingReply:
    """A reply to a question of Friday noon."""
    handover = Handover(
        tenant="musterstadt",
        id="00112233445566aa",
        at=NOON,
        question="Darf ich im Stadtpark grillen?\nMit Gas?",
        contact=contact,
        language=language,
    )
    return OutgoingReply(handover, town, "Ja, auf der großen Wiese.", NOON)
