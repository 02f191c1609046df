"""Written pages: what is read, and what each mistake in them says."""

from pathlib import Path

import pytest

from app.errors import InvalidInputError
from evaluation.drafting_pages import read_pages
from tests.evaluation.drafting_samples import page_data, write_pages, written

SENTENCE = "Die Hundemarke ist kostenlos."


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    write_pages(tmp_path, page_data(id="c"), name="b.yaml")
    write_pages(tmp_path, page_data(id="b"), page_data(id="a", language="en"), name="a.yaml")
    pages = read_pages(tmp_path)
    assert [page.id for page in pages] == ["b", "a", "c"]
    assert [page.style for page in pages] == ["standard"] * 3
    assert pages[0].questions[0].answer[1].sources == ("f1",)


def test_the_products_pages_can_be_told_apart() -> None:
    pages = read_pages()
    assert len(pages) >= 100
    assert len({page.id for page in pages}) == len(pages)
    assert {page.language for page in pages} == {"de", "en"}
    assert {page.style for page in pages} == {"standard", "simple"}
    assert all(question.evidence for page in pages for question in page.questions if question.answer)


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"holds no drafting pages: name the folder of the \*\.yaml files"):
        read_pages(tmp_path)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"questions": [{"ask": "?", "form": "x", "evidence": ["k9"], "answer": []}]}, "no sentence has the key k9"),
        (
            {
                "questions": [
                    {"ask": "?", "form": "x", "evidence": ["k1"], "answer": [{"says": "Ja.", "from": ["k1", "z1"]}]}
                ]
            },
            "no sentence has the key z1",
        ),
        (
            {"sections": [{"kind": "costs", "sentences": {"k1": SENTENCE}}] * 2, "questions": []},
            "page hund: a sentence key stands twice",
        ),
        (
            {"questions": [{"ask": "?", "form": "x", "evidence": ["k1"], "answer": [{"says": "Ja.", "from": []}]}]},
            "at least 1 item",
        ),
        ({"sections": [{"kind": "price", "sentences": {}}], "questions": []}, "kind"),
        ({"language": "fr"}, "language"),
        ({"author": "me"}, "author"),
    ],
)
def test_a_mistake_in_a_page_names_file_and_place(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidInputError, match=r"pages\.yaml holds no drafting pages") as refused:
        written(tmp_path, page_data(**changes))
    assert said in refused.value.message


def test_a_key_that_stands_twice_in_one_section_is_not_dropped_silently(tmp_path: Path) -> None:
    folder = write_pages(tmp_path, page_data())
    path = folder / "pages.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("      k3: Die Hundemarke", "      k2: Die Hundemarke"), "utf-8")
    with pytest.raises(InvalidInputError, match="a key stands twice in one mapping") as refused:
        read_pages(folder)
    assert "line 10" in refused.value.message


@pytest.mark.parametrize("content", ["- id: [", "just text", "", "- 5"])
def test_a_file_that_holds_no_pages_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "odd.yaml").write_text(content, "utf-8")
    with pytest.raises(InvalidInputError, match=r"odd\.yaml holds no drafting pages"):
        read_pages(tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(InvalidInputError, match=r"folder\.yaml holds no drafting pages"):
        read_pages(tmp_path)
