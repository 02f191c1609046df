"""The statement of accessibility of a town's chatbot (BITV 2.0, § 7), and what a person must still add to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from app.tenants.declarations import Contact
from app.tenants.tenant import Tenant
from app.wording.catalog import FALLBACK, Catalog
from app.wording.pages import page_catalog
from app.wording.transparency import group

_ENFORCEMENT = Path(__file__).with_name("enforcement.yaml")
_HEADING = frozenset({"heading"})


@dataclass(frozen=True)
class AccessibilityStatement:
    """In German, as the page shows it."""

    wording: Catalog
    missing: tuple[str, ...]
    """What the town must still add; empty: no draft any more."""
    easy: tuple[str, ...]
    scope: tuple[str, ...]
    gaps: tuple[str, ...]
    assessed_on: date | None
    assessed_by: str
    contact: Contact
    enforcement_name: str
    enforcement: Contact | None
    """With address, where the town has named it."""
    state: str


def accessibility_statement(tenant: Tenant) -> AccessibilityStatement:
    """The statement of a town, from its `accessibility` in tenant.yaml and what is known of every installation."""
    wording, given = page_catalog("accessibility", FALLBACK), tenant.accessibility
    body = _enforcement()[tenant.state]
    lacks = {
        "assessed_on": given.assessed_on is None,
        "contact": given.contact is None,
        "enforcement": given.enforcement is None,
    }
    return AccessibilityStatement(
        wording=wording,
        missing=tuple(wording.text(f"draft.{name}") for name, lacking in lacks.items() if lacking),
        easy=group(wording, "easy", without=_HEADING),
        scope=group(wording, "scope", without=_HEADING | {"text", "not"}),
        gaps=(*group(wording, "gaps", without=_HEADING), *given.known_gaps),
        assessed_on=given.assessed_on,
        assessed_by=given.assessed_by or wording.text("method.basis"),
        contact=given.contact or _office_in_charge(tenant),
        enforcement_name=given.enforcement.name if given.enforcement else body["name"],
        enforcement=given.enforcement,
        state=body["state"],
    )


def _office_in_charge(tenant: Tenant) -> Contact:
    office = tenant.office(tenant.transparency.responsible_office or tenant.default_office)
    return Contact(name=office.name, phone=office.phone, email=office.email, url=office.url)


@lru_cache(maxsize=1)
def _enforcement() -> Mapping[str, Mapping[str, str]]:
    """By state."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(_ENFORCEMENT.read_text(encoding="utf-8"))
    return loaded
