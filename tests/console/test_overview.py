"""The first pages after signing in."""

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.account import Role
from tests.console.staff import Person, sign_in, text_of


def test_nobody_sees_a_page_without_signing_in_and_comes_back_to_it_afterwards(app: FastAPI) -> None:
    response = TestClient(app).get("/console/musterstadt?page=2", follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "/console/sign-in?back=%2Fconsole%2Fmusterstadt%3Fpage%3D2"


def test_who_works_for_one_town_lands_in_it(desk: Person) -> None:
    response = desk.get("/console/")
    assert response.url.path == "/console/musterstadt"
    assert "Guten Tag, Kim" in text_of(response)


def test_the_navigation_shows_what_a_role_may_see(desk: Person, editor: Person, admin: Person) -> None:
    shown = {person: text_of(person.get("")) for person in (desk, editor, admin)}
    assert "Gespräche" in shown[desk] and "Einstellungen" not in shown[desk]
    assert "Veröffentlichen" in shown[editor] and "Gespräche" not in shown[editor]
    assert "Einstellungen" in shown[admin] and "Gespräche" in shown[admin]


def test_the_staff_of_another_town_is_kept_out(app: FastAPI) -> None:
    stranger = sign_in(app, Role.ADMIN, tenant="anderswo")
    response = stranger.get("")
    assert response.status_code == 403
    assert "Berechtigung" in text_of(response)


def test_a_page_that_does_not_exist_says_so_in_the_consoles_own_look(desk: Person) -> None:
    response = desk.get("gibt-es-nicht")
    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in text_of(response)
