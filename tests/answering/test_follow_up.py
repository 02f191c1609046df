"""What a question leaves out is added from the conversation, and from nowhere else."""

import pytest

from app.answering.follow_up import ResolvedQuestion, resolve_follow_up
from app.answering.values import Status, Turn
from app.index.generation import Generation
from tests.answering.samples import screened

TITLE = "Personalausweis beantragen"
ID_CARD = Turn("Was kostet ein neuer Personalausweis?", "personalausweis", TITLE, "buergeramt", Status.ANSWERED)
SMALL_TALK = Turn("Danke!", None, None, None, Status.ANSWERED_BY_RULE)


@pytest.mark.parametrize(
    "text",
    [
        "Und für Kinder?",
        "Und wie lange dauert das?",
        "Wie lange dauert das?",
        "Was muss ich mitbringen?",
        "Geht das auch online?",
        "Was kostet er für Kinder?",
        "Und was brauche ich dafür?",
        "Muss ich persönlich kommen?",
        "And how long does it take?",
    ],
)
def test_a_question_without_topic_gets_the_last_one(generation: Generation, text: str) -> None:
    resolved = resolve_follow_up(screened(text), (ID_CARD,), generation)
    assert resolved.text.startswith(f"{TITLE}: ")
    assert resolved.text.endswith(text)
    assert resolved.carried_topic == "personalausweis"


@pytest.mark.parametrize(
    "text", ["Wie lange dauert ein Reisepass?", "Wie melde ich meinen Hund an?", "Wo beantrage ich Wohngeld?"]
)
def test_a_question_with_its_own_topic_stays_as_it_is(generation: Generation, text: str) -> None:
    assert resolve_follow_up(screened(text), (ID_CARD,), generation) == ResolvedQuestion(text, None)


def test_another_service_takes_over_the_kind_of_the_last_question(generation: Generation) -> None:
    resolved = resolve_follow_up(screened("Und ein Reisepass?"), (ID_CARD,), generation)
    assert resolved.carried_topic is None
    assert "kostet" in resolved.text
    assert resolved.text.endswith("Und ein Reisepass?")


@pytest.mark.parametrize("text", ["Und für Kinder?", "Was kostet das?"])
def test_without_conversation_nothing_is_added(generation: Generation, text: str) -> None:
    for history in ((), (SMALL_TALK,)):
        assert resolve_follow_up(screened(text), history, generation) == ResolvedQuestion(text, None)


def test_small_talk_in_between_does_not_end_the_topic(generation: Generation) -> None:
    resolved = resolve_follow_up(screened("Und für Kinder?"), (ID_CARD, SMALL_TALK), generation)
    assert resolved.carried_topic == "personalausweis"


def test_the_newest_topic_counts(generation: Generation) -> None:
    dog = Turn("Wie melde ich meinen Hund an?", "hund-anmelden", "Hund anmelden", "steueramt", Status.ANSWERED)
    assert resolve_follow_up(screened("Was kostet das?"), (ID_CARD, dog), generation).carried_topic == "hund-anmelden"
    assert resolve_follow_up(screened("Was kostet das?"), (dog, ID_CARD), generation).carried_topic == "personalausweis"


@pytest.mark.parametrize("text", ["Und wenn ich ihn wieder abmelden will?", "Wie melde ich ihn ab?", "Und abmelden?"])
def test_another_action_on_the_same_thing_keeps_the_thing_and_leaves_the_service_open(
    generation: Generation, text: str
) -> None:
    dog = Turn("Wie melde ich meinen Hund an?", "hund-anmelden", "Hund anmelden", "steueramt", Status.ANSWERED)
    assert resolve_follow_up(screened(text), (dog,), generation) == ResolvedQuestion(f"Hund: {text}", None)


def test_the_same_action_on_another_thing_is_a_question_of_its_own(generation: Generation) -> None:
    dog = Turn("Wie melde ich meinen Hund an?", "hund-anmelden", "Hund anmelden", "steueramt", Status.ANSWERED)
    text = "Wie melde ich mein Fahrrad ab?"
    assert resolve_follow_up(screened(text), (dog,), generation) == ResolvedQuestion(text, None)
