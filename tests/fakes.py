"""Stand-ins for parts that are slow or hard to steer."""

import re
from collections import deque
from collections.abc import Iterator
from threading import Event

from app.errors import AmtslotseError, InvalidInputError
from app.models.ports import LanguageModelInfo, Prompt, Sampling, Scoring
from app.models.stop_filter import StopFilter
from app.models.worker import GenerationWorker


class ScriptedLanguageModel:
    """A language model that says what it is told to: the enqueued answers in order, then `default` each time.

    A word (with the space before it) is a token. It has the real worker, so queue, cancel and close behave as
    they do with a real model. Clearing `gate` makes it wait before its next token.
    """

    def __init__(
        self,
        default: str | None = None,
        *,
        queue_size: int = 8,
        context_tokens: int = 2048,
        prompt: str = "draft",
    ) -> None:
        self.calls: list[tuple[Prompt, Sampling]] = []
        """What it was asked, in order."""
        self.opinion: float | None = None
        """What it gives as log-probability of any text."""
        self.gate = Event()
        self.gate.set()
        self._default = default
        self._context_tokens = context_tokens
        self._prompt = prompt
        self._script: deque[str | AmtslotseError] = deque()
        self._worker = GenerationWorker(self._generate, queue_size)

    def enqueue(self, *answers: str | AmtslotseError) -> None:
        """Adds answers to say, or errors to raise, one a call."""
        self._script.extend(answers)

    @property
    def info(self) -> LanguageModelInfo:
        return LanguageModelInfo(
            name="scripted",
            file="scripted",
            sha256="0" * 64,
            licence="EUPL-1.2",
            context_tokens=self._context_tokens,
            runtime="scripted",
            draft_languages=("de", "en"),
            prompt=self._prompt,
        )

    def generate(self, prompt: Prompt, sampling: Sampling, cancel: Event | None = None) -> Iterator[str]:
        return self._worker.submit(prompt, sampling, cancel)

    def log_probability(self, prompt: Prompt, scoring: Scoring, cancel: Event | None = None) -> float | None:
        return self.opinion

    def close(self) -> None:
        self.gate.set()
        self._worker.close()

    def _generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[str]:
        self.calls.append((prompt, sampling))
        answer = self._script.popleft() if self._script else self._default
        if answer is None:
            raise AssertionError("The script is at its end: enqueue an answer for every call, or give a default.")
        if isinstance(answer, AmtslotseError):
            raise answer
        if len(prompt.text.split()) + sampling.max_tokens > self._context_tokens:
            raise InvalidInputError("The prompt does not fit the context window.")
        stop = StopFilter(sampling.stop)
        for word in re.findall(r"\s*\S+|\s+$", answer)[: sampling.max_tokens]:
            self.gate.wait()
            yield stop.feed(word)
            if stop.stopped:
                return
        yield stop.flush()


class WatchedLanguageModel(ScriptedLanguageModel):
    """Tells when it was first asked, and when it was stopped in the middle."""

    def __init__(self, default: str) -> None:
        super().__init__(default=default)
        self.asked, self.stopped = Event(), Event()

    def _generate(self, prompt: Prompt, sampling: Sampling) -> Iterator[str]:
        self.asked.set()
        try:
            yield from super()._generate(prompt, sampling)
        except GeneratorExit:
            self.stopped.set()
            raise
