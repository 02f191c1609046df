"""Language models for trials: the running one, none, or one other that is loaded for as long as it is used."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock, Timer

import psutil

from app.errors import InvalidInputError, ModelError
from app.models.adapter import adapter_path
from app.models.catalog import CatalogEntry, load_catalog
from app.models.factory import open_language_model
from app.models.installed import is_installed
from app.models.ports import LanguageModel
from app.settings import Settings
from app.trials.setup import QUOTES_ONLY, RUNNING, WITHOUT_ADAPTER

IDLE_S = 300.0
"""Seconds after its last answer until a loaded model gives its memory back to the citizens' service."""
_HEADROOM = 1.3
"""Memory that a model takes, in sizes of its file: weights, context and buffers."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that a set-up may name."""

    id: str
    title: str
    needs_bytes: int
    """About what it takes in memory while it is loaded."""
    fits: bool
    """Whether so much is free now."""


def model_choices(settings: Settings) -> tuple[ModelChoice, ...]:
    """The installed language models beside the running one, each also without its adapter where it has one."""
    free = psutil.virtual_memory().available
    choices: list[ModelChoice] = []
    for entry in load_catalog().models:
        if entry.kind == "llm" and is_installed(settings, entry):
            needs = int(entry.size_bytes * _HEADROOM)
            variants = ["", WITHOUT_ADAPTER] if _has_adapter(settings, entry) else [""]
            choices += [ModelChoice(f"{entry.id}{end}", entry.title, needs, needs < free) for end in variants]
    return tuple(choices)


class TrialModels:
    """Holds at most one model beside the running one. Whoever uses it waits until nobody else does."""

    def __init__(
        self,
        settings: Settings,
        running: LanguageModel | None,
        opened: Callable[[Settings], LanguageModel | None] = open_language_model,
        idle_s: float = IDLE_S,
    ) -> None:
        self._settings = settings
        self._running = running
        self._open = opened
        self._idle_s = idle_s
        self._loaded: tuple[str, LanguageModel] | None = None
        self._unload: Timer | None = None
        self._lock = Lock()

    @property
    def loaded(self) -> str | None:
        """Id of the model that is in memory for trials."""
        return self._loaded[0] if self._loaded else None

    @contextmanager
    def using(self, name: str) -> Iterator[LanguageModel | None]:
        """The model of a set-up; None for quotes only.

        Raises:
            InvalidInputError: there is too little memory for it.
            ModelError: it is not installed, or damaged.
        """
        if name in (RUNNING, QUOTES_ONLY):
            yield self._running if name == RUNNING else None
            return
        with self._lock:
            self._stay()
            try:
                yield self._load(name)
            finally:
                self._unload = Timer(self._idle_s, self.release)
                self._unload.daemon = True
                self._unload.start()

    def release(self) -> None:
        """Frees the loaded model once nobody uses it."""
        with self._lock:
            self._stay()
            self._free()

    def _load(self, name: str) -> LanguageModel:
        if self._loaded is not None and self._loaded[0] == name:
            return self._loaded[1]
        self._free()
        chosen = next((choice for choice in model_choices(self._settings) if choice.id == name), None)
        if chosen is None:
            raise ModelError(
                f"Das Modell „{name}“ ist nicht installiert. Legen Sie den Versuch mit einem anderen neu an."
            )
        if not chosen.fits:
            raise InvalidInputError(
                f"Für „{name}“ ist gerade zu wenig Arbeitsspeicher frei (nötig sind etwa "
                f"{chosen.needs_bytes / 1e9:.1f} GB). Wählen Sie ein kleineres Modell."
            )
        adapter = "none" if name.endswith(WITHOUT_ADAPTER) else self._settings.llm_adapter
        settings = self._settings.model_copy(
            update={
                "llm_backend": "embedded", "llm_model": name.removesuffix(WITHOUT_ADAPTER), "llm_adapter": adapter,
            }
        )  # fmt: skip
        model = self._open(settings)
        assert model is not None
        self._loaded = (name, model)
        return model

    def _free(self) -> None:
        if self._loaded is not None:
            self._loaded[1].close()
            self._loaded = None

    def _stay(self) -> None:
        if self._unload is not None:
            self._unload.cancel()
            self._unload = None


def _has_adapter(settings: Settings, entry: CatalogEntry) -> bool:
    return adapter_path(settings.model_copy(update={"llm_model": entry.id})) is not None
