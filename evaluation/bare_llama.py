"""llama.cpp as its own examples use it: the baseline that the product's language model is measured against."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import llama_cpp

from app.errors import ModelError

_SILENCE = llama_cpp.llama_log_callback(lambda _level, _text, _data: None)
"""Kept here because llama.cpp calls it as long as the process lives."""


@dataclass(frozen=True, slots=True)
class DraftTiming:
    """One generation, in seconds."""

    first_s: float
    """From the call to the first token."""
    total_s: float
    tokens: int

    @property
    def tokens_per_s(self) -> float:
        """Rate of the tokens after the first one; 0 when there are none."""
        writing = self.total_s - self.first_s
        return (self.tokens - 1) / writing if self.tokens > 1 and writing > 0 else 0.0


class BareLlama:
    """One model, one context; greedy; the whole prompt in one call, nothing kept from call to call."""

    def __init__(self, model: Any, context: Any) -> None:
        self._model = model
        self._context = context
        self._vocab = llama_cpp.llama_model_get_vocab(model)

    def count(self, text: str) -> int:
        """Number of tokens of a text without the begin token."""
        return len(self._tokens(text, begin=False))

    def draft(self, prompt: str, max_tokens: int) -> DraftTiming:
        """Generates up to `max_tokens` tokens, or to the end token."""
        started = perf_counter()
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self._context), True)
        sampler = llama_cpp.llama_sampler_init_greedy()
        batch = self._tokens(prompt, begin=True)
        first, tokens = 0.0, 0
        try:
            while tokens < max_tokens:
                if llama_cpp.llama_decode(self._context, llama_cpp.llama_batch_get_one(batch, len(batch))) != 0:
                    raise ModelError("llama.cpp could not evaluate the prompt: it may be longer than the context.")
                token = llama_cpp.llama_sampler_sample(sampler, self._context, -1)
                if llama_cpp.llama_vocab_is_eog(self._vocab, token):
                    break
                tokens += 1
                first = first or perf_counter() - started
                batch = (llama_cpp.llama_token * 1)(token)
        finally:
            llama_cpp.llama_sampler_free(sampler)
        return DraftTiming(first, perf_counter() - started, tokens)

    def _tokens(self, text: str, *, begin: bool) -> Any:
        raw = text.encode()
        buffer = (llama_cpp.llama_token * (len(raw) + 8))()
        count = llama_cpp.llama_tokenize(self._vocab, raw, len(raw), buffer, len(buffer), begin, False)
        return (llama_cpp.llama_token * count)(*buffer[:count])


@contextmanager
def bare_llama(path: Path, context_tokens: int, threads: int) -> Iterator[BareLlama]:
    """Loads a GGUF on the CPU with llama.cpp's defaults besides the sizes given. Raises ModelError."""
    llama_cpp.llama_log_set(_SILENCE, None)
    model_params = llama_cpp.llama_model_default_params()
    model_params.n_gpu_layers = 0
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), model_params)
    if not model:
        raise ModelError(f"{path} cannot be loaded: check it with `amtslotse models verify`.")
    params = llama_cpp.llama_context_default_params()
    params.n_ctx = params.n_batch = context_tokens
    params.n_outputs_max = 1  # logits of the last token only, as the product has it
    params.n_threads = params.n_threads_batch = threads
    params.no_perf = True
    context = llama_cpp.llama_init_from_model(model, params)
    try:
        if not context:
            raise ModelError(f"There is not enough memory for a second context of {path.name}.")
        yield BareLlama(model, context)
    finally:
        if context:
            llama_cpp.llama_free(context)
        llama_cpp.llama_model_free(model)
