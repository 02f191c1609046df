"""The statement of accessibility, and what a town must still add to it."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from app.tenants.declarations import Accessibility
from app.tenants.tenant import Tenant, load_tenant
from app.transparency.accessibility import _enforcement, accessibility_statement

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
CONTACT = {"name": "Stelle", "email": "stelle@stadt.example"}


@pytest.fixture
def tenant() -> Tenant:
    return load_tenant(KNOWLEDGE / "musterstadt")


def _with(tenant: Tenant, **given: Any) -> Tenant:
    return tenant.model_copy(update={"accessibility": Accessibility.model_validate(given)})


def test_without_an_assessment_it_is_a_draft_that_says_what_is_missing(tenant: Tenant) -> None:
    statement = accessibility_statement(_with(tenant))
    assert len(statement.missing) == 3
    assert statement.contact.name == "Hauptamt"
    assert statement.enforcement is None
    assert "Nordrhein-Westfalen" in statement.enforcement_name


def test_with_everything_given_it_is_no_draft(tenant: Tenant) -> None:
    given = _with(tenant, contact=CONTACT, enforcement=CONTACT, assessed_on="2026-11-20", known_gaps=["Noch etwas."])
    statement = accessibility_statement(given)
    assert statement.missing == ()
    assert statement.assessed_on == date(2026, 11, 20)
    assert statement.assessed_by == "Selbstbewertung der Stadt"
    assert statement.enforcement_name == "Stelle"
    assert statement.gaps[-1] == "Noch etwas."


def test_every_state_has_a_body_that_enforces() -> None:
    states = get_args(Tenant.model_fields["state"].annotation)
    assert set(_enforcement()) == set(states)
