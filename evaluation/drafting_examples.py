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
from app.answering.prompts import PromptTemplate, load_prompt
from app.answering.values import EvidenceSentence
from app.errors import ConfigurationError
from app.models.ports import Prompt
from evaluation.drafting_pages import Said, WrittenPage, WrittenQuestion
from evaluation.drafting_targets import taught
from evaluation.verification.pairs import evidence_of

_SIMPLE_LABEL = ("Antwort:", "Antwort in Einfacher Sprache:")
_MOST_SOURCES = 6


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
    """As written, with citations."""
    taught: str
    """What the adapter learns to say; begins with a space, as the prompt ends with a colon."""
    answerable: bool
    held_out: bool


def draft_examples(pages: tuple[WrittenPage, ...], prompts_dir: Path, seed: int) -> Iterator[DraftExample]:
    """All examples in the order of the pages; the seed decides which other sentences stand beside the evidence."""
    chance = random.Random(seed)  # noqa: S311
    for page in pages:
        template = _template(page, prompts_dir)
        for position, question in enumerate(page.questions):
            evidence, numbers = _sources(page, question, chance)
            yield DraftExample(
                id=f"{page.id}#{position}",
                language=page.language,
                simple=page.style == "simple",
                question=question.ask,
                evidence=evidence,
                prompt=_prompt(page, template, question.ask, evidence),
                answer=_answer(question, numbers) or str(template.refusal),
                taught=" " + (_taught(page, question, evidence, numbers) or str(template.refusal)),
                answerable=bool(question.answer),
                held_out=page.held_out,
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


def _template(page: WrittenPage, prompts_dir: Path) -> PromptTemplate:
    template = load_prompt(prompts_dir, "draft-adapted", page.language)
    if template is None or template.refusal is None:
        raise ConfigurationError(f"{prompts_dir} has no template draft-adapted.{page.language}.yaml with a refusal.")
    return template


def _prompt(
    page: WrittenPage, template: PromptTemplate, question: str, evidence: tuple[EvidenceSentence, ...]
) -> Prompt:
    prompt = render_prompt(template, question, evidence)
    simple = page.style == "simple" and page.language == "de"
    return Prompt(prompt.prefix, prompt.body.removesuffix(_SIMPLE_LABEL[0]) + _SIMPLE_LABEL[1]) if simple else prompt


def _answer(question: WrittenQuestion, numbers: dict[str, int]) -> str:
    return " ".join(f"{said.says.strip()} {_citations(said, numbers)}" for said in question.answer)


def _taught(
    page: WrittenPage, question: WrittenQuestion, evidence: tuple[EvidenceSentence, ...], numbers: dict[str, int]
) -> str:
    texts = {key: text for section in page.sections for key, text in section.sentences.items()}
    statements = []
    for said in question.answer:
        told = [s for key in said.sources for s in evidence if (s.number, s.text) == (numbers[key], texts[key])]
        statements.append(
            taught(said.says.strip(), _citations(said, numbers), told, question.ask, page.style == "simple")
        )
    return " ".join(dict.fromkeys(statements))


def _citations(said: Said, numbers: dict[str, int]) -> str:
    return "".join(f"[{n}]" for n in dict.fromkeys(numbers[key] for key in said.sources))


def _beginnings(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"\w+", text.lower()) if len(word) > 3)
