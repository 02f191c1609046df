"""When sessions begin and end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.account import Account
from app.accounts.repository import AccountRepository
from app.accounts.sessions import IDLE, LONGEST, SessionRepository
from app.database.connection import Database
from app.database.tables import sessions as table
from tests.accounts.conftest import NOW, PASSWORD

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sessions(database: Database) -> SessionRepository:
    return SessionRepository(database)


@pytest.fixture
def anna(accounts: AccountRepository) -> Account:
    return accounts.create("anna", "Anna", (), NOW, password=PASSWORD)


def test_the_database_does_not_hold_what_opens_a_session(
    sessions: SessionRepository, anna: Account, database: Database
) -> None:
    token = sessions.begin(anna, NOW)
    with database.reading() as connection:
        row = connection.execute(select(table)).one()
    assert token not in map(str, row)
    assert sessions.find(row.token_hash, NOW) is None


def test_every_session_has_its_own_token_and_form_secret(sessions: SessionRepository, anna: Account) -> None:
    tokens = {sessions.begin(anna, NOW) for _ in range(3)}
    found = [sessions.find(token, NOW) for token in tokens]
    assert len(tokens) == len({session.csrf for session in found if session}) == 3


def test_a_session_that_nobody_uses_ends(sessions: SessionRepository, anna: Account) -> None:
    token = sessions.begin(anna, NOW)
    assert sessions.find(token, NOW + IDLE) is not None
    assert sessions.find(token, NOW + IDLE + IDLE + MINUTE) is None


def test_a_session_in_use_ends_after_a_working_day(sessions: SessionRepository, anna: Account) -> None:
    token = sessions.begin(anna, NOW)
    at = NOW
    while at < NOW + LONGEST - IDLE:
        at += IDLE - MINUTE
        assert sessions.find(token, at) is not None
    assert sessions.find(token, NOW + LONGEST + MINUTE) is None


def test_signing_in_again_ends_the_session_that_the_browser_had(sessions: SessionRepository, anna: Account) -> None:
    before = sessions.begin(anna, NOW)
    after = sessions.begin(anna, NOW, replacing=before)
    assert sessions.find(before, NOW) is None
    assert sessions.find(after, NOW) is not None


def test_locking_and_a_new_password_end_all_sessions(
    sessions: SessionRepository, accounts: AccountRepository, anna: Account
) -> None:
    token = sessions.begin(anna, NOW)
    accounts.set_active(anna.id, False)
    accounts.set_active(anna.id, True)
    assert sessions.find(token, NOW) is None
    token = sessions.begin(anna, NOW)
    accounts.set_password(anna.id, "ganz anderer Satz hier")
    assert sessions.find(token, NOW) is None


def test_all_sessions_or_all_others_can_be_ended(sessions: SessionRepository, anna: Account) -> None:
    first, second, third = (sessions.begin(anna, NOW) for _ in range(3))
    assert sessions.end_all(anna.id, but=second) == 2
    assert [session.is_this for session in sessions.of(anna.id, NOW, second)] == [True]
    assert sessions.find(first, NOW) is None and sessions.find(third, NOW) is None
    assert sessions.end_all(anna.id) == 1
    assert sessions.find(second, NOW) is None


def test_sessions_that_are_over_are_not_listed_and_later_forgotten(
    sessions: SessionRepository, anna: Account, database: Database
) -> None:
    sessions.begin(anna, NOW)
    later = NOW + LONGEST + MINUTE
    assert sessions.of(anna.id, later) == ()
    sessions.begin(anna, later)
    with database.reading() as connection:
        assert len(connection.execute(select(table)).all()) == 1
