"""The embedded language model: a GGUF in this process, with equal answers whatever ran before."""

import codecs
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event
from typing import Self

import psutil

from app.errors import InvalidInputError
from app.models.adapter import ADAPTED_LANGUAGES, adapter_path
from app.models.catalog import CatalogEntry, load_catalog
from app.models.installed import model_path, sha256_of, weights_sha256
from app.models.llama_engine import BATCH_TOKENS, LlamaEngine
from app.models.llama_library import runtime_name
from app.models.ports import LanguageModelInfo, Prompt, Sampling, Scoring, Task
from app.models.stop_filter import StopFilter
from app.models.worker import GenerationWorker
from app.settings import Settings

_States = OrderedDict[tuple[int, ...], bytearray]
"""Saved states by the tokens that they stand after, oldest first."""
_KEPT_PREFIXES = 4
"""A state takes about 7 MB for 400 tokens of Gemma 3 270M."""
_KEPT_SCORED = 4
"""Prompts that were scored and may be drafted from next: as many questions as are on their way at once."""


class LlamaLanguageModel:
    """Implements `LanguageModel` on llama.cpp, on the CPU.

    A prompt's prefix (with the begin token) and body are split into tokens apart, so that the cut between them
    stays. Every generation starts from an emptied cache into which the saved state of its prefix is copied, and
    evaluates the body in batches of a fixed size, its last token by itself: the arithmetic, and with it the text, is
    the same each time, for any number of threads. The plain text is the prompt; no chat template is applied.

    Whoever has a prompt scored mostly drafts from it next. So the state before its last token is kept.
    """

    def __init__(self, engine: LlamaEngine, info: LanguageModelInfo, queue_size: int) -> None:
        self._engine = engine
        self._info = info
        self._prefixes: _States = OrderedDict()
        self._scored: _States = OrderedDict()
        self._worker = GenerationWorker(self._run, queue_size)

    @classmethod
    def load(cls, settings: Settings) -> Self:
        """Loads `settings.llm_model`, a catalog id or the path of a GGUF.

        Raises:
            ModelError: missing, damaged, or not a GGUF that llama.cpp can run.
        """
        name = settings.llm_model
        path = model_path(settings, name)
        sha256 = weights_sha256(settings, name)
        entry = load_catalog().find(name)
        adapter = adapter_path(settings)
        threads = settings.llm_threads or _physical_cores()
        engine = LlamaEngine.load(path, settings.llm_context_tokens, threads, adapter)
        info = LanguageModelInfo(
            name=path.stem if entry is None else entry.id,
            file=path.name,
            sha256=sha256,
            licence="unknown" if entry is None else entry.licence,
            context_tokens=settings.llm_context_tokens,
            runtime=runtime_name(),
            draft_languages=_draft_languages(entry, adapter),
            prompt="draft" if adapter is None else "draft-adapted",
            adapter=adapter.name if adapter else None,
            adapter_sha256=sha256_of(adapter) if adapter else None,
        )
        return cls(engine, info, settings.queue_size)

    @property
    def info(self) -> LanguageModelInfo:
        return self._info

    def generate(self, prompt: Prompt, sampling: Sampling, cancel: Event | None = None) -> Iterator[str]:
        return self._worker.submit(prompt, sampling, cancel)

    def log_probability(self, prompt: Prompt, scoring: Scoring, cancel: Event | None = None) -> float:
        return float("".join(self._worker.submit(prompt, scoring, cancel)))

    def close(self) -> None:
        self._worker.close()
        self._engine.close()

    def _run(self, prompt: Prompt, task: Task) -> Iterator[str]:
        if isinstance(task, Scoring):
            yield from self._score(prompt, task)
        else:
            yield from self._generate(prompt, task)

    def _score(self, prompt: Prompt, scoring: Scoring) -> Iterator[str]:
        """Yields the logarithm in decimal, exactly."""
        wanted = self._engine.tokenize(scoring.continuation, begin=False)[: scoring.most_tokens]
        yield from self._evaluate_prompt(prompt, len(wanted), keep=True)
        total = 0.0
        for position, token in enumerate(wanted, start=1):
            total += self._engine.log_probability(token)
            if position < len(wanted):
                self._engine.evaluate([token])
                yield ""
        yield repr(total)

    def _generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[str]:
        yield from self._evaluate_prompt(prompt, sampling.max_tokens, keep=False)
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        stop = StopFilter(sampling.stop)
        with self._engine.chooser(sampling.temperature, sampling.seed) as choose:
            for remaining in range(sampling.max_tokens, 0, -1):
                token = choose()
                if self._engine.is_end(token):
                    break
                yield stop.feed(decoder.decode(self._engine.token_bytes(token)))
                if stop.stopped:
                    return
                if remaining > 1:
                    self._engine.evaluate([token])
        yield stop.flush()

    def _evaluate_prompt(self, prompt: Prompt, max_tokens: int, *, keep: bool) -> Iterator[str]:
        prefix = self._engine.tokenize(prompt.prefix, begin=True)
        body = self._engine.tokenize(prompt.body, begin=False)
        self._check_fits(len(prefix) + len(body), max_tokens)
        if not body:  # the saved state holds no probabilities: something must be evaluated after it
            prefix, body = prefix[:-1], prefix[-1:]
        before = prefix + body[:-1]
        if before in self._scored:
            self._engine.restore(self._scored[before])
        else:
            yield from self._restore_prefix(prefix)
            yield from self._evaluate(body[:-1])
            if keep:
                _keep(self._scored, before, self._engine.save(), _KEPT_SCORED)
        yield from self._evaluate(body[-1:])

    def _restore_prefix(self, prefix: tuple[int, ...]) -> Iterator[str]:
        if prefix not in self._prefixes:
            self._engine.clear()
            yield from self._evaluate(prefix)
            _keep(self._prefixes, prefix, self._engine.save(), _KEPT_PREFIXES)
        self._prefixes.move_to_end(prefix)
        self._engine.restore(self._prefixes[prefix])

    def _evaluate(self, tokens: Sequence[int]) -> Iterator[str]:
        """Yields an empty piece a batch, where the worker can stop an unwanted call."""
        for start in range(0, len(tokens), BATCH_TOKENS):
            self._engine.evaluate(tokens[start : start + BATCH_TOKENS])
            yield ""

    def _check_fits(self, prompt_tokens: int, max_tokens: int) -> None:
        if prompt_tokens == 0:
            raise InvalidInputError("The prompt is empty: give the model something to continue.")
        if prompt_tokens + max_tokens > self._info.context_tokens:
            raise InvalidInputError(
                f"The prompt has {prompt_tokens} tokens; with {max_tokens} for the answer it does not fit the "
                f"{self._info.context_tokens} of the model: shorten it or raise AMTSLOTSE_LLM_CONTEXT_TOKENS."
            )


def _keep(states: _States, tokens: tuple[int, ...], state: bytearray, most: int) -> None:
    states[tokens] = state
    if len(states) > most:
        states.popitem(last=False)


def _draft_languages(entry: CatalogEntry | None, adapter: Path | None) -> tuple[str, ...]:
    if adapter is not None:
        return ADAPTED_LANGUAGES
    return ("de",) if entry is None else entry.draft_languages


def _physical_cores() -> int:
    return psutil.cpu_count(logical=False) or os.cpu_count() or 1
