"""The drafts hold what the configuration says, mark the rest, and are the same every time."""

import re
from datetime import date

import pytest

from app.answering.service import AnsweringService
from app.models.ports import Embedder
from app.settings import Settings
from app.starting import build_service
from app.tenants.tenant import Tenant
from app.transparency.compliance import DRAFTS, Draft, compliance_drafts
from app.transparency.register import ResponsibleEntry, TransparencyRegister
from tests.knowledge import TENANT
from tests.transparency.samples import register_of

DAY = date(2026, 6, 1)
ARTICLES = {
    "verarbeitungstaetigkeit": ("Artikel 30 Absatz 1", "Artikel 28", "Artikel 35", "Artikel 22"),
    "datenschutzinformation": ("Artikel 13", "Artikel 15", "Artikel 17", "Artikel 21", "Artikel 77"),
    "ki-transparenz": ("Artikel 50", "Artikel 3 Nummer 4", "Artikel 4", "Anhang III", "2024/1689"),
    "technische-massnahmen": ("Artikel 32", "Absatz 1 Buchstabe d", "Artikel 33 und 34"),
}


@pytest.fixture
def register(service: AnsweringService, settings: Settings) -> TransparencyRegister:
    return register_of(service, settings)


@pytest.fixture
def tenant(service: AnsweringService) -> Tenant:
    return service.generations.active(TENANT).tenant


@pytest.fixture
def drafts(register: TransparencyRegister, tenant: Tenant, settings: Settings) -> dict[str, Draft]:
    return {draft.name: draft for draft in compliance_drafts(register, tenant, settings, DAY)}


def _with_basis(register: TransparencyRegister, basis: str) -> TransparencyRegister:
    responsible: ResponsibleEntry = register.responsible.model_copy(update={"legal_basis": basis})
    return register.model_copy(update={"responsible": responsible})


@pytest.mark.parametrize("name", DRAFTS)
def test_a_draft_names_its_articles_day_state_and_open_places(
    drafts: dict[str, Draft], register: TransparencyRegister, name: str
) -> None:
    draft = drafts[name]
    for article in ARTICLES[name]:
        assert article in draft.markdown
    assert "1. Juni 2026" in draft.markdown
    assert register.knowledge.generation in draft.markdown
    assert register.software.version in draft.markdown
    assert "keine Rechtsberatung" in draft.markdown
    assert draft.open == draft.markdown.count("**[Bitte ergänzen: ") == draft.html.count("<mark>[Bitte ergänzen: ") > 3
    assert "None" not in draft.markdown
    assert "{{" not in draft.markdown


def test_fields_come_from_the_configuration(drafts: dict[str, Draft], tenant: Tenant, settings: Settings) -> None:
    activity = drafts["verarbeitungstaetigkeit"].markdown
    for value in (tenant.privacy.controller, tenant.privacy.data_protection_officer, tenant.privacy.purpose):
        assert value in activity
    assert f"{settings.record_retention_days} Tage" in activity
    assert tenant.privacy.legal_basis in drafts["datenschutzinformation"].markdown
    measures = drafts["technische-massnahmen"].markdown
    assert f"{settings.host}, Port {settings.port}" in measures
    assert tenant.allowed_origins[0] in measures
    assert f"höchstens {settings.rate_questions_per_address} Fragen je Netzadresse" in measures
    assert "Vier-Augen-Freigabe ist nicht eingeschaltet" in measures


def test_the_same_configuration_gives_the_same_bytes(
    register: TransparencyRegister, tenant: Tenant, settings: Settings, drafts: dict[str, Draft]
) -> None:
    later = register.model_copy(update={"generated_at": register.generated_at.replace(hour=23)})
    assert {draft.name: draft for draft in compliance_drafts(later, tenant, settings, DAY)} == drafts


@pytest.mark.parametrize(
    ("basis", "in_it", "not_in_it"),
    [
        ("Art. 6 Abs. 1 Buchst. e DSGVO", "Artikel 21", "Artikel 7 Absatz 3"),
        ("Art. 6 Abs. 1 lit. a DSGVO", "Artikel 7 Absatz 3", "Artikel 21"),
        ("Art. 6 Absatz 1 Buchstabe f DSGVO", "Berechtigte Interessen: **[Bitte ergänzen", "Artikel 20)"),
        ("Landesrecht", "Rechte prüfen, die von der Rechtsgrundlage abhängen", "Artikel 21"),
    ],
)
def test_rights_follow_the_legal_basis(
    register: TransparencyRegister, tenant: Tenant, settings: Settings, basis: str, in_it: str, not_in_it: str
) -> None:
    drafts = compliance_drafts(_with_basis(register, basis), tenant, settings, DAY)
    notice = next(draft for draft in drafts if draft.name == "datenschutzinformation").markdown
    assert in_it in notice
    assert not_in_it not in notice


def test_without_a_language_model_no_sentence_says_that_one_writes(
    service: AnsweringService, settings: Settings, embedder: Embedder, tenant: Tenant
) -> None:
    quoting = register_of(build_service(settings, embedder, None, service.records), settings)
    statement = next(
        draft for draft in compliance_drafts(quoting, tenant, settings, DAY) if draft.name == "ki-transparenz"
    ).markdown
    assert "Zurzeit läuft kein Sprachmodell" in statement
    assert "`origin: generated`" not in statement


def test_values_are_shown_letter_by_letter(register: TransparencyRegister, tenant: Tenant, settings: Settings) -> None:
    odd = _with_basis(register, "a|b <b>*fett*</b> [x](javascript:1)\n# y a_b _c_")
    for draft in compliance_drafts(odd, tenant, settings, DAY):
        text = re.sub(r"<[^>]+>", "", draft.html)
        if "fett" in text:
            assert "a|b &lt;b&gt;*fett*&lt;/b&gt; [x](javascript:1) # y a_b _c_" in text
        assert "<b>" not in draft.html
        assert "javascript:1)</" not in draft.html.replace("[x](javascript:1)", "")
        assert "<script" not in draft.html


def test_pages_need_nothing_else(drafts: dict[str, Draft]) -> None:
    for draft in drafts.values():
        assert draft.html.startswith("<!doctype html>")
        assert '<html lang="de">' in draft.html
        assert not re.search(r"<link|<img|<script|@import|url\(", draft.html)
        assert draft.html.count("<h1>") == 1
