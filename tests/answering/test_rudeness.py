"""Rudeness is known by its form; whatever may be what is asked about stays."""

import pytest

from app.answering.frame_words import folded_words
from app.answering.frames import unframe
from app.answering.rudeness import rudeness

_ASKED = "Was kostet ein Reisepass?"
_TOPICS = frozenset({"reisepass", "genehmigung", "kanal", "fuehrungszeugnis"})


@pytest.mark.parametrize(
    "frame",
    [
        "Ihr Sesselpupser, {}",
        "Ihr unfähigen Paragrafenreiter vom Rathaus, {}",
        "Na ihr Wattebäuschchen, {}",
        "Himmel, Arsch und Wolkenbruch, {}",
        "So ein Mistladen! {}",
        "Macht mal hinne, {}",
        "Spart euch das Gesülze: {}",
        "Mann Mann Mann, {}",
        "{} Ihr kriegt ja sonst nix gebacken.",
        "{} Und keine Ausreden!",
        "{} Ihr geht mir so auf den Sack!",
    ],
)
def test_a_rude_frame_is_taken_away_in_words_that_nobody_listed(frame: str) -> None:
    assert unframe(frame.format(_ASKED), "de", topics=_TOPICS).text.lower() == _ASKED.lower()


def test_a_rude_end_is_found_where_the_question_has_lost_its_mark() -> None:
    assert (
        unframe("Was kostet ein Reisepass Das nervt gewaltig.", "de", topics=_TOPICS).text.rstrip(".")
        == "Was kostet ein Reisepass"
    )


@pytest.mark.parametrize(
    "message",
    [
        "Ihr habt mir 60 Euro abgezogen, wieso?",
        "Osterfeuer, brauche ich eine Genehmigung?",
        "Ich muss wissen, ob ich etwas ausgefressen habe. Wie lange dauert das Führungszeugnis?",
        "Hundekot auf dem Gehweg, wem sage ich das?",
        "Der Kanal ist verstopft, wer hilft?",
        "Meine Ziege ist entlaufen, wer hilft?",
        "Affenpocken in der Kita, was tun?",
        "Wolkenbruch, der Keller steht voll: wer pumpt?",
        "Zirkus im Ort, wer genehmigt das?",
        "Dreck auf dem Spielplatz, wem sage ich das?",
        "Der Sack wurde nicht geholt, was nun?",
    ],
)
def test_what_says_something_stays(message: str) -> None:
    assert unframe(message, "de", topics=_TOPICS).text == message


def test_a_noun_of_the_town_is_never_mere_rudeness() -> None:
    words = folded_words("So ein Mist mit dem Antrag")
    assert rudeness().is_rude(words, frozenset())
    assert not rudeness().is_rude(words, frozenset({"antrag"}))


def test_where_the_town_is_not_known_any_word_may_be_what_is_asked_about() -> None:
    assert unframe("Was kostet zum Teufel ein Reisepass?", "de").text == _ASKED
    assert not rudeness().is_rude(folded_words("So ein Mist mit dem Antrag"), None)


def test_a_scolding_piece_with_a_figure_stays() -> None:
    assert not rudeness().is_rude(folded_words("Ihr Trottel habt 30 verlangt"), frozenset())
