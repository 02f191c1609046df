"""Lists of questions."""

from pathlib import Path

import pytest
import yaml

from app.answering.service import AnsweringService
from app.console.trials.questions import gold_sample, listed
from app.errors import InvalidInputError
from app.settings import Settings
from tests.console.staff import TENANT


def test_a_pasted_list_has_a_question_a_line_each_once() -> None:
    assert listed(" Was?\n\nWie?\r\nWas?\n") == ("Was?", "Wie?")
    for wrong in ("\n \n", "\n".join(f"Frage {number}?" for number in range(51))):
        with pytest.raises(InvalidInputError):
            listed(wrong)


def test_gold_questions_stand_alone_and_held_out_ones_stay_unread(tmp_path: Path, service: AnsweringService) -> None:
    def gold(number: int, **more: object) -> dict[str, object]:
        kept = {"id": f"q{number}", "split": "dev", "question": f"Frage {number}?", "language": "de"}
        return {**kept, "kind": "unanswerable", **more}

    questions = [gold(1), gold(2, after=["Hallo"]), gold(3, split="held_out"), gold(4, at="2026-11-22T10:00:00")]
    folder = tmp_path / TENANT / "gold"
    folder.mkdir(parents=True)
    (folder / "dev.yaml").write_text(yaml.safe_dump(questions), "utf-8")
    town = service.generations.active(TENANT).tenant
    assert gold_sample(Settings(knowledge_dir=tmp_path), town) == ("Frage 1?",)


def test_a_town_without_gold_questions_is_told_so(settings: Settings, service: AnsweringService) -> None:
    with pytest.raises(InvalidInputError):
        gold_sample(settings, service.generations.active(TENANT).tenant)
