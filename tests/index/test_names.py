"""Which services a text calls by their names."""

from dataclasses import replace

import pytest

from app.text.terms import content_words, stem
from tests.answering.generations import small_generation
from tests.answering.samples import chunk

TITLES = ("Auto ummelden", "Ummelden", "Auto abmelden", "Fundbüro")


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Ummelden", {"Ummelden": 1}),
        ("Wie kann ich mein Auto ummelden?", {"Auto ummelden": 2}),
        ("Auto ummelden oder abmelden", {"Auto ummelden": 2, "Auto abmelden": 2}),
        ("Auto", {}),
        ("", {}),
    ],
)
def test_a_text_calls_whole_names_and_of_nested_ones_the_longest(text: str, called: dict[str, int]) -> None:
    chunks = [replace(chunk(document_id=title, title=title), id=title) for title in TITLES]
    with small_generation(chunks) as generation:
        assert generation.named_in(frozenset(stem(word) for word in content_words(text))) == called
