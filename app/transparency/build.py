"""Builds the register of a town from what is running and published right now."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.answering.compose import disclosure
from app.answering.service import AnsweringService
from app.index.generation import Generation
from app.settings import Settings
from app.switches.state import InForce
from app.tenants.office import Office
from app.tenants.tenant import Tenant
from app.transparency.data import data_entries
from app.transparency.energy import EnergyFigures
from app.transparency.models import OWN_LICENCE, is_remote, model_entries
from app.transparency.published import evaluation_entry, knowledge_entry
from app.transparency.register import (
    ComplaintsEntry,
    ContactEntry,
    EnergyEntry,
    OperatingState,
    OversightEntry,
    ResponsibleEntry,
    RiskEntry,
    SoftwareEntry,
    TownEntry,
    TransparencyRegister,
)
from app.transparency.shown import language_name
from app.version import code_version
from app.wording.catalog import Catalog, catalog
from app.wording.direction import direction
from app.wording.transparency import group, transparency_catalog

ENERGY_DAYS = 30
"""Days whose answers are counted; fewer where records are kept for less long."""
_AUTHORITIES = Path(__file__).with_name("authorities.yaml")


def energy_days(settings: Settings) -> int:
    """How many days back the figures on energy go."""
    return min(ENERGY_DAYS, settings.record_retention_days)


def transparency_register(
    service: AnsweringService, settings: Settings, tenant_id: str, language: str, energy: EnergyFigures, now: datetime
) -> TransparencyRegister:
    """The register in that language, or in English where it has no wording.

    Raises:
        UnknownTenantError, NotReadyError, GenerationError: nothing answers for that town.
    """
    generation, wording = service.generations.active(tenant_id), transparency_catalog(language)
    tenant, say, privacy = generation.tenant, wording.text, generation.tenant.privacy
    model = service.pipeline.language_model
    remote, writes = is_remote(model.info if model else None), model is not None
    office = tenant.office(tenant.transparency.responsible_office or tenant.default_office)
    return TransparencyRegister(
        language=wording.language,
        dir=direction(wording.language),
        generated_at=now,
        town=TownEntry(id=tenant.id, name=tenant.name, website=tenant.website),
        software=SoftwareEntry(version=code_version(), licence=OWN_LICENCE),
        disclosure=disclosure(tenant, catalog(wording.language)),
        purpose=group(wording, "purpose"),
        does_not=group(wording, "does_not"),
        risk=_risk(writes, wording),
        models=model_entries(service.pipeline, wording),
        models_note=None if writes else say("no_language_model"),
        knowledge=knowledge_entry(generation.manifest, tenant, wording),
        data=data_entries(settings, wording),
        data_note=say("data_note.remote" if remote else "data_note.local"),
        data_rights=say("data_rights"),
        responsible=ResponsibleEntry(
            controller=privacy.controller,
            data_protection_officer=privacy.data_protection_officer,
            purpose=privacy.purpose,
            legal_basis=privacy.legal_basis,
            notice_url=privacy.notice_url,
            office=_office(office, wording),
        ),
        oversight=_oversight(tenant, service.switches(tenant.id, now), wording),
        evaluation=evaluation_entry(generation.manifest, tenant, wording),
        limits=_limits(generation, writes, wording),
        energy=_energy(energy, settings, remote, wording),
        complaints=_complaints(tenant, office, wording),
    )


def _risk(writes: bool, wording: Catalog) -> RiskEntry:
    say = wording.text
    return RiskEntry(
        label=say("risk.class"),
        regulation=say("risk.regulation"),
        articles=("Art. 50(1)", "Art. 50(2)") if writes else ("Art. 50(1)",),
        why=group(wording, "why", without=frozenset({"quoted" if writes else "generated"})),
    )


def _oversight(tenant: Tenant, now: InForce, wording: Catalog) -> OversightEntry:
    say, state = wording.text, _state(now)
    blocked = len(now.services) + len(now.documents) + len(now.words)
    state_text = say(f"state.{state}")
    return OversightEntry(
        state=state,
        blocked=blocked,
        state_text=f"{state_text} {say('state.blocked', count=blocked)}" if blocked else state_text,
        measures=group(wording, "measure", without=_unless(tenant.publishing.four_eyes, "four_eyes")),
        four_eyes=tenant.publishing.four_eyes,
        contact=_office(tenant.office(tenant.default_office), wording),
    )


def _state(now: InForce) -> OperatingState:
    if now.bot_paused:
        return "paused"
    return "generation_paused" if now.generation_paused else "running"


def _limits(generation: Generation, writes: bool, wording: Catalog) -> tuple[str, ...]:
    names = ", ".join(language_name(language, wording) for language in sorted(generation.languages))
    return group(wording, "limit", without=_unless(writes, "wording"), languages=names)


def _energy(figures: EnergyFigures, settings: Settings, remote: bool, wording: Catalog) -> EnergyEntry:
    say = wording.text
    return EnergyEntry(
        days=figures.days,
        answers=figures.answers,
        median_wh=figures.median_wh,
        total_wh=figures.total_wh,
        assumed_watts=settings.power_watts,
        method=f"{say('energy.method')} {say('energy.method_remote')}" if remote else say("energy.method"),
    )


def _complaints(tenant: Tenant, office: Office, wording: Catalog) -> ComplaintsEntry:
    """To the town's complaints contact, or else to the office that runs the chatbot."""
    say, given, authority = wording.text, tenant.transparency.complaints, _authorities()[tenant.state]
    state = authority["state"][wording.language]
    return ComplaintsEntry(
        text=say("complaints.text"),
        contact=ContactEntry(**given.model_dump()) if given else _office(office, wording),
        authority=say("complaints.authority", state=state, short=authority["short"]),
        authority_text=say("complaints.authority_text"),
    )


def _office(office: Office, wording: Catalog) -> ContactEntry:
    place = office.address
    return ContactEntry(
        name=office.name_in(wording.language),
        address=f"{place.street}, {place.postal_code} {place.city}",
        phone=office.phone,
        email=office.email,
        url=office.url,
    )


def _unless(holds: bool, name: str) -> frozenset[str]:
    return frozenset() if holds else frozenset({name})


@lru_cache(maxsize=1)
def _authorities() -> Mapping[str, Mapping[str, Any]]:
    """By state."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(_AUTHORITIES.read_text(encoding="utf-8"))
    return loaded
