"""Examples for drafting: chance is seeded, held-out pages stay apart, and every citation is a source's number."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from evaluation.drafting_examples import DraftExample, draft_examples
from evaluation.drafting_pages import read_pages
from tests.answering.samples import PROMPTS
from tests.evaluation.drafting_samples import page_data, written

SEEDS = (0, 1, 2)


@pytest.fixture(scope="module")
def examples() -> Sequence[DraftExample]:
    """All of the product's pages with the seeds of its training."""
    pages = read_pages()
    return [example for seed in SEEDS for example in draft_examples(pages, PROMPTS, seed)]


def test_a_seed_gives_the_same_examples_and_another_gives_other_distractors() -> None:
    pages = read_pages()[:12]
    one, same, other = (list(draft_examples(pages, PROMPTS, seed)) for seed in (3, 3, 4))
    assert one == same
    assert [example.id for example in one] == [example.id for example in other]
    assert [example.evidence for example in one] != [example.evidence for example in other]


def test_no_held_out_page_or_question_is_among_the_others(examples: Sequence[DraftExample]) -> None:
    held_out = [example for example in examples if example.held_out]
    others = [example for example in examples if not example.held_out]
    assert 0.05 < len(held_out) / len(examples) < 0.15
    for what in (lambda e: e.id, lambda e: e.id.partition("#")[0], lambda e: (e.question, e.answer)):
        assert not {what(example) for example in held_out} & {what(example) for example in others}
    assert {example.language for example in held_out} == {"de", "en"}


def test_which_pages_are_held_out_does_not_depend_on_the_seed(examples: Sequence[DraftExample]) -> None:
    per_seed = len(examples) // len(SEEDS)
    runs = [examples[start : start + per_seed] for start in range(0, len(examples), per_seed)]
    assert len({tuple(example.held_out for example in run) for run in runs}) == 1


def test_every_citation_is_the_number_of_a_source_in_the_prompt(examples: Sequence[DraftExample]) -> None:
    for example in examples:
        numbers = sorted({sentence.number for sentence in example.evidence})
        assert numbers == list(range(1, len(numbers) + 1)), example.id
        listed = [int(number) for number in re.findall(r"^\[(\d+)\] ", example.prompt.text, re.MULTILINE)]
        assert listed == numbers, example.id
        cited = {int(number) for number in re.findall(r"\[(\d+)\]", example.answer)}
        assert cited <= set(numbers), example.id
        assert bool(cited) == example.answerable, example.id


def test_a_statement_cites_the_source_that_holds_its_sentence(tmp_path: Path) -> None:
    pages = written(tmp_path, page_data())
    for seed in range(20):
        twofold, yes_no, _ = draft_examples(pages, PROMPTS, seed)
        for example in (twofold, yes_no):
            texts = {
                number: " ".join(s.text for s in example.evidence if s.number == number)
                for number in {sentence.number for sentence in example.evidence}
            }
            for says, number in re.findall(r"(\S[^\[]*?) \[(\d+)\]", example.answer):
                assert set(says.split()) - {"Nein,", "für"} <= set(texts[int(number)].split()), example.answer


def test_evidence_stands_before_distractors_and_never_fails(tmp_path: Path) -> None:
    pages = written(tmp_path, page_data())
    kept = set()
    for seed in range(20):
        _, yes_no, unanswerable = draft_examples(pages, PROMPTS, seed)
        texts = [sentence.text for sentence in yes_no.evidence]
        assert "Für Blindenhunde zahlen Sie keine Steuer." in texts
        assert yes_no.evidence[0].number == 1
        kept.add(len(texts))
        assert unanswerable.evidence
        assert unanswerable.answer == unanswerable.taught.strip() == "Dazu steht nichts in den Quellen."
        assert not unanswerable.answerable
    assert len(kept) > 1  # with and without distractors


def test_only_german_in_einfache_sprache_is_asked_for_by_its_label(examples: Sequence[DraftExample]) -> None:
    ends = {(example.language, example.simple): example.prompt.text.rsplit("\n", 1)[1] for example in examples}
    assert ends["de", False] == "Antwort:"
    assert ends["de", True] == "Antwort in Einfacher Sprache:"
    assert ends["en", False] == "Answer:"


def test_what_is_taught_begins_with_a_space_and_holds_no_line_break(examples: Sequence[DraftExample]) -> None:
    assert all(re.match(r" \S", example.taught) and "\n" not in example.taught for example in examples)


def test_a_missing_template_is_named(tmp_path: Path) -> None:
    pages = written(tmp_path, page_data())
    with pytest.raises(ConfigurationError, match=r"has no template draft-adapted\.de\.yaml"):
        next(draft_examples(pages, tmp_path, 0))
