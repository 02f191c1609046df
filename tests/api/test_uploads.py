"""Large bodies: to the console, and from people who are signed in."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.accounts.account import Role
from app.answering.service import AnsweringService
from app.api.errors import MAX_BODY_BYTES, MAX_UPLOAD_BYTES
from app.settings import Settings
from tests.console.staff import TENANT, Person, sign_in, text_of
from tests.servers import running_app

LARGE = {"name": "x" * (MAX_BODY_BYTES + 1)}


@pytest.fixture
def person(service: AnsweringService, settings: Settings) -> Iterator[Person]:
    with running_app(service, settings) as app:
        yield sign_in(app, Role.ADMIN)


def test_whoever_is_signed_in_may_send_a_large_form_to_the_console(person: Person) -> None:
    response = person.post("users", LARGE)
    assert response.status_code == 422
    assert "höchstens 100 Zeichen" in text_of(response)


def test_nobody_else_may_and_is_led_to_the_sign_in(person: Person) -> None:
    strangers = TestClient(person.client.app), TestClient(person.client.app, cookies={"amtslotse_session": "forged"})
    for stranger in strangers:
        response = stranger.post(f"/console/{TENANT}/users", data=LARGE, follow_redirects=False)
        assert response.status_code == 303
        assert response.headers["location"].startswith("/console/sign-in")


def test_a_session_opens_no_other_path_for_large_bodies(person: Person) -> None:
    everywhere = TestClient(person.client.app, cookies=dict(person.client.cookies))
    for path in (f"/api/v1/{TENANT}/chat", "/consolex", "/"):
        response = everywhere.post(path, content=b"x" * (MAX_BODY_BYTES + 1))
        assert response.status_code == 413


def test_what_is_too_large_for_anybody_is_said_on_a_page(person: Person) -> None:
    headers = {"Content-Length": str(MAX_UPLOAD_BYTES + 1), "Content-Type": "application/x-www-form-urlencoded"}
    response = person.client.post(f"/console/{TENANT}/users", content=b"x", headers=headers)
    assert response.status_code == 413
    assert "Höchstens 20 MB" in text_of(response)


def test_what_is_far_too_large_is_not_even_thrown_away(person: Person) -> None:
    for length in (str(2 * MAX_UPLOAD_BYTES + 1), "9" * 20, "-1", "x"):
        headers = {"Content-Length": length}
        response = TestClient(person.client.app).post("/console/", content=b"x", headers=headers)
        assert response.headers["connection"] == "close"


def test_a_body_without_a_length_stays_small(person: Person) -> None:
    def body() -> Iterator[bytes]:
        yield b"name="
        for _ in range(40):
            yield b"x" * 4096

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    response = person.client.post(f"/console/{TENANT}/users", content=body(), headers=headers)
    assert response.status_code == 413
