"""Every form of the console, found by its route: none is taken from strangers, nor without the right to send it."""

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.datastructures import State

from app.accounts.account import EVERY_TENANT, Role
from app.console.application import create_console
from tests.console.staff import TENANT, Person, sign_in, text_of

SIGNING_IN = "/sign-in"
"""The only form for people without a session; tests/console/test_sign_in.py has its own tests of strangers."""
OF_ANYBODY = ("/sign-out", "/account/")
"""Forms about oneself: whoever is signed in may send them."""


def _posts() -> list[str]:
    """Paths below /console that take a form, with an example in the place of every parameter."""
    described = create_console(State()).openapi()["paths"]
    paths = [path for path, methods in described.items() if "post" in methods and path != SIGNING_IN]
    return sorted({"/".join(_example(part) for part in path.split("/")) for path in paths})


def _example(part: str) -> str:
    if part == "{tenant}":
        return TENANT
    return "1" if part.startswith("{") else part


POSTS = _posts()


def _post(person: Person, path: str, data: dict[str, str], **headers: str) -> Response:
    return person.client.post(f"/console{path}", data=data, headers=headers, follow_redirects=False)


def test_the_forms_are_found() -> None:
    assert {"/sign-out", "/account/password", "/users", f"/{TENANT}/users", f"/{TENANT}/users/1/roles"} <= set(POSTS)
    assert len(POSTS) > 15


def test_no_form_is_taken_without_a_session(app: FastAPI) -> None:
    client = TestClient(app)
    for path in POSTS:
        response = client.post(f"/console{path}", data={"csrf": "x"}, follow_redirects=False)
        assert (path, response.status_code) == (path, 303)
        assert response.headers["location"].startswith("/console/sign-in?"), path


def test_no_form_is_taken_without_its_secret(app: FastAPI) -> None:
    chief = sign_in(app, Role.ADMIN, tenant=EVERY_TENANT)
    other = sign_in(app, Role.ADMIN, tenant=EVERY_TENANT)
    for path in POSTS:
        for data in ({}, {"csrf": ""}, {"csrf": other.csrf}, {"csrf": chief.csrf[:-1]}):
            response = _post(chief, path, data)
            assert (path, response.status_code) == (path, 403)
            assert "Das Formular ist abgelaufen" in text_of(response), path


def test_no_form_is_taken_from_another_site(app: FastAPI) -> None:
    chief = sign_in(app, Role.ADMIN, tenant=EVERY_TENANT)
    for path in POSTS:
        for headers in (
            {"Origin": "https://evil.example"},
            {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
        ):
            response = _post(chief, path, {"csrf": chief.csrf}, **headers)
            assert (path, response.status_code) == (path, 403)
            assert "von einer fremden Seite" in text_of(response), path


def test_no_form_is_taken_from_the_staff_of_another_town(app: FastAPI) -> None:
    stranger = sign_in(app, Role.ADMIN, tenant="anderswo")
    for path in POSTS:
        if path.startswith(OF_ANYBODY):
            continue
        response = _post(stranger, path, {"csrf": stranger.csrf})
        assert (path, response.status_code) == (path, 403)
        said = text_of(response)
        assert "Berechtigung" in said or "Administration der ganzen Anlage" in said, path


def test_no_form_for_admins_is_taken_from_others(app: FastAPI) -> None:
    people = [sign_in(app, Role.DESK), sign_in(app, Role.EDITOR)]
    for_admins = [path for path in POSTS if "/users" in path or "/settings" in path]
    for path in for_admins:
        for person in people:
            assert (path, _post(person, path, {"csrf": person.csrf}).status_code) == (path, 403)
