"""What words go and what words come."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from ingest.word_diff import WordRun, shortened, word_diff

_TEXTS = st.text(alphabet="ab \n", max_size=60)


def words(runs: Iterable[WordRun], *kinds: str) -> list[str]:
    return [word for run in runs if run.kind in kinds for word in run.text.split()]


def test_the_words_that_changed_stand_between_those_that_stay() -> None:
    runs = word_diff("ein Hund: 96,00 Euro im Jahr", "ein Hund: 98,00 Euro im Jahr")
    assert runs == (
        WordRun("same", "ein Hund:"),
        WordRun("gone", "96,00"),
        WordRun("new", "98,00"),
        WordRun("same", "Euro im Jahr"),
    )


def test_a_new_text_is_new_as_a_whole_and_keeps_its_lines() -> None:
    assert word_diff("", "- eins\n- zwei") == (WordRun("new", "- eins\n- zwei"),)
    assert word_diff("- eins", "") == (WordRun("gone", "- eins"),)


def test_other_blanks_are_no_change() -> None:
    assert word_diff("ein  Hund\n\n\nzwei", "ein Hund\n zwei ") == ()


@given(_TEXTS, _TEXTS)
def test_no_word_is_lost_on_either_side(before: str, after: str) -> None:
    runs = word_diff(before, after)
    if before.split() != after.split():
        assert words(runs, "same", "gone") == before.split()
        assert words(runs, "same", "new") == after.split()


@given(_TEXTS, _TEXTS)
def test_shortening_keeps_every_change(before: str, after: str) -> None:
    runs = word_diff(before, after)
    short = tuple(shortened(runs, 2))
    assert [run for run in short if run.kind != "same"] == [run for run in runs if run.kind != "same"]


def test_far_away_words_are_left_out_when_shortened() -> None:
    before = " ".join(f"w{number}" for number in range(30))
    first, *_, last = shortened(word_diff(before, before.replace("w15", "anders")), 2)
    assert (first.text, last.text) == ("… w13 w14", "w16 w17 …")


def test_a_long_text_is_compared_in_time() -> None:
    before = " ".join(f"w{number % 500} der" for number in range(10_000))
    runs = word_diff(before, before.replace("w499 der", "neu der", 1))
    assert words(runs, "new") == ["neu"]
