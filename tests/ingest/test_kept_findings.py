"""Findings that are kept from one run to the next, and when they are not."""

from datetime import date
from pathlib import Path

import pytest

from app.tenants.tenant import load_tenant
from ingest.quality import CheckedKnowledge, check_knowledge
from tests.ingest.faulty_town import faulty_town

_TODAY = date(2026, 6, 1)
_MARKER = '"personal-data"'


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return faulty_town(tmp_path / "knowledge")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "data" / "findings.json"


def check(town: Path, kept: Path | None = None, today: date = _TODAY) -> CheckedKnowledge:
    return check_knowledge(town, load_tenant(town), today, kept=kept)


def test_the_first_the_second_and_a_run_without_file_find_the_same(town: Path, kept: Path) -> None:
    expected = check(town).findings
    assert expected
    assert check(town, kept).findings == expected
    assert check(town, kept).findings == expected


def test_what_was_kept_is_used(town: Path, kept: Path) -> None:
    check(town, kept)
    kept.write_text(kept.read_text(encoding="utf-8").replace(_MARKER, '"kept"'), encoding="utf-8")
    assert "kept" in [finding.code for finding in check(town, kept).findings]


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("services/hund.md", ("Gern.", "Sehr gern.")),
        ("services/hund.md", ("---\n\n## Kosten", "---\n\n\n## Kosten")),
        ("tenant.yaml", ("03999 115-200", "03999 115-201")),
    ],
)
def test_a_change_makes_it_anew(town: Path, kept: Path, file: str, content: tuple[str, str]) -> None:
    check(town, kept)
    kept.write_text(kept.read_text(encoding="utf-8").replace(_MARKER, '"kept"'), encoding="utf-8")
    path = town / file
    path.write_text(path.read_text(encoding="utf-8").replace(*content), encoding="utf-8")
    assert check(town, kept).findings == check(town).findings


def test_so_does_another_configuration(town: Path, kept: Path) -> None:
    check(town, kept)
    (town / "quality.yaml").write_text("public_contacts: [Sabine Müller]\n", encoding="utf-8")
    assert check(town, kept).findings == check(town).findings


def test_what_depends_on_the_day_is_never_kept(town: Path, kept: Path) -> None:
    check(town, kept)
    assert "not-reviewed" in [finding.code for finding in check(town, kept, date(2027, 6, 1)).findings]


def test_findings_of_texts_that_are_gone_go_too(town: Path, kept: Path) -> None:
    check(town, kept)
    (town / "services" / "hund.md").unlink()
    assert check(town, kept).findings == check(town).findings
    assert _MARKER not in kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "[1]", '{"a": 3}'])
def test_a_damaged_file_is_as_good_as_none(town: Path, kept: Path, content: str) -> None:
    kept.parent.mkdir()
    kept.write_text(content, encoding="utf-8")
    assert check(town, kept).findings == check(town).findings


def test_a_place_that_cannot_be_written_changes_nothing(town: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert check(town, tmp_path / "file" / "findings.json").findings == check(town).findings
