"""The audit log: what it holds, and that nobody changes it unseen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from app.accounts.audit import AuditFilter, AuditLog
from app.accounts.repository import AccountRepository
from app.database.connection import Database
from app.database.tables import audit_ends, audit_events
from tests.accounts.conftest import NOW

_e = audit_events.c


@pytest.fixture
def log(database: Database) -> AuditLog:
    return AuditLog(database)


def _fill(log: AuditLog, count: int, tenant: str = "a") -> None:
    for number in range(count):
        log.write(None, tenant, "thing.do", f"s{number}", NOW + timedelta(days=number))


def test_a_line_says_who_did_what_where_and_when(log: AuditLog, accounts: AccountRepository) -> None:
    anna = accounts.create("anna", "Anna", (), NOW)
    log.write(anna, "a", "answer.mark", "id", NOW, {"right": True})
    log.write(None, None, "user.create", "bea", NOW, by="cli:root")
    by_cli, by_anna = log.events(AuditFilter(), 10)
    assert (by_anna.account_name, by_anna.tenant, by_anna.action, by_anna.subject) == ("anna", "a", "answer.mark", "id")
    assert (by_anna.at, dict(by_anna.facts)) == (NOW, {"right": True})
    assert (by_cli.account_name, by_cli.tenant) == ("cli:root", None)


def test_towns_see_their_own_lines_only(log: AuditLog) -> None:
    for tenant in ("a", "b", None):
        log.write(None, tenant, f"{tenant}.do", "s", NOW, by=f"by {tenant}")
    assert [event.action for event in log.events(AuditFilter(("a",)), 10)] == ["a.do"]
    assert log.known_actions(("a",)) == ("a.do",)
    assert log.known_people(("b",)) == ("by b",)
    assert len(log.events(AuditFilter(), 10)) == 3


def test_lines_are_filtered_and_paged(log: AuditLog) -> None:
    for number in range(7):
        log.write(None, "a", f"do.{number % 2}", str(number), NOW, by=f"p{number % 3}")
    assert [event.subject for event in log.events(AuditFilter(action="do.1"), 10)] == ["5", "3", "1"]
    assert [event.subject for event in log.events(AuditFilter(person="p0"), 10)] == ["6", "3", "0"]
    first = log.events(AuditFilter(), 3)
    second = log.events(AuditFilter(before=first[-1].sequence), 3)
    assert [event.subject for event in (*first, *second)] == list("654321")


def test_every_event_reads_all_of_them_in_portions(log: AuditLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.accounts.audit._EXPORT_BATCH", 3)
    _fill(log, 7)
    assert [event.subject for event in log.every_event(AuditFilter(("a",)))] == [f"s{n}" for n in range(6, -1, -1)]


def test_a_log_as_it_was_written_is_whole(log: AuditLog) -> None:
    assert log.verify().first_fault is None
    _fill(log, 4)
    report = log.verify()
    assert (report.lines, report.purged, report.first_fault) == (4, 0, None)
    with pytest.raises(StopIteration):
        next(iter(log.every_event(AuditFilter(("nowhere",)))))


def _change(connection: Connection) -> None:
    connection.execute(update(audit_events).where(_e.sequence == 3).values(subject="other"))


def _delete(connection: Connection) -> None:
    connection.execute(delete(audit_events).where(_e.sequence == 3))


def _cut_the_end(connection: Connection) -> None:
    connection.execute(delete(audit_events).where(_e.sequence >= 3))


def _swap(connection: Connection) -> None:
    for before, after in ((3, 99), (4, 3), (99, 4)):
        connection.execute(update(audit_events).where(_e.sequence == before).values(sequence=after))


def _insert(connection: Connection) -> None:
    connection.execute(update(audit_events).where(_e.sequence >= 3).values(sequence=_e.sequence + 100))
    row = dict(connection.execute(select(audit_events).where(_e.sequence == 2)).one()._mapping)
    connection.execute(insert(audit_events).values({**row, "sequence": 3}))


@pytest.mark.parametrize("tamper", [_change, _delete, _cut_the_end, _swap, _insert])
def test_whatever_is_done_to_a_line_shows(
    log: AuditLog, database: Database, tamper: Callable[[Connection], None]
) -> None:
    _fill(log, 5)
    with database.writing() as connection:
        tamper(connection)
    assert log.verify().first_fault == 3


def test_cutting_off_the_beginning_shows(log: AuditLog, database: Database) -> None:
    _fill(log, 5)
    with database.writing() as connection:
        connection.execute(delete(audit_events).where(_e.sequence <= 2))
    assert log.verify().first_fault == 1


def test_a_log_that_is_gone_as_a_whole_shows(log: AuditLog, database: Database) -> None:
    _fill(log, 5)
    with database.writing() as connection:
        connection.execute(delete(audit_events))
    assert log.verify().first_fault == 1
    with database.writing() as connection:
        connection.execute(delete(audit_ends))
    assert log.verify().first_fault is None  # what only a copy of the last hash elsewhere shows


def test_a_purge_leaves_a_log_that_verifies_and_notes_itself(log: AuditLog) -> None:
    _fill(log, 6)
    now = NOW + timedelta(days=10)
    assert log.purge(NOW + timedelta(days=4), now) == 4
    report = log.verify()
    assert (report.lines, report.purged, report.first_fault) == (3, 4, None)
    assert [event.action for event in log.events(AuditFilter(), 10)] == ["audit.purge", "thing.do", "thing.do"]
    assert log.purge(NOW + timedelta(days=4), now) == 0
    assert log.purge(NOW + timedelta(days=11), now) == 3
    log.write(None, "a", "thing.do", "after", now)
    assert log.verify().first_fault is None


def test_a_line_that_was_changed_shows_also_after_a_purge(log: AuditLog, database: Database) -> None:
    _fill(log, 6)
    log.purge(NOW + timedelta(days=2), NOW)
    with database.writing() as connection:
        connection.execute(update(audit_events).where(_e.sequence == 5).values(subject="other"))
    assert log.verify().first_fault == 5


def test_lines_of_several_writers_stay_in_order(log: AuditLog, database: Database) -> None:
    other = AuditLog(database)
    for number in range(4):
        (log, other)[number % 2].write(None, "a", "thing.do", str(number), NOW)
    assert [event.sequence for event in log.events(AuditFilter(), 10)] == [4, 3, 2, 1]
    assert log.verify().first_fault is None
