"""The client for any server that speaks OpenAI's completions: llama-server, vLLM, llama_cpp.server."""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import Future
from functools import partial
from threading import Event, RLock
from typing import Any

import httpx

from app.errors import AmtslotseError, BusyError, ConfigurationError, ModelError
from app.models.call import Call, CallReader
from app.models.completion_stream import EmptyStreamError, completion_pieces, error_for
from app.models.event_loop import EventLoopThread
from app.models.ports import LanguageModelInfo, Prompt, Sampling, Scoring
from app.models.stop_filter import StopFilter
from app.models.worker import BUSY_MESSAGE, CLOSED_MESSAGE
from app.settings import Settings

logger = logging.getLogger(__name__)

_CONNECT_TIMEOUT_S = 5.0


class OpenAICompatibleLanguageModel:
    """Implements `LanguageModel` over `POST {base_url}/completions` with streaming.

    Cancelling, or dropping the reader, closes the connection at once. Temperature and seed are passed on and the
    server's prompt cache is asked to stay out; whether equal prompts give equal texts is up to the server.
    Environment proxies are ignored: requests go to the configured address only.
    """

    def __init__(self, settings: Settings) -> None:
        """Does not contact the server yet.

        Raises:
            ConfigurationError: `settings.llm_base_url` is missing or not an http(s) URL, or the key can't be read.
        """
        url = _base_url(settings)
        key = settings.language_model_key()
        self._settings = settings
        self._reported_model = settings.llm_model
        self._shown_url = str(url.copy_with(userinfo=b""))
        self._endpoint = f"{url}/completions"
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(settings.llm_timeout_s, connect=min(settings.llm_timeout_s, _CONNECT_TIMEOUT_S)),
            # A connection kept open may be one that the server is closing; a new one costs nothing beside a generation.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
            trust_env=False,
        )
        self._calls: set[Call[Sampling]] = set()
        self._closed = False
        self._lock = RLock()  # a reader that the garbage collector drops may come back in here
        self._loop = EventLoopThread("remote-language-model")

    @property
    def info(self) -> LanguageModelInfo:
        """`sha256` holds the name that the server last reported, so that a record shows when it was exchanged."""
        return LanguageModelInfo(
            name=self._settings.llm_model,
            file=self._shown_url,
            sha256=f"remote:{self._reported_model}",
            licence="unknown",
            context_tokens=self._settings.llm_context_tokens,
            runtime=f"OpenAI-compatible server (httpx {httpx.__version__})",
            draft_languages=("de", "en"),
        )

    def generate(self, prompt: Prompt, sampling: Sampling, cancel: Event | None = None) -> Iterator[str]:
        call: Call[Sampling] = Call(prompt, sampling, cancel)
        with self._lock:
            if self._closed:
                raise ModelError(CLOSED_MESSAGE)
            if len(self._calls) >= self._settings.queue_size:
                raise BusyError(BUSY_MESSAGE)
            self._calls.add(call)
            future = self._loop.start(self._run(call))
        call.on_abandon = future.cancel
        future.add_done_callback(partial(self._end, call))
        return CallReader(call)

    def log_probability(self, prompt: Prompt, scoring: Scoring, cancel: Event | None = None) -> None:
        """None: OpenAI's completions don't say how likely a given text is."""

    def close(self) -> None:
        with self._lock:
            if self._closed:
                return
            self._closed = True
        self._loop.close(last=self._client.aclose())

    def _end(self, call: Call[Sampling], future: "Future[AmtslotseError | None]") -> None:
        with self._lock:
            self._calls.discard(call)
        if future.cancelled():  # by the reader, who is gone, or by close()
            call.finish(ModelError(CLOSED_MESSAGE))
        elif (unexpected := future.exception()) is not None:
            logger.error("The client of the language model server failed", exc_info=unexpected)
            call.finish(ModelError("The client of the language model server failed: see the service's log."))
        else:
            call.finish(future.result())

    async def _run(self, call: Call[Sampling]) -> AmtslotseError | None:
        """What ended the call early, or None."""
        timeout_s = self._settings.llm_timeout_s
        try:
            async with asyncio.timeout(timeout_s):
                await self._stream(call)
        except AmtslotseError as error:
            return error
        except (TimeoutError, httpx.TimeoutException):
            return ModelError(
                f"The language model server at {self._shown_url} did not finish within {timeout_s:g} s: look at its "
                "load, or raise AMTSLOTSE_LLM_TIMEOUT_S."
            )
        except httpx.HTTPError as error:
            return ModelError(
                f"The language model server at {self._shown_url} cannot be reached or broke off "
                f"({type(error).__name__}): check that it runs and that AMTSLOTSE_LLM_BASE_URL is right."
            )
        return None

    async def _stream(self, call: Call[Sampling]) -> None:
        if call.task.max_tokens < 1:  # some servers read 0 as "no limit"
            return
        stop = StopFilter(call.task.stop)
        async with self._client.stream("POST", self._endpoint, json=self._request(call)) as response:
            if response.status_code != httpx.codes.OK:
                await response.aread()
                raise error_for(response, self._shown_url)
            try:
                async for piece in completion_pieces(response.aiter_bytes(), self._shown_url):
                    self._reported_model = piece.model or self._reported_model
                    call.put(stop.feed(piece.text))
                    if stop.stopped:
                        return
            except EmptyStreamError as error:
                raise await self._reason(call) or error from error
        call.put(stop.flush())

    async def _reason(self, call: Call[Sampling]) -> AmtslotseError | None:
        """Why a stream was empty: llama_cpp.server names a prompt that is too long only when it need not stream."""
        request = self._request(call) | {"stream": False, "max_tokens": 1}
        response = await self._client.post(self._endpoint, json=request)
        return None if response.status_code == httpx.codes.OK else error_for(response, self._shown_url)

    def _request(self, call: Call[Sampling]) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self._settings.llm_model,
            "prompt": call.prompt.text,
            "max_tokens": call.task.max_tokens,
            "temperature": call.task.temperature,
            "seed": call.task.seed,
            "stream": True,
            "cache_prompt": False,  # llama-server: what ran before must not change the text
        }
        return request | ({"stop": list(call.task.stop)} if call.task.stop else {})


def _base_url(settings: Settings) -> httpx.URL:
    try:
        url = httpx.URL((settings.llm_base_url or "").rstrip("/"))
    except httpx.InvalidURL:
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host:
        raise ConfigurationError(
            "AMTSLOTSE_LLM_BACKEND=openai needs AMTSLOTSE_LLM_BASE_URL, for example http://127.0.0.1:8080/v1."
        )
    return url
