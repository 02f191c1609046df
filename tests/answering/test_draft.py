"""Rendering the prompt, and taking a stream of tokens apart into cited sentences."""

from collections.abc import Iterator
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answering.draft import draft_sentences, render_prompt
from app.answering.prompts import PromptTemplate, load_prompt
from app.errors import CancelledError, ModelError
from app.index.modules import ModuleKind
from app.models.ports import LanguageModelInfo, Prompt, Sampling, Scoring
from tests.answering.samples import DURATION, PROMPTS, chunk, evidence
from tests.fakes import ScriptedLanguageModel

TEMPLATE = PromptTemplate(
    prefix="Anfang\n", body="Quellen:\n{sources}\nFrage: {question}\nAntwort:", stop=(), reference="t"
)
SAMPLING = Sampling(max_tokens=200)


def _sentences(text: str) -> list[str]:
    model = ScriptedLanguageModel(default=text)
    try:
        return list(draft_sentences(model, Prompt("", "Frage"), SAMPLING, None))
    finally:
        model.close()


def test_prompt_lists_each_passage_once_with_title_and_module() -> None:
    prompt = render_prompt(TEMPLATE, "Was kostet er?", evidence(chunk(), chunk(DURATION, ModuleKind.PROCESSING_TIME)))
    assert prompt.prefix == "Anfang\n"
    assert prompt.body == (
        "Quellen:\n"
        "[1] Personalausweis beantragen (Kosten): Personalausweis ab 24 Jahren: 37,00 Euro; "
        "Personalausweis unter 24 Jahren: 22,80 Euro; Die Gebühr wird nicht erstattet.\n"
        "[2] Personalausweis beantragen (Bearbeitungsdauer): Die Herstellung dauert etwa 3 Wochen. "
        "Sie erhalten den Ausweis im Bürgeramt.\n"
        "Frage: Was kostet er?\nAntwort:"
    )


@pytest.mark.parametrize("text", ["{question}", "{0}", "{sources.__class__}", "{{x}}", "}{", "%s %(a)s", "{", "${x}"])
def test_braces_of_a_question_or_a_text_stay_what_they_are(text: str) -> None:
    prompt = render_prompt(TEMPLATE, f"Was ist {text}?", evidence(chunk((f"Das ist {text}.",))))
    assert f"Frage: Was ist {text}?" in prompt.body
    assert f"(Kosten): Das ist {text}." in prompt.body


def test_fixed_part_of_the_real_prompt_is_the_same_for_every_question() -> None:
    template = load_prompt(PROMPTS, "draft", "de")
    assert template is not None
    one = render_prompt(template, "Was kostet er?", evidence(chunk()))
    other = render_prompt(template, "{question}", evidence(chunk(DURATION)))
    assert one.prefix == other.prefix == template.prefix
    assert one.text.endswith("Frage: Was kostet er?\nAntwort:")


def test_sentences_end_behind_their_last_citation() -> None:
    assert _sentences("Er kostet 37,00 Euro. [1] Er gilt 10 Jahre. [1][2] Fertig. [2]") == [
        "Er kostet 37,00 Euro. [1]",
        "Er gilt 10 Jahre. [1][2]",
        "Fertig. [2]",
    ]


def test_citation_before_the_full_stop_belongs_to_its_sentence() -> None:
    assert _sentences("Er kostet 37,00 Euro [1]. Er gilt 10 Jahre [2].") == [
        "Er kostet 37,00 Euro [1].",
        "Er gilt 10 Jahre [2].",
    ]


@pytest.mark.parametrize("marks", ["[1][2]", "[1] [2]", "[1]\n[2]"])
def test_citations_in_a_row_belong_together(marks: str) -> None:
    assert _sentences(f"Eins. {marks} Zwei. [1]") == [f"Eins. {marks}", "Zwei. [1]"]
    assert _sentences(f"Eins {marks}. Zwei. [1]") == [f"Eins {marks}.", "Zwei. [1]"]


def test_full_stops_in_numbers_and_abbreviations_end_nothing() -> None:
    assert _sentences("Er kostet ca. 1.250,00 Euro gem. § 9 Abs. 1. [1] Ende. [1]") == [
        "Er kostet ca. 1.250,00 Euro gem. § 9 Abs. 1. [1]",
        "Ende. [1]",
    ]


@pytest.mark.parametrize("rest", ["Er kostet", "Er kostet 37,00 Euro. [", "Er kostet 37,00 Euro."])
def test_what_is_left_at_the_end_is_handed_on_as_it_is(rest: str) -> None:
    assert _sentences(f"Eins. [1] {rest}") == ["Eins. [1]", rest]


@pytest.mark.parametrize("text", ["", " ", "\n "])
def test_an_empty_draft_has_no_sentences(text: str) -> None:
    assert _sentences(text) == []


def test_a_sentence_is_handed_on_before_the_draft_is_complete() -> None:
    model = ScriptedLanguageModel(default="Eins. [1] Zwei. [2]")
    sentences = draft_sentences(model, Prompt("", "x"), SAMPLING, None)
    assert next(sentences) == "Eins. [1]"
    model.close()
    with pytest.raises(ModelError):
        model.generate(Prompt("", "x"), SAMPLING)


def test_cancelling_ends_the_draft() -> None:
    cancel = Event()
    model = ScriptedLanguageModel(default="Eins. [1] Zwei. [2]")
    model.gate.clear()
    sentences = draft_sentences(model, Prompt("", "x"), SAMPLING, cancel)
    cancel.set()
    with pytest.raises(CancelledError):
        next(sentences)
    model.close()


@given(st.text(alphabet="ab .!?[]12\n", max_size=60))
def test_no_character_of_a_draft_gets_lost(text: str) -> None:
    model = _Typewriter(text)
    parts = draft_sentences(model, Prompt("", "x"), SAMPLING, None)
    assert "".join("".join(parts).split()) == "".join(text.split())


class _Typewriter:
    """A language model that hands over one character at a time: the worst cuts that there are."""

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def info(self) -> LanguageModelInfo:
        raise NotImplementedError

    def generate(self, prompt: Prompt, sampling: Sampling, cancel: Event | None = None) -> Iterator[str]:
        return iter(self._text)

    def log_probability(self, prompt: Prompt, scoring: Scoring, cancel: Event | None = None) -> None:
        """Has none."""

    def close(self) -> None:
        """Owns nothing."""
