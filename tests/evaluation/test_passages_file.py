import json
from pathlib import Path

import pytest

from app.errors import InvalidInputError
from evaluation.passages_file import read_passages


def _omos(**changes: object) -> str:
    row: dict[str, object] = {
        "id": 7,
        "question": "Was kostet der Ausweis?",
        "context": "Ausweis\nEr kostet 37 Euro.\nBringen Sie ein Foto mit.",
        "answers": [1],
        "language": "de",
        "pageId": 31,
    }
    return json.dumps({**row, **changes})


def _write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _squad(path: Path, *paragraphs: dict[str, object]) -> Path:
    return _write(
        path, json.dumps({"version": "2", "data": [{"title": "Stadt_Musterstadt", "paragraphs": paragraphs}]})
    )


def test_an_omos_row_gives_a_page_without_its_title_and_a_question_with_sentence_numbers(tmp_path: Path) -> None:
    data = read_passages([_write(tmp_path / "rows.jsonl", _omos())])
    (page,), (question,) = data.pages, data.questions
    assert (page.title, page.service, page.language) == ("Ausweis", "31", "de")
    assert page.sentences == ("Er kostet 37 Euro.", "Bringen Sie ein Foto mit.")
    assert (question.id, question.page, question.service) == ("7", page.id, "31")
    assert question.answerable and question.answers == (1,)


def test_a_row_without_answers_is_unanswerable(tmp_path: Path) -> None:
    (question,) = read_passages([_write(tmp_path / "rows.jsonl", _omos(answers=[]))]).questions
    assert not question.answerable


def test_a_page_asked_about_twice_is_read_once(tmp_path: Path) -> None:
    path = _write(tmp_path / "rows.jsonl", _omos(), _omos(id=8, question="Was soll ich mitbringen?", answers=[2]))
    data = read_passages([path, path])
    assert len(data.pages) == 1
    assert {question.page for question in data.questions} == {data.pages[0].id}


def test_two_texts_of_one_page_id_are_two_pages_of_one_service(tmp_path: Path) -> None:
    path = _write(tmp_path / "rows.jsonl", _omos(), _omos(id=8, context="Ausweis\nEr kostet 40 Euro."))
    data = read_passages([path])
    assert len({page.id for page in data.pages}) == 2
    assert {page.service for page in data.pages} == {"31"}


def test_the_same_page_in_two_languages_is_one_service(tmp_path: Path) -> None:
    english = _omos(id=9, language="en", context="Identity card\nIt costs 37 euros.", question="How much is it?")
    data = read_passages([_write(tmp_path / "de.jsonl", _omos()), _write(tmp_path / "en.jsonl", english)])
    assert [page.language for page in data.pages] == ["de", "en"]
    assert {question.service for question in data.questions} == {"31"}


def test_a_question_may_name_its_page_without_the_text(tmp_path: Path) -> None:
    data = read_passages([_write(tmp_path / "rows.jsonl", json.dumps({"id": 1, "question": "Was?", "pageId": 31}))])
    assert data.pages == ()
    assert (data.questions[0].service, data.questions[0].page) == ("31", None)


def test_a_line_separator_inside_a_text_does_not_end_the_row(tmp_path: Path) -> None:
    row = json.dumps(
        {"id": 1, "question": "Was\u2028kostet es?", "context": "A\nB", "answers": [1]}, ensure_ascii=False
    )
    assert len(read_passages([_write(tmp_path / "rows.jsonl", row)]).questions) == 1


def test_squad_paragraphs_are_pages_and_equal_ones_are_merged(tmp_path: Path) -> None:
    asked = {"id": "a", "question": "Wie viele Menschen leben dort?", "answers": [{"text": "5000", "answer_start": 0}]}
    unanswerable = {"id": "b", "question": "Wer regiert dort?", "answers": [], "is_impossible": True}
    text = "In Musterstadt leben 5000 Menschen. Die Stadt liegt am Fluss."
    path = _squad(tmp_path / "squad.json", {"context": text, "qas": [asked]}, {"context": text, "qas": [unanswerable]})
    data = read_passages([path])
    (page,) = data.pages
    assert (page.title, page.language) == ("Stadt Musterstadt", "de")
    assert page.sentences == ("In Musterstadt leben 5000 Menschen.", "Die Stadt liegt am Fluss.")
    assert [(question.id, question.answerable, question.page) for question in data.questions] == [
        ("a", True, page.id),
        ("b", False, page.id),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{}", "line 1 is no OMoS-QA row: id"),
        ("no json", "line 1"),
        (_omos(answers=[3]), "no sentence of the context"),
        (_omos(context="", pageId=None), "neither 'context' nor 'pageId'"),
        (json.dumps({"data": [{"paragraphs": [{"qas": []}]}]}), "no SQuAD file: data.0.paragraphs.0.context"),
    ],
)
def test_a_wrong_file_is_named_with_the_place_of_the_fault(tmp_path: Path, line: str, said: str) -> None:
    path = _write(tmp_path / "wrong.json", line)
    with pytest.raises(InvalidInputError) as raised:
        read_passages([path])
    assert str(path) in raised.value.message
    assert said in raised.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="nowhere"):
        read_passages([tmp_path / "nowhere.jsonl"])
