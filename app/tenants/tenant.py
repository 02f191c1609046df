"""`tenant.yaml`: what one municipality tells the service about itself."""

from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from app.errors import ConfigurationError, UnknownTenantError
from app.tenants.disclosure import checked_disclosure
from app.tenants.handover import Handover

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

SLUG_PATTERN = r"^[a-z0-9][a-z0-9-]{1,62}$"
ORIGIN_PATTERN = r"^https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?$"
"""As browsers send it; nothing that would mean more in a header, such as `*` or `;`."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TimeSpan(_Strict):
    """Open from `start` (included) to `end` (excluded), local time of the tenant."""

    start: time
    end: time

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start >= self.end:
            raise ValueError(f"opening time {self.start:%H:%M} is not before closing time {self.end:%H:%M}")
        return self


def _parse_span(value: Any) -> Any:
    if isinstance(value, str):
        start, dash, end = value.partition("-")
        if not dash:
            raise ValueError(f"write opening hours as '08:00-12:00', not '{value}'")
        return {"start": start.strip(), "end": end.strip()}
    return value


Span = Annotated[TimeSpan, BeforeValidator(_parse_span)]


class HoursException(_Strict):
    """One day on which the weekly hours don't hold."""

    date: date
    closed: bool = False
    hours: tuple[Span, ...] = ()
    reason: str

    @model_validator(mode="after")
    def _closed_or_hours(self) -> Self:
        if self.closed == bool(self.hours):
            raise ValueError(f"exception on {self.date}: give either 'closed: true' or 'hours', not both or neither")
        return self


class Address(_Strict):
    street: str
    postal_code: str
    city: str


class Office(_Strict):
    """A place or team that citizens can turn to."""

    id: str = Field(pattern=SLUG_PATTERN)
    name: str
    article: Literal["das", "die", "der"] | None = None
    """German article of `name`, for sentences about the office."""
    synonyms: tuple[str, ...] = ()
    names: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(default_factory=dict)
    """Names in other languages (ISO 639-1); the first is shown, all are understood."""
    address: Address
    phone: str
    email: str
    url: str
    appointment_url: str | None = None
    step_free: bool | None = None
    hours: dict[Weekday, tuple[Span, ...]] = Field(default_factory=dict)
    """Weekly opening hours; a day that is not named is closed."""
    exceptions: tuple[HoursException, ...] = ()

    def name_in(self, language: str) -> str:
        """The name as it is shown in that language; the German one where it has none."""
        return self.names[language][0] if language in self.names else self.name


class Privacy(_Strict):
    """What the notice under GDPR Art. 13 says first."""

    controller: str
    data_protection_officer: str
    purpose: str
    legal_basis: str
    notice_url: str


class Contact(_Strict):
    """Somebody to turn to, in at least one way."""

    name: str = Field(min_length=1)
    phone: str | None = None
    email: str | None = Field(None, pattern=r"^[^@\s]+@[^@\s]+$")
    url: str | None = Field(None, pattern=r"^https?://\S+$")

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if not (self.phone or self.email or self.url):
            raise ValueError(f"contact '{self.name}': give a phone number, an e-mail address or a URL")
        return self


class Transparency(_Strict):
    """What the town's transparency register says beyond what is known anyway."""

    responsible_office: str | None = None
    """Id of the office that runs the chatbot; the default office when it is not named."""
    names_publisher: bool = False
    """Whether the register names who published the texts and who approved them, or says their role only."""
    complaints: Contact | None = None
    """Who takes complaints about the chatbot; without one, the responsible office."""


def _with_address(url: str) -> str:
    if not url.startswith("https://") or "{address}" not in url:
        raise ValueError(f"map_url '{url}' must begin with https:// and hold {{address}}, or be left empty")
    return url


class Accessibility(_Strict):
    """What the statement of accessibility says beyond what is known anyway; a draft until `assessed_on` is given."""

    contact: Contact | None = None
    """Who takes reports about barriers; without one, the office that runs the chatbot."""
    enforcement: Contact | None = None
    """The state's body that citizens turn to when the town does not answer; without one, its usual name."""
    assessed_on: date | None = None
    assessed_by: str | None = None
    """Whose assessment it was, as the statement names it; without it, the town's own."""
    known_gaps: tuple[str, ...] = ()
    """German sentences, added to what is known of every installation."""


