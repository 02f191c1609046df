from hypothesis import given
from hypothesis import strategies as st

from app.models.stop_filter import StopFilter

SHORT = st.text(alphabet="ab\n", max_size=12)
STOPS = st.lists(st.text(alphabet="ab\n", max_size=4), max_size=3)


def filtered(pieces: list[str], stop: list[str]) -> str:
    stop_filter = StopFilter(stop)
    shown = "".join(stop_filter.feed(piece) for piece in pieces)
    return shown + stop_filter.flush()


@given(st.lists(SHORT, max_size=5), STOPS)
def test_the_cut_into_pieces_does_not_matter(pieces: list[str], stop: list[str]) -> None:
    assert filtered(pieces, stop) == filtered(list("".join(pieces)), stop)


@given(SHORT, STOPS)
def test_text_ends_before_the_stop_string_that_is_complete_first(text: str, stop: list[str]) -> None:
    ends = [end for end in range(len(text) + 1) if any(s and text[:end].endswith(s) for s in stop)]
    if ends:
        longest = max(len(s) for s in stop if s and text[: ends[0]].endswith(s))
        assert filtered([text], stop) == text[: ends[0] - longest]
    else:
        assert filtered([text], stop) == text


def test_shows_at_once_what_cannot_begin_a_stop_string() -> None:
    stop_filter = StopFilter(["\nFrage:"])
    assert stop_filter.feed("37,00 Euro.\nFr") == "37,00 Euro."
    assert stop_filter.feed("eitags geschlossen") == "\nFreitags geschlossen"


def test_says_nothing_after_the_stop_string() -> None:
    stop_filter = StopFilter(["###"])
    assert stop_filter.feed("ja #") == "ja "
    assert stop_filter.feed("## nein") == ""
    assert stop_filter.stopped
    assert stop_filter.feed("doch") == ""
    assert stop_filter.flush() == ""
