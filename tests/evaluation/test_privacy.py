"""The labelled sentences, and what masking reaches on them."""

import sys
from dataclasses import replace

import pytest

from app.answering.personal_spans import PersonalData, Span
from app.errors import KnowledgeError
from evaluation.privacy.__main__ import main
from evaluation.privacy.measure import ALL, figures, outcome
from evaluation.privacy.sentences import HALVES, Sentence, load_sentences, parse
from tests.tenants.samples import musterstadt


def test_marks_become_spans_of_the_text_without_them() -> None:
    sentence = parse("de", "Ich bin <name>Max Kern</name>, Tel. <phone>0171 23</phone>")
    assert sentence.text == "Ich bin Max Kern, Tel. 0171 23"
    assert [sentence.text[span.start : span.end] for span in sentence.spans] == ["Max Kern", "0171 23"]
    assert [span.kind for span in sentence.spans] == [PersonalData.NAME, PersonalData.PHONE]


@pytest.mark.parametrize("marked", ["<name>Max", "Max</name>", "<name>Max</phone>", "<hobby>Max</hobby>"])
def test_a_wrong_mark_is_named(marked: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        parse("de", marked)
    assert marked in error.value.message


def test_a_span_is_found_only_when_all_of_it_is_masked() -> None:
    whole = parse("de", "Frau <name>Kern</name> fragt")
    assert outcome(whole, musterstadt()).missed == ()
    longer = replace(whole, spans=(Span(5, len(whole.text), PersonalData.NAME),))
    assert outcome(longer, musterstadt()).missed == longer.spans


def test_a_mask_over_nothing_personal_is_a_false_alarm() -> None:
    result = outcome(Sentence("de", "Frau Kern fragt", ()), musterstadt())
    assert [(span.start, span.end) for span in result.false_alarms] == [(5, 9)]
    count = figures([result])[ALL]
    assert (count.recall, count.precision) == (1.0, 0.0)


@pytest.mark.parametrize("half", HALVES)
def test_masking_finds_98_percent_and_95_percent_of_the_masks_are_right(half: str) -> None:
    count = figures(outcome(sentence, musterstadt()) for sentence in load_sentences(half))[ALL]
    assert count.recall >= 0.98
    assert count.precision >= 0.95


def test_there_are_enough_sentences_of_every_kind_and_without_any() -> None:
    sentences = [sentence for half in HALVES for sentence in load_sentences(half)]
    assert len(sentences) >= 400
    assert sum(not sentence.spans for sentence in sentences) >= 0.4 * len(sentences)
    assert {span.kind for sentence in sentences for span in sentence.spans} == set(PersonalData)
    assert len({sentence.text for sentence in sentences}) == len(sentences)


def test_the_command_prints_both_halves_but_no_sentence_of_the_test_half(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluation.privacy", "--show"])
    main()
    printed = capsys.readouterr().out
    assert "dev:" in printed
    shown = printed[printed.index("test:") :]
    assert not any(sentence.text[:30] in shown for sentence in load_sentences("test"))
