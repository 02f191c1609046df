"""One person at a time works on a hand-over."""

import pytest

from app.database.connection import Database
from app.desk.claims import Claims
from app.desk.handovers import Handover, HandoverStore, NewHandover, Reply
from app.errors import ForbiddenError, NotFoundError
from tests.desk.samples import NOON

TOWN = "musterstadt"


@pytest.fixture
def handover(database: Database) -> Handover:
    return HandoverStore(database).add(NewHandover(TOWN, NOON, "Frage?", "a@example.org", "de"))


def test_who_claims_it_first_has_it(database: Database, handover: Handover) -> None:
    claims = Claims(database)
    assert claims.claim(TOWN, handover.id, "kim", "Kim").account_name == "Kim"
    with pytest.raises(ForbiddenError, match="bearbeitet gerade Kim"):
        claims.claim(TOWN, handover.id, "robin", "Robin")
    assert claims.claim(TOWN, handover.id, "kim", "Kim").account_id == "kim"


def test_it_can_be_given_to_others_with_its_draft(database: Database, handover: Handover) -> None:
    claims = Claims(database)
    claims.claim(TOWN, handover.id, "kim", "Kim")
    claims.keep_draft(TOWN, handover.id, "kim", "Ja, und zwar")
    claims.release(TOWN, handover.id)
    assert claims.claim(TOWN, handover.id, "robin", "Robin").reply == "Ja, und zwar"


def test_only_who_holds_it_writes_the_draft(database: Database, handover: Handover) -> None:
    claims = Claims(database)
    with pytest.raises(ForbiddenError, match="niemand"):
        claims.keep_draft(TOWN, handover.id, "kim", "Text")
    claims.claim(TOWN, handover.id, "kim", "Kim")
    with pytest.raises(ForbiddenError, match="Kim"):
        claims.keep_draft(TOWN, handover.id, "robin", "Text")


def test_what_is_settled_stays_so(database: Database, handover: Handover) -> None:
    HandoverStore(database).settle(TOWN, handover.id, Reply(NOON, "kim", "Kim", None, "hand"))
    for change in (
        lambda: Claims(database).claim(TOWN, handover.id, "robin", "Robin"),
        lambda: Claims(database).release(TOWN, handover.id),
    ):
        with pytest.raises(ForbiddenError, match="erledigt"):
            change()


def test_one_that_is_gone_is_reported(database: Database) -> None:
    with pytest.raises(NotFoundError):
        Claims(database).claim(TOWN, "0" * 16, "kim", "Kim")
