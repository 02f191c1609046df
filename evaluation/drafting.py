"""How well a model drafts from given evidence, on the held-out pages: `python -m evaluation.drafting`.

A draft passes when every sentence of it passes verification. It is right when it also has every figure of the written
answer and says yes or no where that does. A question that the sources don't answer is right when nothing of the
draft passes: then the citizen gets no generated sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.answering.draft import draft_sentences, render_prompt
from app.answering.prompts import load_prompt
from app.answering.values import Statement
from app.answering.verification.citations import without_citations
from app.answering.verify import verify_statement
from app.models.factory import open_language_model
from app.models.ports import LanguageModel, Prompt, Sampling
from app.settings import Settings, get_settings
from app.text.figures import figures
from app.text.terms import Vocabulary, words
from evaluation.drafting_examples import DraftExample, draft_examples
from evaluation.drafting_pages import read_pages

_LEADS = frozenset(("ja", "nein", "yes", "no"))
_MAX_TOKENS = 128


@dataclass(frozen=True, slots=True)
class Drafted:
    """One example and what the model made of it."""

    example: DraftExample
    sentences: tuple[str, ...]
    rejections: tuple[str, ...]
    passed: bool
    right: bool


def main() -> None:
    """Prints one line a model: the base model with its few-shot prompt, and with the adapter."""
    settings = get_settings()
    examples = [e for e in draft_examples(read_pages(), settings.prompts_dir, seed=0) if e.held_out]
    for name in ("none", settings.llm_adapter):
        chosen = settings.model_copy(update={"llm_adapter": name})
        model = open_language_model(chosen)
        assert model is not None
        try:
            print(line(f"adapter {name}", [draft(model, example, chosen) for example in examples]), flush=True)  # noqa: T201
        finally:
            model.close()


def draft(model: LanguageModel, example: DraftExample, settings: Settings) -> Drafted:
    """Drafts one example and judges the draft."""
    prompt, stop = _prompt(model, example, settings.prompts_dir)
    sampling = Sampling(max_tokens=_MAX_TOKENS, seed=settings.llm_seed, stop=stop)
    sentences = tuple(draft_sentences(model, prompt, sampling, None))
    said: list[Statement] = []
    rejections = []
    vocabulary = Vocabulary.of(sentence.text for sentence in example.evidence)
    for sentence in sentences:
        verdict = verify_statement(sentence, example.question, example.evidence, said, vocabulary)
        if verdict.statement is not None:
            said.append(verdict.statement)
        elif verdict.rejection is not None:
            rejections.append(verdict.rejection.reason)
    passed = bool(said) and not rejections
    told = " ".join(statement.text for statement in said)
    right = _agrees(told, example.answer) and passed if example.answerable else not said
    return Drafted(example, sentences, tuple(rejections), passed, right)


def line(name: str, drafts: Sequence[Drafted]) -> str:
    """The shares of a model."""
    answerable = [entry for entry in drafts if entry.example.answerable]
    others = [entry for entry in drafts if not entry.example.answerable]
    refused = sum(" ".join(entry.sentences).startswith(entry.example.answer) for entry in others)
    return (
        f"{name}: {len(answerable)} answerable, drafts that pass {_share(e.passed for e in answerable)}, "
        f"pass and are right {_share(e.right for e in answerable)}; {len(others)} not answerable, "
        f"nothing said {_share(e.right for e in others)} (refused in words {refused / max(1, len(others)):.1%})"
    )


def _share(values: Iterator[bool]) -> str:
    flags = list(values)
    return f"{sum(flags) / max(1, len(flags)):.1%}"


def _prompt(model: LanguageModel, example: DraftExample, folder: Path) -> tuple[Prompt, tuple[str, ...]]:
    """The example's own prompt for an adapted model; the few-shot prompt for any other."""
    template = load_prompt(folder, model.info.prompt, example.language) or load_prompt(folder, model.info.prompt, "de")
    assert template is not None
    if model.info.adapter is not None:
        return example.prompt, template.stop
    return render_prompt(template, example.question, example.evidence), template.stop


def _agrees(told: str, wanted: str) -> bool:
    """Every figure of the written answer is there, and the same yes or no."""
    lead = [frozenset(words(text)[:1]) & _LEADS for text in (told, wanted)]
    return figures(without_citations(wanted)) <= figures(told) and lead[0] == lead[1]


if __name__ == "__main__":
    main()
