"""Warnings that somebody lets stand."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from ingest.findings import Finding, Severity
from ingest.overrides import OVERRIDES_FILE, Override, Reviewed, apply_overrides, load_overrides

_TODAY = date(2026, 6, 1)
_ENTRY = """\
- code: expired
  file: services/hund.md
  reason: Der neue Text kommt am 1. Juli.
  by: A. Beispiel
  on: 2026-05-20
"""
_WARNING = Finding("expired", Severity.WARNING, "services/hund.md", 0, "expired", "update it")
_ERROR = Finding("unknown-office", Severity.ERROR, "services/hund.md", 0, "unknown", "correct it")


def override(code: str = "expired", file: str = "services/hund.md", until: date | None = None) -> Override:
    return Override(code=code, file=file, reason="Das ist so gewollt.", by="A.", on=_TODAY, until=until)


def reviewed(*overrides: Override, findings: tuple[Finding, ...] = (_WARNING, _ERROR)) -> Reviewed:
    return apply_overrides(findings, overrides, _TODAY)


def test_an_entry_is_read_with_its_reason_and_its_days(tmp_path: Path) -> None:
    (tmp_path / OVERRIDES_FILE).write_text(_ENTRY + "  until: 2026-07-01\n", encoding="utf-8")
    (entry,) = load_overrides(tmp_path)
    assert (entry.reason, entry.on, entry.until) == (
        "Der neue Text kommt am 1. Juli.", date(2026, 5, 20), date(2026, 7, 1),
    )  # fmt: skip


def test_no_file_and_an_empty_file_are_no_overrides(tmp_path: Path) -> None:
    assert load_overrides(tmp_path) == ()
    (tmp_path / OVERRIDES_FILE).write_text("# none yet\n", encoding="utf-8")
    assert load_overrides(tmp_path) == ()


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (_ENTRY.replace("Der neue Text kommt am 1. Juli.", "ja"), "entry 1: reason"),
        (_ENTRY.replace("  by: A. Beispiel\n", ""), "entry 1: by"),
        (_ENTRY + _ENTRY.replace("2026-05-20", "gestern"), "entry 2: on: write a day like"),
        (_ENTRY + "  untli: 2026-07-01\n", "entry 1: untli"),
        ("code: expired\n", "write a list"),
        ("- [", "not readable"),
    ],
)
def test_a_mistake_is_one_line_that_names_file_and_entry(tmp_path: Path, content: str, place: str) -> None:
    (tmp_path / OVERRIDES_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=place) as error:
        load_overrides(tmp_path)
    assert OVERRIDES_FILE in error.value.message


def test_a_covered_warning_is_kept_with_its_reason() -> None:
    result = reviewed(override())
    assert result.open == (_ERROR,)
    ((finding, entry),) = [(item.finding, item.override) for item in result.overridden]
    assert (finding, entry.reason) == (_WARNING, "Das ist so gewollt.")


@pytest.mark.parametrize(("file", "covers"), [("services/*.md", True), ("*", True), ("services/*.en.md", False)])
def test_a_star_covers_many_files(file: str, covers: bool) -> None:
    assert bool(reviewed(override(file=file)).overridden) is covers


def test_brackets_in_a_file_name_stand_for_themselves() -> None:
    odd = Finding("expired", Severity.WARNING, "services/hund [alt].md", 0, "expired", "update it")
    assert reviewed(override(file=odd.file), findings=(odd,)).open == ()


def test_an_override_whose_finding_has_gone_is_reported() -> None:
    (finding,) = reviewed(override(code="expiring"), findings=()).open
    assert (finding.code, finding.file, finding.severity) == ("stale-override", OVERRIDES_FILE, Severity.WARNING)


def test_a_code_that_no_check_has_is_told_from_a_finding_that_has_gone() -> None:
    (finding,) = reviewed(override(code="expird"), findings=()).open
    assert (finding.code, "no check has this code" in finding.message) == ("stale-override", True)


@pytest.mark.parametrize(("until", "holds"), [(date(2026, 5, 31), False), (_TODAY, True)])
def test_an_override_ends_after_its_last_day(until: date, holds: bool) -> None:
    result = reviewed(override(until=until), findings=(_WARNING,))
    assert bool(result.overridden) is holds
    assert [finding.code for finding in result.open] == ([] if holds else ["expired", "stale-override"])


def test_errors_cannot_be_overridden() -> None:
    result = reviewed(override(code="unknown-office"))
    assert result.overridden == ()
    assert [finding.code for finding in result.open] == ["expired", "unknown-office", "override-of-error"]
