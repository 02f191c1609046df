"""A town's texts on the editors' desk: read again where files change, checked quickly, then wholly."""

from pathlib import Path

import pytest

from ingest import quick_findings
from ingest.text_check import check_edit
from ingest.town_texts import TownTexts
from tests.knowledge import TENANT, copy_knowledge

NAME = "services/hund-anmelden.md"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return copy_knowledge(tmp_path / "knowledge", ("hund-anmelden", "personalausweis", "personalausweis.en"))


@pytest.fixture
def texts(knowledge: Path, tmp_path: Path) -> TownTexts:
    return TownTexts(knowledge, tmp_path / "data", TENANT)


def test_an_edit_is_seen_at_once_and_other_texts_are_not_read_again(texts: TownTexts, knowledge: Path) -> None:
    before = {result.name: result for result in texts.now().results}
    path = knowledge / TENANT / NAME
    path.write_text(path.read_text("utf-8") + "\nEin Satz mehr.\n", "utf-8")
    after = {result.name: result for result in texts.now().results}
    assert [name for name in after if after[name] is not before[name]] == [NAME]
    assert texts.now() is texts.now()


def test_the_whole_check_finds_what_single_texts_do_not_show(texts: TownTexts, knowledge: Path) -> None:
    english = knowledge / TENANT / "services" / "personalausweis.en.md"
    english.write_text(english.read_text("utf-8").replace("37.00", "99.00").replace("37,00", "99,00"), "utf-8")
    state = texts.checked()
    assert state.complete
    assert "translation-differs" in {finding.code for finding in state.findings["services/personalausweis.en.md"]}


def test_whoever_does_not_wait_is_told_that_the_texts_are_being_read(texts: TownTexts) -> None:
    assert texts.soon(0) is None
    assert texts.soon(60) is texts.now()


def test_texts_that_are_not_checked_yet_are_named_until_the_whole_check_is_done(
    texts: TownTexts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_findings, "AT_ONCE", 0)
    first = texts.now()
    assert first.unchecked == {text.name for text in first.texts}
    state = texts.checked()
    assert state.complete
    assert not state.unchecked


def test_what_is_typed_is_checked_without_being_saved(texts: TownTexts, knowledge: Path) -> None:
    state = texts.now()
    content = (knowledge / TENANT / NAME).read_text("utf-8")
    assert not check_edit(state, NAME, content, thorough=False).errors
    found = check_edit(state, NAME, content.replace("office: ", "office: x"), thorough=False)
    assert [finding.code for finding in found.errors] == ["unknown-office"]
    copied = content.replace("id: hund-anmelden", "id: personalausweis")
    assert "duplicate-id" in {f.code for f in check_edit(state, NAME, copied, thorough=False).errors}


def test_comparing_with_other_texts_is_part_of_the_thorough_check(texts: TownTexts, knowledge: Path) -> None:
    state, name = texts.now(), "services/personalausweis.en.md"
    content = (knowledge / TENANT / name).read_text("utf-8").replace("37.00", "99.00").replace("37,00", "99,00")
    quick, thorough = (check_edit(state, name, content, thorough=each) for each in (False, True))
    assert "translation-differs" not in {finding.code for finding in quick.findings}
    assert "translation-differs" in {finding.code for finding in thorough.findings}
