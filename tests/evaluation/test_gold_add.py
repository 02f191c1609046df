"""Staff add gold questions from the console."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.errors import ConfigurationError, InvalidInputError
from app.tenants.publishing import Publishing
from evaluation.gold_add import DESK_FILE, NewGold, add_gold_question
from evaluation.gold_file import GoldKind, read_gold_files
from evaluation.publishing_gate import gold_questions

NEW = NewGold(
    question="Was kostet ein Personalausweis?",
    language="de",
    kind="answerable",
    service="personalausweis",
    facts=("37,00 Euro | 37 Euro", "", "24 Jahre"),
    must_not=("22,80",),
)


def test_the_question_is_asked_before_the_next_publishing(tmp_path: Path) -> None:
    id_ = add_gold_question(tmp_path, Publishing(), NEW)
    (question,) = gold_questions(tmp_path, Publishing())
    assert question.id == id_ and id_.startswith("desk-personalausweis-")
    assert (question.split, question.kind, question.services) == ("dev", GoldKind.ANSWERABLE, ("personalausweis",))
    assert question.facts == (("37,00 Euro", "37 Euro"), ("24 Jahre",))
    assert question.must_not == ("22,80",)


def test_questions_are_added_to_those_before(tmp_path: Path) -> None:
    for text in ("Eins?", "Zwei: mit Doppelpunkt?", "# drei?"):
        add_gold_question(tmp_path, Publishing(), replace(NEW, question=text))
    read = read_gold_files([tmp_path / DESK_FILE])
    assert [question.question for question in read] == ["Eins?", "Zwei: mit Doppelpunkt?", "# drei?"]
    assert [path.name for path in (tmp_path / "gold").glob("*.yaml")] == [Path(DESK_FILE).name]


def test_a_question_that_stands_in_another_file_is_not_added_again(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "dev.yaml").write_text(
        "- {id: a, question: was kostet ein Personalausweis?, language: de, kind: answerable, split: dev}\n"
    )
    with pytest.raises(InvalidInputError, match="gibt es schon"):
        add_gold_question(tmp_path, Publishing(), NEW)
    assert not (tmp_path / DESK_FILE).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"question": "  "}, "schreiben Sie die Frage"),
        ({"kind": "nonsense"}, "wählen Sie"),
        ({"language": "deutsch"}, "nicht vollständig"),
        ({"service": "", "facts": ()}, "Leistung"),
    ],
)
def test_what_is_no_gold_question_is_refused(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInputError, match=said):
        add_gold_question(tmp_path, Publishing(), replace(NEW, **wrong))
    assert not (tmp_path / DESK_FILE).exists()


def test_a_town_that_would_never_ask_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=DESK_FILE):
        add_gold_question(tmp_path, Publishing(gold=("gold/questions.yaml",)), NEW)


def test_a_broken_file_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    (tmp_path / DESK_FILE).write_text("- {id: a}\n")
    with pytest.raises(ConfigurationError, match="not a valid gold file"):
        add_gold_question(tmp_path, Publishing(), NEW)
    assert (tmp_path / DESK_FILE).read_text() == "- {id: a}\n"
