"""What is far too long is cut for the checks; everything that anybody wrote stays in one piece."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.checks.long_texts import LONGEST_PARAGRAPH, LONGEST_SENTENCE, cut_paragraphs, cut_sentence

_TABLE = "| Hund | Euro |\n| --- | --- |\n" + "| noch ein Hund | 5 |\n" * 1000


def test_ordinary_texts_are_not_cut() -> None:
    text = "Ein Absatz.\n\n" * 5000 + _TABLE
    assert cut_paragraphs(text) == text
    assert list(cut_sentence("Ein Satz.")) == ["Ein Satz."]


def test_a_paragraph_is_cut_at_line_ends() -> None:
    pieces = cut_paragraphs("eine Zeile\n" * 1000).split("\n\n")
    assert len(pieces) > 1
    assert all(piece.endswith("Zeile") or piece.endswith("Zeile\n") for piece in pieces)


def test_what_only_begins_like_a_table_is_cut() -> None:
    assert "\n\n" in cut_paragraphs("|[\n" * 5000)


@given(st.lists(st.sampled_from(["wort ", "[", "\n", "x" * 700]), max_size=40).map("".join))
def test_no_character_is_lost_and_no_piece_is_too_long(text: str) -> None:
    pieces = list(cut_sentence(text))
    assert "".join(pieces) == text
    assert all(len(piece) <= LONGEST_SENTENCE for piece in pieces)
    assert cut_paragraphs(text).replace("\n", "") == text.replace("\n", "")
    assert LONGEST_PARAGRAPH > LONGEST_SENTENCE
