"""Editing tenant.yaml: comments stay, mistakes are found by line, nobody's change is lost."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.errors import NotFoundError
from app.settings import PROJECT_ROOT
from app.tenants.settings_file import SettingsConflictError, kept_version, kept_versions, read_settings, save_settings
from app.tenants.settings_text import InvalidSettingsError, changed_settings, checked_settings

TOWN = "musterstadt"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TEXT = (PROJECT_ROOT / "knowledge" / TOWN / "tenant.yaml").read_text("utf-8")


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    (folder / TOWN).mkdir(parents=True)
    shutil.copyfile(PROJECT_ROOT / "knowledge" / TOWN / "tenant.yaml", folder / TOWN / "tenant.yaml")
    return folder


def _changed_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line not in TEXT.splitlines()]


def test_no_change_gives_the_same_bytes() -> None:
    assert changed_settings(TEXT, {}) == TEXT
    assert changed_settings(TEXT, {("offices", 0, "phone"): "03999 115-200"}) == TEXT


def test_a_change_touches_its_own_line_only_and_keeps_the_comments() -> None:
    after = changed_settings(
        TEXT,
        {("greeting", "de"): "Moin: schön, dass Sie da sind", ("offices", 1, "hours", "monday"): ["08:00-10:00"]},
    )
    assert _changed_lines(after) == [
        '  de: "Moin: schön, dass Sie da sind"',
        '      monday: ["08:00-10:00"]',
    ]
    tenant = checked_settings(after, TOWN)
    assert tenant.greeting["de"] == "Moin: schön, dass Sie da sind"


def test_keys_come_and_go() -> None:
    exception = {"date": date(2026, 12, 23), "closed": True, "reason": "Inventur"}
    after = changed_settings(TEXT, {("offices", 4, "exceptions"): [exception], ("offices", 0, "appointment_url"): None})
    tenant = checked_settings(after, TOWN)
    assert tenant.offices[4].exceptions[0].reason == "Inventur"
    assert tenant.offices[0].appointment_url is None
    assert len(after.splitlines()) == len(TEXT.splitlines()) + 2 - 1


@pytest.mark.parametrize("word", ["no", "12:30", "~", "yes: # no", "2026-01-01"])
def test_what_somebody_types_stays_a_text(word: str) -> None:
    after = changed_settings(TEXT, {("greeting", "de"): word, ("suggested_questions", "de"): [word]})
    tenant = checked_settings(after, TOWN)
    assert tenant.greeting["de"] == word and tenant.suggested_questions["de"] == (word,)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("state: NW", "state: XX", "state: XX"),
        ('      tuesday: ["08:30-12:00", "14:00-16:00"]', '      tuesday: ["12:00-08:00"]', "12:00-08:00"),
        ("default_office: buergeramt\n", "default_office: buergeramt\nfarbe: rot\n", "farbe: rot"),
        ("name: Musterstadt\n", "name: Musterstadt\nname: Anderswo\n", "name: Anderswo"),
        ("default_office: buergeramt\n", "default_office: [buergeramt\n", ""),
    ],
)
def test_a_mistake_is_found_at_its_line(old: str, new: str, found: str) -> None:
    wrong = TEXT.replace(old, new, 1)
    with pytest.raises(InvalidSettingsError) as caught:
        checked_settings(wrong, TOWN)
    (problem,) = caught.value.problems
    assert problem.line is not None and found in wrong.splitlines()[problem.line - 1]


def test_the_town_keeps_its_id() -> None:
    with pytest.raises(InvalidSettingsError):
        checked_settings(TEXT.replace("id: musterstadt", "id: anderswo", 1), TOWN)


def test_saving_keeps_what_was_there_and_loses_nobodys_change(knowledge: Path, tmp_path: Path) -> None:
    kept, before = tmp_path / "kept", read_settings(knowledge, TOWN)
    save_settings(before, before.version, TEXT.replace("Guten Tag!", "Moin!"), kept, NOW, "petra.müller")
    assert "Moin!" in read_settings(knowledge, TOWN).text
    (version,) = kept_versions(kept)
    assert version.replaced_at == NOW and version.by == "petra-m-ller"
    assert kept_version(kept, version.name) == TEXT
    with pytest.raises(SettingsConflictError):
        save_settings(before, before.version, TEXT.replace("Guten Tag!", "Servus!"), kept, NOW, "karl")
    assert "Moin!" in read_settings(knowledge, TOWN).text
    with pytest.raises(NotFoundError):
        kept_version(kept, "../../etc/passwd")


def test_a_town_that_is_kept_elsewhere_cannot_be_edited_here(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_settings(tmp_path, TOWN)
