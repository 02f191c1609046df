"""Health: what was found, and what to do."""

from dataclasses import replace

from fastapi import FastAPI

from app.daily_work import work_once
from app.switches.state import InForce
from tests.console.staff import Person, text_of
from tests.insight.samples import TOWN


def test_a_running_service_shows_models_index_disk_and_log(app: FastAPI, admin: Person) -> None:
    said = text_of(admin.get("health"))
    service = app.state.running.service
    assert service.generations.active(TOWN).id in said
    assert service.pipeline.embedder.info.revision in said
    assert "Speicherplatz" in said
    assert "Antwortprotokoll" in said


def test_a_failed_purge_says_what_to_do(app: FastAPI, admin: Person) -> None:
    running = app.state.running
    running.insight.upkeep.note("purge", running.clock(), "The disk is full.")
    said = text_of(admin.get("health"))
    assert "Bitte handeln Sie." in said
    assert "The disk is full." in said
    assert "amtslotse records purge" in said


def test_the_daily_work_is_named(app: FastAPI, admin: Person) -> None:
    running = app.state.running
    work_once(running.service.records, running.settings, running.insight.upkeep, running.clock())
    assert "Datenbank aufgefrischt" in text_of(admin.get("health"))


def test_only_admins_see_it(desk: Person, editor: Person) -> None:
    assert desk.get("health").status_code == 403
    assert editor.get("health").status_code == 403


def test_a_paused_bot_is_named_with_the_way_to_the_switches(app: FastAPI, admin: Person) -> None:
    running = app.state.running
    paused = replace(running.service, switches=lambda tenant, at: InForce(bot_paused=True))
    app.state.running = replace(running, service=paused)
    page = admin.get("health")
    assert "der ganze Chatbot" in page.text
    assert 'href="/console/musterstadt/switches"' in page.text
    assert "Der Chatbot ist angehalten" in text_of(admin.get(""))
