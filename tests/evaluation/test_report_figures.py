from evaluation.gold_file import GoldKind
from evaluation.gold_stage import Stage
from evaluation.judge import Outcome
from evaluation.report_figures import by_form, by_language, by_module, by_stage, gold_figures
from tests.evaluation.gold_samples import REFUSED, RIGHT, UNANSWERABLE

PARTLY = RIGHT.model_copy(update={"id": "p", "language": "en", "outcome": Outcome.PARTLY, "stage": Stage.EVIDENCE})
ANSWERS = (RIGHT, REFUSED, UNANSWERABLE, PARTLY)


def test_shares_are_over_the_questions_that_they_are_about() -> None:
    figures = gold_figures(ANSWERS)
    assert (figures.right.hits, figures.right.questions) == (1, 3)
    assert (figures.partly.hits, figures.wrong.hits, figures.wrong_refusals.hits) == (1, 0, 1)
    assert (figures.right_refusals.hits, figures.right_refusals.questions) == (1, 1)
    assert figures.staff.value is None


def test_a_right_service_after_the_fifth_passage_is_no_hit() -> None:
    assert (gold_figures(ANSWERS).retrieval_hits.hits, gold_figures(ANSWERS).retrieval_hits.questions) == (2, 3)


def test_every_question_is_in_one_group() -> None:
    for groups in (by_language(ANSWERS), by_module(ANSWERS), by_form(ANSWERS)):
        assert sum(group.questions for group in groups) == len(ANSWERS)
    assert [group.name for group in by_module(ANSWERS)] == ["costs", "-"]


def test_a_right_refusal_is_as_expected() -> None:
    german = by_language(ANSWERS)[0]
    assert (german.name, german.right.hits, german.wrong_refusals.questions) == ("de", 2, 2)


def test_stages_count_what_they_lost_by_outcome() -> None:
    lost = {row.stage: row for row in by_stage(ANSWERS)}
    assert list(lost) == list(Stage)
    evidence = lost[Stage.EVIDENCE]
    assert (evidence.questions, evidence.wrong, evidence.partly, evidence.refused) == (2, 0, 1, 1)
    assert sum(row.questions for row in lost.values()) == 2


def test_invented_figures_count_wherever_they_are() -> None:
    small_talk = RIGHT.model_copy(update={"kind": GoldKind.SMALL_TALK, "invented": ("7", "8")})
    assert gold_figures([small_talk]).invented_figures == 2
