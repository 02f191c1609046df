"""The audit log on a page and as a file."""

import ast
import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.accounts.account import EVERY_TENANT, Role
from app.accounts.audit import AuditLog
from app.api.dependencies import Running
from app.wording.console import console_catalog
from tests.console.staff import TENANT, Person, sign_in, text_of

_ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
_LOGS = re.compile(r"\baudit\b|AuditLog|self\._note |\b(log|self)\.write ")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def log(app: FastAPI) -> AuditLog:
    running: Running = app.state.running
    return AuditLog(running.service.records.database)


@pytest.fixture
def chief(app: FastAPI) -> Person:
    return sign_in(app, Role.ADMIN, tenant=EVERY_TENANT)


def test_the_admin_of_a_town_sees_what_was_done_for_it_and_nothing_else(admin: Person, log: AuditLog) -> None:
    log.write(admin.account, TENANT, "user.lock", "bea", NOW, {"given": ["desk"]})
    log.write(admin.account, "anderswo", "user.lock", "chris", NOW)
    said = text_of(admin.get("audit"))
    assert "Konto gesperrt" in said and "bea" in said and "gegeben: Auskunft" in said
    assert "chris" not in said


def test_lines_are_filtered_by_action_and_person(admin: Person, log: AuditLog) -> None:
    log.write(admin.account, TENANT, "user.lock", "bea", NOW)
    log.write(None, TENANT, "user.remove", "chris", NOW, by="cli:root")
    assert "chris" not in text_of(admin.get("audit?action=user.lock"))
    by_command_line = text_of(admin.get("audit?person=cli:root"))
    assert "Befehlszeile (root)" in by_command_line and " bea " not in by_command_line


def test_pages_lead_to_older_lines_and_back(admin: Person, log: AuditLog) -> None:
    for number in range(60):
        log.write(admin.account, TENANT, "user.lock", f"s-{number:02}", NOW)
    first = admin.get("audit?action=user.lock")
    assert "s-59" in first.text and "s-10" in first.text and "s-09" not in first.text
    older = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert older is not None
    second = admin.get(older[1].replace("&amp;", "&"))
    assert "s-09" in second.text and "s-10" not in second.text
    assert 'rel="prev"' in second.text and 'rel="next"' not in second.text
    assert admin.get("audit?before=x").status_code == 422


def test_the_table_is_one_that_a_spreadsheet_does_not_compute(admin: Person, log: AuditLog) -> None:
    for number in range(3):
        log.write(admin.account, TENANT, "user.lock", f"=HYPERLINK({number})", NOW, by="x")
    response = admin.get("audit.csv?action=user.lock")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="protokoll-musterstadt.csv"' in response.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Zeit", "Wer", "Stadt", "Was", "Woran", "Einzelheiten"]
    assert [row[4] for row in rows[1:]] == ["'=HYPERLINK(2)", "'=HYPERLINK(1)", "'=HYPERLINK(0)"]
    assert "Protokoll heruntergeladen" in text_of(admin.get("audit"))


def test_the_installations_page_tells_whether_the_log_is_whole(chief: Person, log: AuditLog) -> None:
    log.write(None, None, "user.create", "bea", NOW)
    log.write(None, "anderswo", "user.lock", "bea", NOW)
    said = text_of(chief.get("/console/audit?check=1"))
    assert "vollständig und unverändert" in said and "anderswo" in said


def test_every_action_that_is_noted_has_a_name() -> None:
    noted = {name for path in sorted(Path("app").rglob("*.py")) for name in _noted(path)}
    assert len(noted) > 30
    named = {key.removeprefix("action.") for key in console_catalog("audit").texts if key.startswith("action.")}
    assert sorted(noted - named) == []


def _noted(path: Path) -> Iterator[str]:
    """Names of actions that a module gives to the audit log."""
    if not {"accounts", "console"} & set(path.parts):
        return
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and _LOGS.search(f"{ast.unparse(call.func)} {_first(call)}"):
            names = (
                each.value for argument in call.args for each in ast.walk(argument) if isinstance(each, ast.Constant)
            )
            yield from (name for name in names if isinstance(name, str) and _ACTION.fullmatch(name))


def _first(call: ast.Call) -> str:
    return ast.unparse(call.args[0]) if call.args else ""
