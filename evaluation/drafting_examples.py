"""From written pages to examples as the pipeline would pose them: evidence with distractors, question, answer.

The sources of an example are the sentences that the answer needs and, by chance, a few others of the page that share
words with the question. A question that the page doesn't answer gets such others only, and the refusal.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.answering.draft import render_prompt
from app.answering.prompts import load_prompt
from app.answering.values import EvidenceSentence
from app.errors import ConfigurationError
from app.models.ports import Prompt
from evaluation.drafting_pages import WrittenPage, WrittenQuestion
from evaluation.verification.pairs import evidence_of

REFUSALS = {"de": "Dazu steht nichts in den Quellen.", "en": "The sources do not say."}
_SIMPLE_LABEL = ("Antwort:", "Antwort in Einfacher Sprache:")
_MOST_SOURCES = 6
_HELD_OUT_EVERY, _HELD_OUT_AT = 10, 4
"""Every tenth page is for measuring only."""


@dataclass(frozen=True, slots=True)
class DraftExample:
    """One question with its prompt and the answer that is wanted."""

    id: str
    language: str
    simple: bool
    question: str
    evidence: tuple[EvidenceSentence, ...]
    prompt: Prompt
    answer: str
    """With citations; begins with a space, as the prompt ends with a colon."""
    answerable: bool
    held_out: bool


def draft_examples(pages: tuple[WrittenPage, ...], prompts_dir: Path, seed: int) -> Iterator[DraftExample]:
    """All examples in the order of the pages; the seed decides which other sentences stand beside the evidence."""
    chance = random.Random(seed)  # noqa: S311
    for number, page in enumerate(pages):
        held_out = number % _HELD_OUT_EVERY == _HELD_OUT_AT
        for position, question in enumerate(page.questions):
            evidence, numbers = _sources(page, question, chance)
            yield DraftExample(
                id=f"{page.id}#{position}",
                language=page.language,
                simple=page.style == "simple",
                question=question.ask,
                evidence=evidence,
                prompt=_prompt(page, question.ask, evidence, prompts_dir),
                answer=" " + (_answer(question, numbers) or REFUSALS[page.language]),
                answerable=bool(question.answer),
                held_out=held_out,
            )


def _sources(
    page: WrittenPage, question: WrittenQuestion, chance: random.Random
) -> tuple[tuple[EvidenceSentence, ...], dict[str, int]]:
    """The sentences, those of the answer's sections first, and per key the number of its source."""
    texts = {key: text for section in page.sections for key, text in section.sentences.items()}
    section_of = {key: index for index, section in enumerate(page.sections) for key in section.sentences}
    needed = list(dict.fromkeys([*question.evidence, *(key for said in question.answer for key in said.sources)]))
    asked = _beginnings(question.ask)
    others = [key for key in texts if key not in needed]
    others.sort(key=lambda key: -len(asked & _beginnings(texts[key])) - chance.random() * 1.5)
    count = chance.choice([0, 0, 0, 1, 1, 2, 3]) if needed else chance.choice([1, 1, 2, 2, 3, 4])
    if needed:
        count = max(0, min(count, _MOST_SOURCES - len(needed)))
    chosen = needed + others[:count]
    order = list(dict.fromkeys(section_of[key] for key in chosen))
    evidence: list[EvidenceSentence] = []
    for number, index in enumerate(order, start=1):
        section = page.sections[index]
        sentences = [text for key, text in section.sentences.items() if key in chosen]
        evidence += evidence_of(number, section.kind, sentences, page=page.id, title=page.title, language=page.language)
    numbers = {index: number for number, index in enumerate(order, start=1)}
    return tuple(evidence), {key: numbers[section_of[key]] for key in chosen}


def _prompt(page: WrittenPage, question: str, evidence: tuple[EvidenceSentence, ...], prompts_dir: Path) -> Prompt:
    template = load_prompt(prompts_dir, "draft-adapted", page.language)
    if template is None:
        raise ConfigurationError(f"{prompts_dir} has no template draft-adapted.{page.language}.yaml.")
    prompt = render_prompt(template, question, evidence)
    simple = page.style == "simple" and page.language == "de"
    return Prompt(prompt.prefix, prompt.body.removesuffix(_SIMPLE_LABEL[0]) + _SIMPLE_LABEL[1]) if simple else prompt


def _answer(question: WrittenQuestion, numbers: dict[str, int]) -> str:
    return " ".join(
        f"{said.says.strip()} " + "".join(f"[{n}]" for n in dict.fromkeys(numbers[key] for key in said.sources))
        for said in question.answer
    )


def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"\w+", text.lower()) if len(word) > 3)
