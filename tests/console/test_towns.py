"""A town of which nothing is published yet keeps nobody from their work."""

from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI

from app.accounts.account import EVERY_TENANT, Role
from app.api.dependencies import Running
from tests.console.staff import Person, sign_in, text_of

NEW = "neustadt"


@pytest.fixture
def new_town(app: FastAPI, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Somebody has begun to write the texts of another town."""
    generations = cast(Running, app.state.running).service.generations
    known = generations.tenants()
    monkeypatch.setattr(generations, "tenants", lambda: (*known, NEW))


@pytest.mark.usefixtures("new_town")
def test_the_account_page_opens_for_the_staff_of_other_towns(desk: Person) -> None:
    assert desk.get("/console/account").status_code == 200


@pytest.mark.usefixtures("new_town")
def test_the_installations_admin_sees_it_by_its_id_and_may_give_roles_for_it(app: FastAPI) -> None:
    chief = sign_in(app, Role.ADMIN, tenant=EVERY_TENANT)
    home, users = chief.get("/console/"), chief.get("/console/users")
    assert (home.status_code, users.status_code) == (200, 200)
    assert NEW in text_of(home) and "Musterstadt" in text_of(home)
    assert f'value="{NEW}:editor"' in users.text
