"""How fast answers come, and how much of that is the product's own doing rather than the model's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Event
from time import perf_counter

import psutil

from app.answering.service import AnsweringService
from app.answering.values import Question, Recorded
from app.models.installed import model_path
from app.models.ports import LanguageModel, LanguageModelInfo, Prompt, Sampling, Scoring
from app.settings import Settings
from evaluation.bare_llama import BareLlama, DraftTiming, bare_llama
from evaluation.bench_figures import Figure, p50, p95
from evaluation.gold_file import GoldKind, GoldQuestion

FIRST_STATEMENT_GOAL_S = 3.0
DONE_GOAL_S = 6.0
OVERHEAD_GOAL_PERCENT = 10.0
_COMPARED_PROMPTS = 12
_COMPARED_TOKENS = 48


@dataclass
class TimedLanguageModel:
    """A language model that notes what it was asked and how long its caller waited for it."""

    model: LanguageModel
    prompts: list[Prompt] = field(default_factory=list)
    waited_s: float = 0.0
    """Over all calls: the time spent in `next`, not that between two of them."""

    @property
    def info(self) -> LanguageModelInfo:
        return self.model.info

    def generate(self, prompt: Prompt, sampling: Sampling, cancel: Event | None = None) -> Iterator[str]:
        self.prompts.append(prompt)
        pieces = iter(self.model.generate(prompt, sampling, cancel))
        while True:
            started = perf_counter()
            piece = next(pieces, None)
            self.waited_s += perf_counter() - started
            if piece is None:
                return
            yield piece

    def log_probability(self, prompt: Prompt, scoring: Scoring, cancel: Event | None = None) -> float | None:
        started = perf_counter()
        value = self.model.log_probability(prompt, scoring, cancel)
        self.waited_s += perf_counter() - started
        return value

    def close(self) -> None:
        self.model.close()


@dataclass(frozen=True, slots=True)
class AnswerTiming:
    """One answer, in seconds."""

    drafted: bool
    """Whether the language model was asked; else everything was quoted, or fixed wording."""
    first_statement_s: float
    done_s: float
    model_s: float


def bench_answers(service: AnsweringService, settings: Settings, questions: Sequence[GoldQuestion]) -> list[Figure]:
    """Asks every question once, after one that warms up, and compares the model with bare llama.cpp."""
    model = service.pipeline.language_model
    timed = TimedLanguageModel(model) if model is not None else None
    measured = replace(service, pipeline=replace(service.pipeline, language_model=timed))
    _timing(measured, timed, settings.default_tenant, questions[0])
    timings = [_timing(measured, timed, settings.default_tenant, question) for question in questions]
    figures = answer_figures(timings)
    if timed is not None and settings.llm_backend == "embedded" and timed.prompts:
        figures += _compare_with_bare(timed, settings)
    return figures


def bench_questions(questions: Sequence[GoldQuestion], count: int) -> list[GoldQuestion]:
    """A fixed choice of questions, spread evenly over those that the knowledge answers without a conversation."""
    usable = [question for question in questions if question.kind is GoldKind.ANSWERABLE and not question.after]
    count = min(count, len(usable))
    return [usable[index * len(usable) // count] for index in range(count)]


def answer_figures(timings: Sequence[AnswerTiming]) -> list[Figure]:
    """Percentiles over all answers, with goals, and apart for drafted and quoted ones."""
    figures: list[Figure] = []
    groups = {
        "all": list(timings),
        "drafted": [timing for timing in timings if timing.drafted],
        "quoted": [timing for timing in timings if not timing.drafted],
    }
    for name, group in groups.items():
        if not group:
            continue
        first = [timing.first_statement_s for timing in group]
        done = [timing.done_s for timing in group]
        label = f"{name} ({len(group)})"
        goals = (FIRST_STATEMENT_GOAL_S, DONE_GOAL_S) if name == "all" else (None, None)
        figures += [
            Figure(f"first statement p50, {label}", p50(first), "s", goal=goals[0]),
            Figure(f"first statement p95, {label}", p95(first), "s"),
            Figure(f"done p50, {label}", p50(done), "s", goal=goals[1]),
            Figure(f"done p95, {label}", p95(done), "s"),
        ]
    if groups["drafted"]:
        model = sum(timing.model_s for timing in groups["drafted"])
        own = sum(timing.done_s for timing in groups["drafted"]) - model
        figures.append(
            Figure("pipeline's own time, share of the model's", 100 * own / model, "%", goal=OVERHEAD_GOAL_PERCENT)
        )
    return figures


def _timing(
    service: AnsweringService, timed: TimedLanguageModel | None, tenant: str, gold: GoldQuestion
) -> AnswerTiming:
    calls, waited = (len(timed.prompts), timed.waited_s) if timed else (0, 0.0)
    question = Question(text=gold.question, tenant=tenant, asked_at=datetime.now(UTC))
    started = perf_counter()
    with service.admit():
        *_, last = service.ask(question)
    done = perf_counter() - started
    assert isinstance(last, Recorded)
    return AnswerTiming(
        drafted=timed is not None and len(timed.prompts) > calls,
        first_statement_s=last.timings_ms["first_statement"] / 1000,
        done_s=done,
        model_s=timed.waited_s - waited if timed else 0.0,
    )


def _compare_with_bare(timed: TimedLanguageModel, settings: Settings) -> list[Figure]:
    """The same prompts, tokens and threads, in turns, so that a busy machine hurts both alike."""
    threads = settings.llm_threads or psutil.cpu_count(logical=False) or 1
    path = model_path(settings, settings.llm_model)
    ours, bare = [], []
    with bare_llama(path, settings.llm_context_tokens, threads) as baseline:
        baseline.draft(timed.prompts[0].text, _COMPARED_TOKENS)  # the first one maps the file into memory
        for prompt in list(dict.fromkeys(timed.prompts))[:_COMPARED_PROMPTS]:
            ours.append(_draft(timed.model, baseline, prompt))
            bare.append(baseline.draft(prompt.text, _COMPARED_TOKENS))
    return [
        Figure("tokens written, p50", p50(_rates(ours)), "tokens/s", baseline=p50(_rates(bare))),
        Figure(
            "prompt to first token, p50", p50([t.first_s for t in ours]), "s", baseline=p50([t.first_s for t in bare])
        ),
        Figure(
            f"{_COMPARED_TOKENS} tokens from a prompt, p50",
            p50([t.total_s for t in ours]),
            "s",
            baseline=p50([t.total_s for t in bare]),
        ),
    ]


def _draft(model: LanguageModel, counter: BareLlama, prompt: Prompt) -> DraftTiming:
    started = perf_counter()
    first, text = 0.0, ""
    for piece in model.generate(prompt, Sampling(max_tokens=_COMPARED_TOKENS)):
        first = first or perf_counter() - started
        text += piece
    return DraftTiming(first, perf_counter() - started, counter.count(text))


def _rates(timings: Sequence[DraftTiming]) -> list[float]:
    return [timing.tokens_per_s for timing in timings]
