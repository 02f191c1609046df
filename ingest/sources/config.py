"""`sources.yaml`: where a town's texts come from, what they have in common, and how their headings are meant."""

import re
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from app.errors import ConfigurationError
from app.index.modules import ModuleKind, kind_of_heading
from ingest.document import Text, Url
from ingest.sources.text_yaml import TextLoader

SOURCES_FILE = "sources.yaml"

SKIP = "skip"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _inside(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts:
        raise ValueError("give a file or folder inside the town's folder, without '..'")
    return PurePosixPath(path).as_posix()


def _host(host: str) -> str:
    if not re.fullmatch(r"[\w.-]+", host):
        raise ValueError(f"'{host}' is no host name: write it like 'www.musterstadt.example'")
    return host.casefold().rstrip(".")


def _target(value: object) -> ModuleKind | None:
    if value == SKIP:
        return None
    kind = kind_of_heading(str(value))
    try:
        return kind or ModuleKind(str(value))
    except ValueError:
        raise ValueError(f"'{value}' is no module: use one of {', '.join(ModuleKind)}, or {SKIP}") from None


HeadingTarget = Annotated[ModuleKind | None, BeforeValidator(_target)]
"""What a heading is mapped to: a FIM module by its name or German heading, or None (`skip`) to leave its text out."""


class Defaults(_Strict):
    """Front matter fields that hold for every text of a source, unless the text itself says otherwise."""

    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")] | None = None
    variant: Literal["standard", "einfach", "leicht"] | None = None
    office: Text | None = None
    online_service_url: Url | None = None
    source_url: Url | None = None
    license: Text | None = None
    owner: Text | None = None
    reviewed_by: Text | None = None
    reviewed_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def stated(self) -> dict[str, object]:
        """The fields that are given, by name."""
        return self.model_dump(exclude_none=True)


class _Source(_Strict):
    defaults: Defaults = Defaults()
    headings: dict[Text, HeadingTarget] = Field(default_factory=dict)
    """Headings of this source and what they mean; case, spacing and marks at the ends don't matter."""
    id_prefix: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")] | None = None
    """Put before ids that are made from file names or addresses; ids that a text states stay as they are."""


class _FileSource(_Source):
    path: Annotated[str, AfterValidator(_inside)]
    """File or folder, relative to the town's folder; subfolders are read too."""
    max_megabytes: float = Field(default=20, gt=0, le=1000)
    """Larger files are not opened, but reported."""


class MarkdownSource(_FileSource):
    """Texts with front matter and one `## heading` a module."""

    kind: Literal["markdown"] = "markdown"
    max_megabytes: float = Field(default=2, gt=0, le=1000)
    """A book has one."""


class HtmlSource(_FileSource):
    """Saved pages of a website."""

    kind: Literal["html"] = "html"
    max_megabytes: float = Field(default=10, gt=0, le=1000)
    """Pages saved with their pictures inside are large; text alone never is."""


class PdfSource(_FileSource):
    """PDF files with a text layer."""

    kind: Literal["pdf"] = "pdf"


class DocxSource(_FileSource):
    """Word files."""

    kind: Literal["docx"] = "docx"


class XzufiSource(_FileSource):
    """A delivery in XZuFi 2.2: one file, or a folder with an `index.txt`."""

    kind: Literal["xzufi"] = "xzufi"
    offices: dict[Text, Text] = Field(default_factory=dict)
    """Name or key of an `organisationseinheit` -> id of an office, for those that its name doesn't tell."""
    max_megabytes: float = Field(default=200, gt=0, le=1000)


class CrawlSource(_Source):
    """A website, read from its sitemap or by following links from a start page."""

    kind: Literal["crawl"] = "crawl"
    start: Url | None = None
    sitemap: Url | None = None
    allowed_hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    """Hosts that may be asked; empty means those of `start` and `sitemap`: see `hosts`."""
    allow_private_addresses: bool = False
    """Whether hosts may resolve to addresses of the own network or machine."""
    requests_per_second: float = Field(default=1, gt=0, le=20)
    max_pages: int = Field(default=500, ge=1, le=50_000)
    max_megabytes: float = Field(default=20, gt=0, le=1000)
    """Of one page, unpacked."""
    max_minutes: float = Field(default=120, gt=0, le=24 * 60)
    """After that nothing more is asked for; pages of the last crawl stand in for those that are missing."""
    timeout_s: float = Field(default=20, gt=0, le=600)
    """For one answer to begin to come; the whole of it may take three times as long."""
    reuse_minutes: float = Field(default=10, ge=0, le=7 * 24 * 60)
    """What was asked for less than this ago is not asked for again: `check`, `diff` and `publish` see the same site."""
    proxy: Url | None = None
    """Asks through this proxy, never through one from the environment.

    A proxy resolves names itself, so that keeping private addresses out is its business then.
    """
    contact: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{3,200}$")] | None = None
    """Mail or web address of whoever crawls; the site's owner finds it in the user agent.

    Without one, that names the site itself.
    """
    include: tuple[Text, ...] = ()
    """Patterns like `/leistungen/*`, matched against path and query of an address: only these pages become texts.

    Others are only asked for their links. Empty means all.
    """
    exclude: tuple[Text, ...] = ()
    """The same; what matches is never asked for, even if `include` matches too."""

    @model_validator(mode="after")
    def _has_beginning(self) -> Self:
        if self.start is None and self.sitemap is None:
            raise ValueError("give 'start' or 'sitemap'")
        return self

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that may be asked, in lower case."""
        beginnings = (urlsplit(url).hostname for url in (self.start, self.sitemap) if url is not None)
        return frozenset(self.allowed_hosts or (host for host in beginnings if host))


FileSource = MarkdownSource | HtmlSource | PdfSource | DocxSource | XzufiSource
Source = FileSource | CrawlSource


class SourcesConfig(_Strict):
    """All sources of a town, in the order in which they are read."""

    sources: tuple[Annotated[Source, Field(discriminator="kind")], ...] = Field(min_length=1)


DEFAULT_SOURCES = SourcesConfig(sources=(MarkdownSource(path="services"),))
"""Of a town without `sources.yaml`."""


def load_sources(folder: Path) -> SourcesConfig:
    """Reads `sources.yaml` in a town's folder; without one, Markdown below `services/` is the only source.

    Raises:
        ConfigurationError: it is not valid; the message names file and field.
    """
    path = folder / SOURCES_FILE
    try:
        raw = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=TextLoader)  # noqa: S506 - makes texts only
    except FileNotFoundError:
        return DEFAULT_SOURCES
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(f"{path} is not readable YAML in UTF-8: {' '.join(str(error).split())}") from error
    if not isinstance(raw, dict) or "sources" not in raw:
        raise ConfigurationError(
            f"{path}: write 'sources:' and below it '- kind: …' with its 'path: …' for each source."
        )
    try:
        return SourcesConfig.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(
            f"{path}: {_place(first['loc'])}: {first['msg'].removeprefix('Value error, ')}"
        ) from error


def _place(loc: tuple[Any, ...]) -> str:
    """Like `source 2 (html): defaults.office`, sources counted from 1."""
    if len(loc) > 1 and loc[0] == "sources":
        kind = f" ({loc[2]})" if len(loc) > 2 else ""
        field = ".".join(str(part) for part in loc[3:])
        return f"source {int(loc[1]) + 1}{kind}" + (f": {field}" if field else "")
    return ".".join(str(part) for part in loc) or "the file"
