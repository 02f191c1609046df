"""`amtslotse knowledge diff` as people type it: words, facts, and answers."""

import json
from pathlib import Path

import pytest

from app.index.generation import active_id
from ingest.rollback import generations
from tests.cli.runner import Run
from tests.evaluation.gate_town import raise_dog_tax, write_gold
from tests.knowledge import TENANT

pytestmark = pytest.mark.models


@pytest.fixture
def changed(knowledge_dir: Path) -> Path:
    """The knowledge folder with another dog tax and gold questions, published without either."""
    write_gold(knowledge_dir)
    raise_dog_tax(knowledge_dir)
    return knowledge_dir


def test_words_that_go_and_come_are_marked_without_colours(amtslotse: Run, changed: Path) -> None:
    out = amtslotse("diff", "--no-gold").out
    assert "ein Hund: [-96,00-] {+98,00+} Euro im Jahr" in out
    assert "facts gone: 96,00 €" in out
    assert "\x1b[" not in out
    assert "answers would change" not in out


def test_the_answers_that_would_change_are_shown_and_nothing_is_published(
    amtslotse: Run, changed: Path, data_dir: Path
) -> None:
    before = active_id(data_dir, TENANT)
    outcome = amtslotse("diff")
    assert outcome.code == 0, outcome.err
    assert "(quotes only, without the language model): 1 of 4 answers would change, 1 right ones be lost" in outcome.out
    lost = outcome.out[outcome.out.index("lost hund: Was kostet die Hundesteuer") :]
    assert "before (right): " in lost and "ein Hund: 96,00 Euro im Jahr" in lost
    assert "now    (wrong: missing: ['96,00 Euro']): " in lost and "ein Hund: 98,00 Euro im Jahr" in lost
    assert [manifest.id for manifest in generations(data_dir, TENANT)] == [before]


def test_json_has_words_facts_and_answers(amtslotse: Run, changed: Path) -> None:
    found = json.loads(amtslotse("diff", "--json").out)
    (document,) = found["documents"]
    assert (document["id"], document["kind"]) == ("hund-anmelden", "changed")
    (module,) = document["modules"]
    assert {"kind": "new", "text": "98,00"} in module["words"]
    (answer,) = found["gold"]["changes"]
    assert (answer["id"], answer["regression"], answer["now"]["outcome"]) == ("hund", True, "wrong")
    assert (found["gold"]["asked"]["questions"], found["gold"]["asked"]["model"]) == (4, "none")
    assert found["gold"]["questions_by_text"] == {"hund-anmelden": 1}


def test_the_page_for_editors_is_german_and_needs_nothing_else(amtslotse: Run, changed: Path, tmp_path: Path) -> None:
    page = tmp_path / "diff.html"
    assert amtslotse("diff", "--html", str(page)).code == 0
    text = page.read_text("utf-8")
    assert "<del>96,00</del> <ins>98,00</ins>" in " ".join(text.split())
    assert "1 Frage wurde bisher richtig beantwortet und würde es dann nicht mehr." in text
    assert "Künftig: falsch" in text
    assert "http://" not in text and "<script" not in text


def test_gold_questions_of_a_town_without_any_are_told_only_when_they_are_asked_for(
    amtslotse: Run, knowledge_dir: Path
) -> None:
    raise_dog_tax(knowledge_dir)
    assert amtslotse("diff").code == 0
    outcome = amtslotse("diff", "--gold")
    assert outcome.code == 1
    assert "has no gold questions" in outcome.err


def test_a_folder_that_is_missing_is_noticed_first(amtslotse: Run, changed: Path, tmp_path: Path) -> None:
    outcome = amtslotse("diff", "--html", str(tmp_path / "missing" / "diff.html"))
    assert outcome.code == 1
    assert "is no folder" in outcome.err
