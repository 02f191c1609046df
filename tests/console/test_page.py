"""Addresses as nobody types them: pages answer with a page, and lead nowhere else."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.console.page import page_below
from tests.console.staff import Person, text_of


@pytest.mark.parametrize("address", ["/console/musterstadt", "/console/musterstadt/tasks?page=2#t1"])
def test_a_page_of_ours_is_gone_back_to(address: str) -> None:
    assert page_below(address, "/console/musterstadt", "/") == address


@pytest.mark.parametrize(
    "address",
    ["//[", "http://[/console/musterstadt", "//evil.example/console/musterstadt", "/console/musterstadt/../anderswo",
     "/console/musterstadtx", "/console/musterstadt\\evil.example", ""],
)  # fmt: skip
def test_nothing_else_is(address: str) -> None:
    assert page_below(address, "/console/musterstadt", "/") == "/"


def test_an_address_that_is_none_still_gets_the_sign_in_form(app: FastAPI) -> None:
    response = TestClient(app, raise_server_exceptions=False).get("/console/sign-in", params={"back": "//["})
    assert response.status_code == 200
    assert 'name="back" value="/console/"' in response.text


def test_a_form_from_an_origin_that_is_none_is_refused(desk: Person) -> None:
    assert desk.post("tasks", {"title": "Etwas"}, headers={"Origin": "http://["}).status_code == 403


@pytest.mark.parametrize("query", ["before=99999999999999999999", "after=-1"])
def test_a_place_that_the_log_cannot_have_is_refused(desk: Person, query: str) -> None:
    assert desk.get(f"answers?{query}").status_code == 422


@pytest.mark.parametrize("query", ["since=0001-01-01", "until=9999-12-31"])
def test_a_day_at_the_end_of_time_is_explained(desk: Person, query: str) -> None:
    response = desk.get(f"answers?{query}")
    assert response.status_code == 422
    assert "Bitte geben Sie das Datum so an" in text_of(response)


def test_a_pause_until_the_beginning_of_time_is_refused(admin: Person) -> None:
    fields = {"what": "generation", "reason": "Wartung", "until": "0001-01-01T00:00"}
    response = admin.post("switches/pause", fields)
    assert response.status_code == 422
    assert "ist kein Zeitpunkt" in text_of(response)
