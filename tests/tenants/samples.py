"""Tenants for tests: the real sample town, and a small one whose hours a test can rely on."""

from functools import lru_cache
from typing import Any

from app.settings import PROJECT_ROOT
from app.tenants.tenant import Tenant, load_tenant


@lru_cache(maxsize=1)
def musterstadt() -> Tenant:
    """The sample municipality as published."""
    return load_tenant(PROJECT_ROOT / "knowledge" / "musterstadt")


def office_data(**changes: Any) -> dict[str, Any]:
    """One valid office as tenant.yaml would give it, with some fields changed."""
    return {
        "id": "buergeramt",
        "name": "Bürgeramt",
        "article": "das",
        "synonyms": ["Bürgerbüro"],
        "names": {"en": ["Citizens' Office"]},
        "address": {"street": "Rathausplatz 1", "postal_code": "99001", "city": "Beispielstadt"},
        "phone": "03999 115-200",
        "email": "buergeramt@beispielstadt.example",
        "url": "https://www.beispielstadt.example/buergeramt",
        "hours": {
            "monday": ["14:00-16:00", "08:00-12:00"],
            "tuesday": ["08:00-12:00"],
            "thursday": ["08:00-18:00"],
            "saturday": ["10:00-12:30"],
        },
        "exceptions": [
            {"date": "2026-12-24", "closed": True, "reason": "Heiligabend"},
            {"date": "2026-12-28", "hours": ["09:00-10:00"], "reason": "Inventur"},
            {"date": "2026-12-26", "hours": ["10:00-11:00"], "reason": "Sonderöffnung"},
        ],
        **changes,
    }


def tenant_data(**changes: Any) -> dict[str, Any]:
    """One valid tenant as its YAML would give it, with some fields changed."""
    return {
        "id": "beispielstadt",
        "name": "Beispielstadt",
        "state": "NW",
        "website": "https://www.beispielstadt.example",
        "greeting": {"de": "Guten Tag!"},
        "default_office": "buergeramt",
        "privacy": {
            "controller": "Stadt Beispielstadt",
            "data_protection_officer": "datenschutz@beispielstadt.example",
            "purpose": "Auskunft",
            "legal_basis": "Art. 6 DSGVO",
            "notice_url": "https://www.beispielstadt.example/datenschutz",
        },
        "offices": [office_data()],
        **changes,
    }


def tenant(**changes: Any) -> Tenant:
    """A small town with one office."""
    return Tenant.model_validate(tenant_data(**changes))
