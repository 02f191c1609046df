"""What the manifest of the published state says, and what it does not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.index.manifest import ApprovalEntry, ImportEntry, Manifest
from app.tenants.declarations import Transparency
from app.tenants.publishing import Publishing
from app.tenants.tenant import Tenant, load_tenant
from app.transparency.published import evaluation_entry, knowledge_entry
from app.wording.transparency import transparency_catalog
from tests.knowledge import SERVICES, TENANT
from tests.transparency.samples import MEASURED, active_manifest

DE = transparency_catalog("de")
APPROVED_AT = datetime(2026, 5, 2, 12, 0, tzinfo=UTC)
APPROVAL = ApprovalEntry(by="Erika Beispiel", at=APPROVED_AT)
IMPORTED = ImportEntry(signer="00", at=APPROVED_AT, by="Max Beispiel", parent=None, embedding="e5")


@pytest.fixture
def manifest(published: Path) -> Manifest:
    return active_manifest(published).model_copy(update={"created_by": "Jo Beispiel"})


@pytest.fixture
def tenant(small_knowledge: Path) -> Tenant:
    return load_tenant(small_knowledge / TENANT)


def test_texts_services_languages_and_owners_are_counted(manifest: Manifest, tenant: Tenant) -> None:
    entry = knowledge_entry(manifest, tenant, DE)
    assert entry.texts == len(SERVICES)
    assert entry.services == len(SERVICES) - 1
    assert [(each.language, each.texts) for each in entry.languages] == [("de", 8), ("en", 1)]
    assert sum(owner.texts for owner in entry.owners) == entry.texts
    assert entry.first_review <= entry.last_review


def test_who_published_is_a_role_unless_the_town_names_people(manifest: Manifest, tenant: Tenant) -> None:
    approved = manifest.model_copy(update={"approval": APPROVAL})
    for state in (manifest, approved, manifest.model_copy(update={"imported_from": IMPORTED})):
        assert "Beispiel" not in knowledge_entry(state, tenant, DE).published_by
    assert "zweiten Person" in knowledge_entry(approved, tenant, DE).published_by
    naming = tenant.model_copy(update={"transparency": Transparency(names_publisher=True)})
    assert knowledge_entry(manifest, naming, DE).published_by == "Jo Beispiel"
    both = knowledge_entry(approved, naming, DE)
    assert both.published_by == "Jo Beispiel, freigegeben von Erika Beispiel"
    assert both.published_at == APPROVED_AT


def test_a_state_that_was_not_measured_has_no_figures(manifest: Manifest, tenant: Tenant) -> None:
    entry = evaluation_entry(manifest, tenant, DE)
    assert (entry.measured, entry.figures) == (False, None)
    assert entry.text.startswith("Nicht gemessen")


def test_figures_come_with_day_questions_model_and_the_towns_goals(manifest: Manifest, tenant: Tenant) -> None:
    goals = tenant.model_copy(update={"publishing": Publishing(right=0.9, right_refusals=0.7)})
    entry = evaluation_entry(manifest.model_copy(update={"evaluation": MEASURED}), goals, DE)
    assert entry.figures is not None
    assert (entry.figures.right, entry.figures.goal_right) == (0.789, 0.9)
    assert (entry.figures.right_refusals, entry.figures.goal_right_refusals) == (None, 0.7)
    assert entry.figures.measured_on == manifest.created_at.astimezone(tenant.zone).date()
    assert "331 Prüffragen" in entry.text
    assert "gemma-3-270m" in entry.text


def test_figures_measured_without_a_language_model_say_so(manifest: Manifest, tenant: Tenant) -> None:
    quoted = MEASURED.model_copy(update={"model": "none"})
    entry = evaluation_entry(manifest.model_copy(update={"evaluation": quoted}), tenant, DE)
    assert "ohne Sprachmodell" in entry.text
