"""The ports to everything that computes. Implementations sit beside this file; one conformance suite tests them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
"""Shape (dimension,), unit length."""
Matrix = NDArray[np.float32]
"""Shape (n, dimension), each row of unit length."""


@dataclass(frozen=True, slots=True)
class EmbedderInfo:
    """What a generation's manifest keeps, so that an index is never read with another embedder's vectors."""

    name: str
    revision: str
    """SHA-256 over the weights, hexadecimal."""
    dimension: int
    query_prompt: str
    passage_prompt: str
    max_tokens: int


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their cosine similarity."""

    @property
    def info(self) -> EmbedderInfo: ...

    def embed_query(self, text: str) -> Vector:
        """Vector of a question. The same text gives the same bytes in one process, whatever else runs."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        """Vectors of passages, in the order given; an empty sequence gives shape (0, dimension)."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt in two parts: `prefix` is the same for every question, `body` belongs to this one.

    The model state after the prefix is computed once and every generation starts from it.
    """

    prefix: str
    body: str

    @property
    def text(self) -> str:
        """The whole prompt as the model reads it."""
        return self.prefix + self.body


@dataclass(frozen=True, slots=True)
class Sampling:
    """How tokens are chosen. Temperature 0 is greedy: the same prompt gives the same text."""

    max_tokens: int
    temperature: float = 0.0
    seed: int = 1
    stop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scoring:
    """Instead of writing: how likely this text is to follow the prompt."""

    continuation: str
    most_tokens: int
    """Only so many tokens at its beginning count."""


Task = Sampling | Scoring


@dataclass(frozen=True, slots=True)
class LanguageModelInfo:
    """Identity of a language model, for records and the transparency register."""

    name: str
    file: str
    """File name of the GGUF, or the base URL of a remote server."""
    sha256: str
    """Of the model file; of a remote model, `remote:` and its reported name."""
    licence: str
    context_tokens: int
    runtime: str
    """Runtime and version, for example `llama-cpp-python 0.3.36 (AVX2 AVX512)`."""
    draft_languages: tuple[str, ...]
    """Languages in which this model drafts well enough to be asked."""
    prompt: str = "draft"
    """Name of the prompt templates that it drafts from: an adapted model needs no examples."""
    adapter: str | None = None
    """File name of the LoRA adapter, when one is loaded."""
    adapter_sha256: str | None = None


class LanguageModel(Protocol):
    """Continues a prompt. Safe to call from several threads; calls beyond the bounded queue raise BusyError."""

    @property
    def info(self) -> LanguageModelInfo: ...

    def generate(self, prompt: Prompt, sampling: Sampling, cancel: Event | None = None) -> Iterator[str]:
        """Yields pieces of text until a stop string (not included), the end token, or `max_tokens`.

        The joined text depends on prompt and sampling only, never on what ran before or beside it.

        Raises:
            BusyError: the queue is full.
            CancelledError: `cancel` was set; the model stops at the next token.
            InvalidInputError: the prompt does not fit the context window.
            ModelError: the model failed.
        """
        ...

    def log_probability(self, prompt: Prompt, scoring: Scoring, cancel: Event | None = None) -> float | None:
        """Natural logarithm of the probability that the text follows the prompt; None when the model cannot tell.

        Depends on prompt and text only. Raises the same as `generate`.
        """
        ...

    def close(self) -> None:
        """Frees the model; waiting calls get a ModelError."""
        ...