def _below_the_folder(pattern: str) -> str:
    if Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        raise ValueError(f"'{pattern}' must name files below the town's folder, for example gold/dev*.yaml")
    return pattern


class Publishing(_Strict):
    """What a new state of the texts must hold before citizens get answers from it; shares are shares of 1."""

    gold: tuple[Annotated[str, AfterValidator(_below_the_folder)], ...] = ("gold/dev*.yaml",)
    """Files with the gold questions to ask, below the town's folder; `*` stands for any part of a name."""
    right: float = Field(0.8, ge=0, le=1)
    """Answerable questions that are answered rightly: at least."""
    right_refusals: float = Field(0.8, ge=0, le=1)
    """Unanswerable questions that are refused: at least."""
    invented: int = Field(0, ge=0)
    """Figures in answers that no cited source contains: at most."""
    regressions: Literal["forbid", "allow"] = "forbid"
    """Whether a question that was answered rightly before may be answered otherwise now."""
    max_shrink: float = Field(0.2, ge=0, le=1)
    """Share of the texts that may be gone: more looks like a source that failed."""
    four_eyes: bool = False
    """Whether a second person must approve before a new state is activated."""
    approval: bool = False
    """Whether a text that is edited in the console needs another editor's approval before it is saved."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"unknown time zone '{name}'") from error
    return name


class Tenant(_Strict):
    """One municipality as configured in its `tenant.yaml`."""

    id: str = Field(pattern=SLUG_PATTERN)
    name: str
    country: Literal["DE"] = "DE"
    state: Literal["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"]
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Berlin"
    languages: tuple[str, ...] = ("de",)
    website: str
    greeting: dict[str, str]
    disclosure: dict[str, str] = Field(default_factory=dict)
    """Own words by language (ISO 639-1) for saying that a machine answers; without any, the catalog's."""
    suggested_questions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    default_office: str
    allowed_origins: tuple[Annotated[str, Field(pattern=ORIGIN_PATTERN)], ...] = ()
    """Web origins of the pages that embed the widget, for example https://www.musterstadt.example."""
    privacy: Privacy
    answering: Literal["cautious", "helpful"] = "helpful"
    """Where the line between answering and refusing lies: `cautious` rather refuses, `helpful` rather answers."""
    publishing: Publishing = Publishing()
    transparency: Transparency = Transparency()
    accessibility: Accessibility = Accessibility()
    handover: Handover = Handover()
    map_url: Annotated[str, AfterValidator(_with_address)] | None = (
        "https://www.openstreetmap.org/search?query={address}"
    )
    """Where the link to the map on an office's card leads, on click only; null for no such link."""
    offices: tuple[Office, ...]

    @field_validator("disclosure")
    @classmethod
    def _says_machine(cls, texts: dict[str, str]) -> dict[str, str]:
        return {language: checked_disclosure(language, text) for language, text in texts.items()}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [office.id for office in self.offices]
        if len(ids) != len(set(ids)):
            raise ValueError("two offices have the same id")
        if self.default_office not in ids:
            raise ValueError(f"default_office '{self.default_office}' is not among the offices")
        if self.transparency.responsible_office not in (None, *ids):
            raise ValueError(f"responsible_office '{self.transparency.responsible_office}' is not among the offices")
        if "de" not in self.languages or "de" not in self.greeting:
            raise ValueError("German ('de') must be among languages and greeting")
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The tenant's time zone."""
        return ZoneInfo(self.timezone)

    def office(self, office_id: str) -> Office:
        """The office of that id, or the default office when there is none."""
        by_id = {office.id: office for office in self.offices}
        return by_id.get(office_id, by_id[self.default_office])


def load_tenant(folder: Path, tenant_id: str | None = None) -> Tenant:
    """Reads `tenant.yaml` in a folder: a tenant's knowledge, or (with its id given) a published generation.

    Raises:
        UnknownTenantError: there is no such file.
        ConfigurationError: it is not valid; the message names file and field.
    """
    path = folder / "tenant.yaml"
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except FileNotFoundError as error:
        raise UnknownTenantError(f"There is no tenant '{tenant_id or folder.name}': {path} does not exist.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path} is not readable YAML in UTF-8: {error}") from error
    try:
        tenant = Tenant.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ConfigurationError(f"{path}: {place}: {first['msg']}") from error
    expected = tenant_id or folder.name
    if tenant.id != expected:
        raise ConfigurationError(f"{path}: id is '{tenant.id}', but the tenant is called '{expected}'.")
    return tenant
