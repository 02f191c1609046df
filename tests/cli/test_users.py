"""`amtslotse users`: accounts from the command line."""

import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update

from app.accounts.account import EVERY_TENANT, Account, Role
from app.accounts.repository import AccountRepository
from app.database.tables import audit_events
from app.records.repository import RecordRepository
from tests.cheap_passwords import cheap_passwords
from tests.cli.runner import Outcome, Run, in_this_process

__all__ = ["cheap_passwords"]
PASSWORD = "vier Wörter ohne Sinn"


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs `amtslotse users …` on an empty data folder, with the password on standard input."""
    (tmp_path / "knowledge" / "musterstadt").mkdir(parents=True)
    (tmp_path / "knowledge" / "musterstadt" / "tenant.yaml").touch()
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(tmp_path / "knowledge"))
    with in_this_process(monkeypatch, capsys, "users") as run:

        def with_password(*arguments: str, password: str = PASSWORD) -> Outcome:
            monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
            return run(*arguments)

        yield with_password


def _account(tmp_path: Path, name: str, password: str = PASSWORD) -> Account | None:
    """The account, if that is its password."""
    with closing(RecordRepository(tmp_path / "data" / "records.sqlite3")) as records:
        return AccountRepository(records.database).with_password(name, password)


def test_the_first_account_is_made_here_and_can_sign_in(users: Run, tmp_path: Path) -> None:
    made = users("add", "Chefin", "--role", "admin", "--everywhere", "--name", "Charlie Chefin")
    assert (made.code, made.out) == (0, "chefin: admin of all towns. Sign in at /console/.\n")
    account = _account(tmp_path, "chefin")
    assert account is not None and account.is_admin_everywhere and account.display_name == "Charlie Chefin"


def test_roles_are_for_a_town_unless_said_otherwise(users: Run, tmp_path: Path) -> None:
    users("add", "anna", "--role", "desk", "--role", "editor", "--tenant", "musterstadt")
    account = _account(tmp_path, "anna")
    assert account is not None and account.roles == {("musterstadt", Role.DESK), ("musterstadt", Role.EDITOR)}
    assert users("roles", "anna", "--role", "admin").out == "anna: admin of musterstadt.\n"
    users("roles", "anna", "--role", "desk", "--everywhere")
    account = _account(tmp_path, "anna")
    assert account is not None and account.roles == {("musterstadt", Role.ADMIN), (EVERY_TENANT, Role.DESK)}
    assert users("roles", "anna").out == "anna: desk of all towns.\n"


def test_a_password_comes_from_a_file_that_nobody_else_reads(users: Run, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("ganz anderer Satz hier\n", encoding="utf-8")
    secret.chmod(0o644)
    refused = users("add", "anna", "--role", "desk", "--password-file", str(secret))
    assert refused.code == 1 and "is open to others" in refused.err
    secret.chmod(0o600)
    assert users("add", "anna", "--role", "desk", "--password-file", str(secret)).code == 0
    assert _account(tmp_path, "anna", "ganz anderer Satz hier") is not None


def test_what_is_wrong_is_one_line_that_says_what_to_do(users: Run) -> None:
    for arguments, sentence in (
        (("add", "anna"), "--role desk, --role editor or --role admin"),
        (("add", "anna", "--role", "desk", "--tenant", "anderswo"), "There is no town 'anderswo' here"),
        (("add", "anna", "--role", "desk", "--tenant", "musterstadt", "--everywhere"), "not both"),
        (("lock", "niemand"), "Dieses Konto gibt es nicht"),
    ):
        outcome = users(*arguments)
        assert (outcome.code, outcome.err.count("\n")) == (1, 1)
        assert sentence in outcome.err
    assert "12 bis 256 Zeichen" in users("add", "anna", "--role", "desk", password="kurz").err


def test_passwords_locks_and_removal(users: Run, tmp_path: Path) -> None:
    users("add", "anna", "--role", "desk")
    users("password", "anna", password="ganz anderer Satz hier")
    assert _account(tmp_path, "anna") is None and _account(tmp_path, "anna", "ganz anderer Satz hier") is not None
    users("lock", "anna")
    assert _account(tmp_path, "anna", "ganz anderer Satz hier") is None
    assert "locked" in users("list").out
    users("unlock", "anna")
    assert _account(tmp_path, "anna", "ganz anderer Satz hier") is not None
    assert users("remove", "anna").code == 0
    assert "There are no accounts yet" in users("list").out


def test_the_last_admin_of_the_installation_stays(users: Run) -> None:
    users("add", "chefin", "--role", "admin", "--everywhere")
    for arguments in (("remove", "chefin"), ("lock", "chefin"), ("roles", "chefin", "--everywhere")):
        assert "letzte Konto" in users(*arguments).err


def test_the_list_is_an_object_on_request(users: Run) -> None:
    users("add", "anna", "--role", "desk", "--name", "Anna Beispiel")
    assert json.loads(users("list", "--json").out) == [
        {
            "name": "anna",
            "display_name": "Anna Beispiel",
            "roles": [{"tenant": "musterstadt", "role": "desk"}],
            "local": True,
            "active": True,
            "signed_in_at": None,
        }
    ]


def test_the_audit_log_is_checked(users: Run, tmp_path: Path) -> None:
    users("add", "anna", "--role", "desk")
    whole = users("audit")
    assert whole.code == 0 and whole.out.startswith("2 lines are as they were written; 0 older ones were purged.")
    records = RecordRepository(tmp_path / "data" / "records.sqlite3")
    with closing(records), records.database.writing() as connection:
        connection.execute(update(audit_events).where(audit_events.c.sequence == 2).values(subject="bea"))
    changed = users("audit")
    assert (changed.code, changed.err) == (1, "amtslotse: line 2 of the audit log is missing or was changed.\n")
    assert json.loads(users("audit", "--json").out)["first_fault"] == 2
