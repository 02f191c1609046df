"""What a citizen wants to do, apart from with what."""

import pytest

from app.text.actions import actions_in, without_actions


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Wie melde ich mich an?", "anmeld"),
        ("Und wenn ich ihn abmelden will?", "abmeld"),
        ("Ummeldung", "ummeld"),
        ("Wie melden wir unser Auto um", "ummeld"),
    ],
)
def test_an_action_is_found_together_or_apart(text: str, action: str) -> None:
    assert actions_in(text) == {action}


@pytest.mark.parametrize("text", ["Was kostet ein Hund?", "Ich möchte etwas melden", ""])
def test_other_words_are_no_actions(text: str) -> None:
    assert not actions_in(text)


@pytest.mark.parametrize(
    ("title", "thing"), [("Hund anmelden (Hundesteuer)", "Hund (Hundesteuer)"), ("Reisepass", "Reisepass")]
)
def test_what_is_left_is_the_thing(title: str, thing: str) -> None:
    assert without_actions(title) == thing
