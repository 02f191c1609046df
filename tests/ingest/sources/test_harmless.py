"""Whatever pieces a text was put together from, nothing in it acts when it is shown as Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.harmless import harmless
from tests.ingest.hostile.live_markup import live_markup

_PIECES = [
    "<",
    "script>",
    "</p>",
    "!--",
    "?x",
    "[",
    "]",
    "(",
    ")",
    ":",
    "\\",
    "\\\\",
    "javascript:x",
    "a",
    " ",
    "\n",
    "!",
]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", r"\<script>alert(1)\</script>"),
        (r"\<b> und \\<b>", r"\<b> und \\\<b>"),
        ("[hier](javascript:alert(1))", r"[hier\](javascript:alert(1))"),
        ("[x]: javascript:alert(1)", r"[x\]: javascript:alert(1)"),
        ("[hier](//boese.example)", r"[hier\](//boese.example)"),
        ("<https://a.example>", r"\<https://a.example>"),
    ],
)
def test_what_would_act_is_escaped(text: str, shown: str) -> None:
    assert harmless(text) == shown
    assert live_markup(shown) == []


@pytest.mark.parametrize("text", ["[hier](https://a.example/)", "5 < 6 > 4", "§ 5 [neu] (2)", "| a | b |", "a\\|b"])
def test_the_rest_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_no_combination_acts_and_twice_is_as_good_as_once(text: str) -> None:
    assert live_markup(harmless(text)) == []
    assert harmless(harmless(text)) == harmless(text)


def test_a_long_text_takes_no_long_time() -> None:
    assert harmless("\\" * 1_000_000).count("\\") == 1_000_000
