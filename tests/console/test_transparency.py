"""Transparency pages: the register, drafts, and checks of the answer log."""

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import update

from app.answering.service import AnsweringService
from app.database.tables import answer_records
from app.settings import Settings
from tests.console.staff import TENANT, Person, text_of


@pytest.fixture
def settings(published_copy: Path, small_knowledge: Path) -> Settings:
    """A checkpoint makes the town's key in the data folder, so this test has its own."""
    return Settings(data_dir=published_copy, knowledge_dir=small_knowledge)


def _ask(person: Person) -> None:
    person.client.post(f"/api/v1/{TENANT}/chat", json={"question": "Was kostet ein Reisepass?"})


def test_the_page_shows_the_register_and_what_is_missing(admin: Person, desk: Person) -> None:
    page = text_of(admin.get("transparency"))
    assert "begrenztes Risiko" in page and "keine Prüfergebnisse" in page and "Stellen" in page
    assert f"/{TENANT}/transparenz" in admin.get("transparency").text
    assert desk.get("transparency").status_code == 403


def test_all_drafts_come_as_one_archive(admin: Person) -> None:
    response = admin.get("transparency/drafts.zip")
    names = set(zipfile.ZipFile(io.BytesIO(response.content)).namelist())
    assert {"entwuerfe.json", "verarbeitungstaetigkeit.md", "verarbeitungstaetigkeit.html"} <= names
    assert response.headers["content-disposition"].endswith('.zip"')


def test_an_untouched_log_is_told_in_plain_words_and_a_changed_one_too(
    admin: Person, service: AnsweringService
) -> None:
    assert "noch keine Einträge" in text_of(admin.post("transparency/verify"))
    _ask(admin)
    assert "Geprüfte Einträge: 1, keiner wurde verändert" in text_of(admin.post("transparency/verify"))
    with service.records.database.writing() as connection:
        connection.execute(update(answer_records).values(status="declined"))
    page = text_of(admin.post("transparency/verify"))
    assert "Das Protokoll wurde verändert" in page and "geändert" in page


def test_a_checkpoint_is_made_and_the_log_checked_against_it(admin: Person) -> None:
    assert "Es wurde kein Prüfpunkt erstellt" in text_of(admin.post("transparency/checkpoint"))
    _ask(admin)
    made = admin.post("transparency/checkpoint").content
    _ask(admin)
    checked = admin.post("transparency/verify", files={"checkpoint": ("p.json", made, "application/json")})
    assert "Geprüfte Einträge: 2" in text_of(checked) and "Bis zum Eintrag Nummer 1 stimmt alles" in text_of(checked)
    forged = made.replace(b'"sequence": 1', b'"sequence": 2')
    refused = admin.post("transparency/verify", files={"checkpoint": ("p.json", forged, "application/json")})
    assert refused.status_code == 422 and "nicht brauchbar" in text_of(refused)
