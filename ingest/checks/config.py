"""`quality.yaml`: how strict the quality gate is with one town's texts."""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.errors import ConfigurationError
from app.index.modules import ModuleKind

CONFIG_FILE = "quality.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingLimits(_Strict):
    """From where on a text counts as too hard. Sources of the values: `ingest.checks.readability`."""

    least_flesch_de: float = 30
    """Amstad's reading ease below which a German text is reported; 0 very hard, 100 very easy."""
    least_flesch_en: float = 30
    """Flesch's reading ease below which an English text is reported."""
    most_words: Annotated[int, Field(ge=8)] = 30
    """Words in a sentence of a standard text."""
    most_words_einfach: Annotated[int, Field(ge=5)] = 12
    most_words_leicht: Annotated[int, Field(ge=5)] = 10


class LinkRules(_Strict):
    """Which links are looked at, and how."""

    known_pages: tuple[str, ...] = ()
    """Addresses of the town's own website that exist without a text; `*` stands for anything."""
    requests_per_second: Annotated[float, Field(gt=0, le=20)] = 1
    """To one host, with `--external-links`."""
    timeout_seconds: Annotated[float, Field(gt=0, le=60)] = 10
    allow_private_addresses: bool = False
    """Whether `--external-links` may ask machines in private networks (an intranet)."""
    proxy: Annotated[str, Field(pattern=r"^http://[^\s]+$")] | None = None
    """Web proxy for `--external-links`; it then decides which addresses may be reached."""


class QualityConfig(_Strict):
    """One town's `quality.yaml`; every field may be left out."""

    warnings: Literal["allow", "block"] = "allow"
    """`block`: a warning without an override stops publishing."""
    expiring_days: Annotated[int, Field(ge=0)] = 30
    """Days before `valid_until` from which on a text is reported."""
    review_days: Annotated[int, Field(ge=1)] = 365
    """Days after `reviewed_on` from which on a text is reported."""
    expected_modules: tuple[ModuleKind, ...] = (ModuleKind.REQUIRED_DOCUMENTS, ModuleKind.COSTS, ModuleKind.DEADLINE)
    """What citizens ask for: a standard text without one of them is reported."""
    reading: ReadingLimits = ReadingLimits()
    links: LinkRules = LinkRules()
    public_contacts: tuple[str, ...] = ()
    """Names, mail addresses, phone and account numbers that may stand in texts, beyond those in tenant.yaml."""
    harmless_sentences: tuple[str, ...] = ()
    """Sentences, word for word, that look like an instruction to a language model and are none."""


def load_quality_config(folder: Path) -> QualityConfig:
    """The config in a town's folder; the defaults when there is no such file.

    Raises:
        ConfigurationError: the file is not valid; the message names file and field.
    """
    path = folder / CONFIG_FILE
    try:
        raw: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return QualityConfig.model_validate({} if raw is None else raw)
    except FileNotFoundError:
        return QualityConfig()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path} is not readable YAML in UTF-8: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigurationError(f"{path}: {place}: {first['msg']}") from error
