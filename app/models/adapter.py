"""The LoRA adapter that turns the embedded base model into one that phrases answers from given sentences."""

from pathlib import Path

from app.errors import ConfigurationError
from app.settings import Settings

BUILTIN_ADAPTER = Path(__file__).with_name("draft_adapter.gguf")
ADAPTED_LANGUAGES = ("de", "en")
"""Languages of the examples that the adapter was trained on."""
_BUILTIN_FITS = "gemma-3-270m"
"""Catalog id of the model that the adapter was trained for."""


def adapter_path(settings: Settings) -> Path | None:
    """The adapter to load: ours where it fits the model, a file of the operator's, or none.

    Raises:
        ConfigurationError: the setting names a file that is not there.
    """
    name = settings.llm_adapter
    if name == "none":
        return None
    if name == "builtin":
        return BUILTIN_ADAPTER if settings.llm_model == _BUILTIN_FITS else None
    path = Path(name)
    if not path.is_file():
        raise ConfigurationError(
            f"AMTSLOTSE_LLM_ADAPTER names {path}, which is not a file: give the path of a GGUF adapter, or `builtin` "
            "or `none`."
        )
    return path
