"""`tenant.yaml`: what one municipality tells the service about itself."""

from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from app.errors import ConfigurationError, UnknownTenantError
from app.tenants.declarations import Accessibility, Transparency
from app.tenants.disclosure import checked_disclosure
from app.tenants.handover import Handover
from app.tenants.office import Office
from app.tenants.publishing import Publishing
from app.tenants.strict import SLUG_PATTERN, Strict

ORIGIN_PATTERN = r"^https?://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?$"
"""As browsers send it; nothing that would mean more in a header, such as `*` or `;`."""


class Privacy(Strict):
    """What the notice under GDPR Art. 13 says first."""

    controller: str
    data_protection_officer: str
    purpose: str
    legal_basis: str
    notice_url: str


def _with_address(url: str) -> str:
    if not url.startswith("https://") or "{address}" not in url:
        raise ValueError(f"map_url '{url}' must begin with https:// and hold {{address}}, or be left empty")
    return url


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"unknown time zone '{name}'") from error
    return name


class Tenant(Strict):
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
