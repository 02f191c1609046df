"""What is known of each text by itself: at once for few, remembered for many, kept over a restart."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest import quick_findings
from ingest.checks.check import CheckInput
from ingest.kept_findings import run_checks
from ingest.quick_findings import QuickFindings
from ingest.town_texts import TownTexts
from tests.knowledge import TENANT, copy_knowledge

NAME = "services/hund-anmelden.md"


@pytest.fixture
def given(tmp_path: Path) -> CheckInput:
    knowledge = copy_knowledge(tmp_path / "knowledge", ("hund-anmelden", "personalausweis", "personalausweis.en"))
    path = knowledge / TENANT / NAME
    path.write_text(path.read_text("utf-8") + "\nFragen Sie Max Mustermann unter 0151 23456789.\n", "utf-8")
    state = TownTexts(knowledge, tmp_path / "data", TENANT).now()
    return state.given(tuple(text for text in state.texts if text.name.startswith("services/")))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "checks" / "findings-of-files.json"


def nothing_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_findings, "TEXT_CHECKS", (lambda _: pytest.fail("a known text was checked again"),))


def test_few_texts_are_checked_at_once(given: CheckInput, kept: Path) -> None:
    found, unchecked = QuickFindings(kept).of(given)
    assert not unchecked
    assert NAME in {finding.file for finding in found}


def test_many_texts_are_named_until_they_have_been_checked(
    given: CheckInput, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_findings, "AT_ONCE", 0)
    quick = QuickFindings(kept)
    assert quick.of(given) == ((), frozenset(text.name for text in given.texts))
    quick.check(given)
    found, unchecked = quick.of(given)
    assert not unchecked
    assert found == QuickFindings(kept).of(given)[0]


def test_after_a_restart_nothing_is_checked_again(
    given: CheckInput, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = QuickFindings(kept)
    before, _ = first.of(given)
    first.check(given)
    nothing_is_checked(monkeypatch)
    assert QuickFindings(kept).of(given) == (before, frozenset())


def test_what_publishing_has_found_is_known_too(given: CheckInput, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = kept.with_name("findings.json")
    run_checks(given, published)
    nothing_is_checked(monkeypatch)
    found, unchecked = QuickFindings(kept, published).of(given)
    assert not unchecked
    assert NAME in {finding.file for finding in found}


def test_a_changed_text_is_not_shown_with_the_findings_of_its_old_wording(given: CheckInput, kept: Path) -> None:
    quick = QuickFindings(kept)
    quick.of(given)
    path = given.folder / NAME
    path.write_text(path.read_text("utf-8").replace("Fragen Sie Max Mustermann unter 0151 23456789.", ""), "utf-8")
    state = TownTexts(given.folder.parent, kept.parent, TENANT).now()
    now = replace(given, texts=tuple(text for text in state.texts if text.name == NAME))
    found, unchecked = quick.of(now)
    assert not unchecked
    assert not [finding for finding in found if "Mustermann" in finding.quote]
