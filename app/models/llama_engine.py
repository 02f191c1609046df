"""llama.cpp with one sequence: the few low-level calls that we need, and all of ctypes.

The high-level `llama_cpp.Llama` keeps logits for every token of a batch (512 MB for Gemma's vocabulary) and reuses
the key/value cache of the request before, which changes the arithmetic. This class does neither.
"""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from app.errors import ModelError
from app.models.llama_library import check_is_gguf, library

BATCH_TOKENS = 256
"""Tokens evaluated at once. Fixed: how a prompt is cut into batches changes its log-probabilities."""

_TOP_K = 40
_TOP_P = 0.95
_RANDOM_SEED = 0xFFFFFFFF
"""llama.cpp's own mark for "choose a seed by chance"; seeds are taken modulo it."""


class LlamaEngine:
    """One loaded model with one context. Not safe for concurrent use: a GenerationWorker owns it."""

    def __init__(self, library: Any, model: Any, context: Any) -> None:
        self._lib = library
        self._model = model
        self._context = context
        self._memory = library.llama_get_memory(context)
        self._vocab = library.llama_model_get_vocab(model)
        self._vocab_size = int(library.llama_vocab_n_tokens(self._vocab))

    @classmethod
    def load(cls, path: Path, context_tokens: int, threads: int, adapter: Path | None = None) -> Self:
        """Maps the GGUF into memory, with a LoRA adapter (a GGUF too) on top when one is given.

        Raises:
            ModelError: missing, not a GGUF, damaged, of an unknown architecture, or llama.cpp is not installed; an
                adapter that is one of these, or was made for another model.
        """
        check_is_gguf(path, "check it with `amtslotse models verify`, restore it with `amtslotse models prepare`")
        lib = library()
        model_params = lib.llama_model_default_params()
        model_params.n_gpu_layers = 0
        model = lib.llama_model_load_from_file(str(path).encode(), model_params)
        if not model:
            raise ModelError(
                f"{path} is damaged or of a kind that this llama.cpp cannot read: check it with `amtslotse models "
                "verify`, restore it with `amtslotse models prepare`."
            )
        params = lib.llama_context_default_params()
        params.n_ctx = context_tokens
        params.n_batch = params.n_ubatch = BATCH_TOKENS
        params.n_outputs_max = 1  # logits of the last token only
        params.n_threads = params.n_threads_batch = threads
        params.no_perf = True
        context = lib.llama_init_from_model(model, params)
        if not context:
            lib.llama_model_free(model)
            raise ModelError(
                f"There is not enough memory to run {path.name} with {context_tokens} tokens of context: "
                "lower AMTSLOTSE_LLM_CONTEXT_TOKENS or choose a smaller model."
            )
        engine = cls(lib, model, context)
        try:
            if adapter is not None:
                engine._adapt(adapter)
        except ModelError:
            engine.close()
            raise
        return engine

    def tokenize(self, text: str, *, begin: bool) -> tuple[int, ...]:
        """Token ids, after the begin-of-sequence token when `begin` is set and the model has one.

        Text that looks like a control token (`<end_of_turn>`) stays text.
        """
        raw = text.encode()
        buffer = (self._lib.llama_token * (len(raw) + 8))()
        count = self._lib.llama_tokenize(self._vocab, raw, len(raw), buffer, len(buffer), begin, False)
        if count < 0:
            raise ModelError("llama.cpp could not split the prompt into tokens.")
        return tuple(buffer[:count])

    def token_bytes(self, token: int) -> bytes:
        """UTF-8 bytes of a token, perhaps only a part of a character; empty for control tokens."""
        size = 64
        while True:
            buffer = ctypes.create_string_buffer(size)
            count = self._lib.llama_token_to_piece(self._vocab, token, buffer, size, 0, False)
            if count >= 0:
                return buffer.raw[:count]
            size = -count

    def is_end(self, token: int) -> bool:
        """Whether the token ends the generation."""
        return bool(self._lib.llama_vocab_is_eog(self._vocab, token))

    def clear(self) -> None:
        """Empties the key/value cache, so that what follows lies in the same cells as the first time."""
        self._lib.llama_memory_clear(self._memory, True)

    def evaluate(self, tokens: Sequence[int]) -> None:
        """Appends at most BATCH_TOKENS tokens to the sequence; the logits are then those after the last one."""
        buffer = (self._lib.llama_token * len(tokens))(*tokens)
        result = self._lib.llama_decode(self._context, self._lib.llama_batch_get_one(buffer, len(tokens)))
        if result != 0:
            raise ModelError(f"llama.cpp could not evaluate the prompt (code {result}): restart the service.")

    def log_probability(self, token: int) -> float:
        """Natural logarithm of the token's probability after what was evaluated last."""
        logits = self._logits().astype(np.float64)
        return float(logits[token] - np.logaddexp.reduce(logits))

    def save(self) -> bytearray:
        """A copy of the key/value cache (without logits); about 18 kB a token for Gemma 3 270M."""
        size = self._lib.llama_state_seq_get_size(self._context, 0)
        state = bytearray(size)
        if self._lib.llama_state_seq_get_data(self._context, _as_bytes(state), size, 0) != size:
            raise ModelError("llama.cpp could not save the state of the prompt's prefix.")
        return state

    def restore(self, state: bytearray) -> None:
        """Clears the cache and puts a saved copy back, bit for bit."""
        self.clear()
        if self._lib.llama_state_seq_set_data(self._context, _as_bytes(state), len(state), 0) == 0:
            raise ModelError("llama.cpp could not restore the state of the prompt's prefix.")

    @contextmanager
    def chooser(self, temperature: float, seed: int) -> Iterator[Callable[[], int]]:
        """Gives a function that picks the next token from the current logits.

        Temperature 0 takes the likeliest; above it, one of the likeliest 40 within 95 % of the probability, by a
        random generator that starts from `seed`.
        """
        if temperature <= 0:
            yield self._likeliest
            return
        lib = self._lib
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        try:
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_top_k(_TOP_K))
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_top_p(_TOP_P, 1))
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_temp(temperature))
            lib.llama_sampler_chain_add(chain, lib.llama_sampler_init_dist(seed % _RANDOM_SEED))
            yield lambda: int(lib.llama_sampler_sample(chain, self._context, -1))
        finally:
            lib.llama_sampler_free(chain)

    def close(self) -> None:
        """Frees model and context; the engine cannot be used afterwards."""
        if self._context is not None:
            self._lib.llama_free(self._context)
            self._lib.llama_model_free(self._model)
            self._context = self._model = None

    def _adapt(self, path: Path) -> None:
        """Applies the adapter at full strength; llama.cpp frees it with the model."""
        remedy = (
            "install Amtslotse again if it is ours, name another one, or set AMTSLOTSE_LLM_ADAPTER=none to answer "
            "without one"
        )
        check_is_gguf(path, remedy)
        adapter = self._lib.llama_adapter_lora_init(self._model, str(path).encode())
        if not adapter:
            raise ModelError(f"The adapter {path} is damaged or made for another model: {remedy}.")
        adapters = (self._lib.llama_adapter_lora_p_ctypes * 1)(ctypes.cast(adapter, ctypes.POINTER(ctypes.c_void_p)))
        if self._lib.llama_set_adapters_lora(self._context, adapters, 1, (ctypes.c_float * 1)(1.0)) != 0:
            raise ModelError(f"The adapter {path} cannot be applied to this model: {remedy}.")

    def _likeliest(self) -> int:
        logits = self._logits()
        token = int(logits.argmax())
        if not np.isfinite(logits[token]):
            raise ModelError(
                "llama.cpp computed no usable probabilities: check the model with `amtslotse models verify`; if it is "
                "whole, rebuild llama-cpp-python with `make setup`."
            )
        return token

    def _logits(self) -> NDArray[np.float32]:
        pointer = self._lib.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(pointer, shape=(self._vocab_size,))


def _as_bytes(state: bytearray) -> Any:
    return (ctypes.c_uint8 * len(state)).from_buffer(state)
