"""The settings pages: forms on the real file, checked by the real model."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from app.settings import Settings
from app.tenants.tenant import Tenant, load_tenant
from tests.console.staff import TENANT, Person, text_of
from tests.knowledge import copy_knowledge

OFFICE = "settings/offices/buergeramt"


@pytest.fixture
def settings(published_copy: Path, tmp_path: Path) -> Settings:
    """Saving writes, so this test has folders of its own."""
    return Settings(data_dir=published_copy, knowledge_dir=copy_knowledge(tmp_path / "knowledge", ()))


def _form(person: Person, path: str) -> dict[str, list[str]]:
    """What a browser would post of the page's form, unchanged."""
    page: Any = html.document_fromstring(person.get(path).text)
    (form,) = (each for each in page.forms if each.action.endswith(path))
    fields: dict[str, list[str]] = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    fields.pop("csrf")
    return fields


def _save(person: Person, path: str, **changes: str | list[str]) -> str:
    fields = _form(person, path) | {name.replace("__", "-"): value for name, value in changes.items()}
    response = person.post(path, {**fields, "action": "save"})
    return unescape(text_of(response))


def _tenant(settings: Settings) -> Tenant:
    return load_tenant(settings.knowledge_dir / TENANT)


def test_only_an_admin_gets_in(desk: Person, editor: Person) -> None:
    for person in (desk, editor):
        for path in ("settings", OFFICE, "settings/expert", "settings/versions"):
            assert person.get(path).status_code == 403


@pytest.mark.parametrize("path", ["settings", OFFICE])
def test_an_untouched_form_changes_nothing(admin: Person, settings: Settings, path: str) -> None:
    before = (settings.knowledge_dir / TENANT / "tenant.yaml").read_bytes()
    assert "Es gab nichts zu speichern" in _save(admin, path)
    assert (settings.knowledge_dir / TENANT / "tenant.yaml").read_bytes() == before


def test_what_is_saved_stands_in_the_file_and_waits_for_publishing(admin: Person, settings: Settings) -> None:
    said = _save(
        admin, "settings", greeting__de="Moin!", suggested_questions__de="Was kostet das?\n\nWie lange?",
        languages=["de", "en"], handover__way="zammad", handover__zammad__url="https://zammad.example",
        handover__zammad__group="Bürgerservice", handover__working_days="5",
    )  # fmt: skip
    assert "Gespeichert. Es gilt, sobald Sie den nächsten Stand veröffentlichen" in said
    assert "noch nicht veröffentlicht" in said
    saved = _tenant(settings)
    assert saved.greeting["de"] == "Moin!" and saved.languages == ("de", "en")
    assert saved.suggested_questions["de"] == ("Was kostet das?", "Wie lange?")
    assert saved.handover.zammad is not None and saved.handover.zammad.group == "Bürgerservice"
    assert saved.handover.mail is None and saved.handover.working_days == 5
    assert "# public holidays follow" in (settings.knowledge_dir / TENANT / "tenant.yaml").read_text("utf-8")


def test_the_preview_shows_what_was_typed_and_saves_nothing(admin: Person, settings: Settings) -> None:
    fields = _form(admin, "settings") | {"greeting-de": "Moin, Musterstadt!"}
    page = text_of(admin.post("settings", {**fields, "action": "preview"}))
    assert page.count("Moin, Musterstadt!") == 2 and "Gespeichert ist noch nichts" in page
    assert "Moin" not in _tenant(settings).greeting["de"]


def test_mistakes_are_listed_with_links_to_their_fields(admin: Person, settings: Settings) -> None:
    fields = _form(admin, "settings") | {
        "greeting-de": "", "allowed_origins": "https://x.example/", "website": "stadt",
        "disclosure-de": "Hier antwortet Ihnen ein netter Mensch aus dem Rathaus.",
    }  # fmt: skip
    page = admin.post("settings", {**fields, "action": "save"})
    assert "Begrüßung auf Deutsch: Bitte füllen Sie dieses Feld aus." in text_of(page)
    assert page.status_code == 422 and {"greeting-de", "website"} <= set(re.findall(r'<a href="#([\w-]+)">', page.text))
    fields |= {"greeting-de": "Moin!", "website": "https://x.example"}
    page = admin.post("settings", {**fields, "action": "save"})
    assert {"disclosure-de", "allowed_origins"} <= set(re.findall(r'<a href="#([\w-]+)">', page.text))
    assert _tenant(settings).greeting["de"] != "Moin!"


def test_hours_and_exceptions_of_an_office_are_saved_as_people_write_them(admin: Person, settings: Settings) -> None:
    said = _save(
        admin, OFFICE, hours__monday="8-12 und 14 bis 16 Uhr", hours__saturday="", phone="03999 1",
        **{"exceptions-3-date": "2026-12-23", "exceptions-3-hours": "geschlossen", "exceptions-3-reason": "Inventur"},
    )  # fmt: skip
    assert "Gespeichert" in said
    office = _tenant(settings).offices[0]
    assert [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in office.hours["monday"]] == ["08:00-12:00", "14:00-16:00"]
    assert "saturday" not in office.hours and office.phone == "03999 1"
    assert [each.reason for each in office.exceptions] == ["Inventur", "Heiligabend", "Silvester", "Rosenmontag"]


def test_an_office_with_wrong_hours_is_shown_again(admin: Person, settings: Settings) -> None:
    said = _save(admin, OFFICE, hours__monday="16-8", email="amt", **{"exceptions-3-hours": "8-12"})
    assert "vor der Schließung" in said and "keine E-Mail-Adresse" in said and "Geben Sie ein Datum an" in said
    assert admin.get("settings/offices/gibt-es-nicht").status_code == 404


def test_nobodys_change_is_lost(admin: Person, settings: Settings) -> None:
    late = _form(admin, "settings") | {"greeting-de": "Servus!"}
    _save(admin, "settings", greeting__de="Moin!")
    page = admin.post("settings", {**late, "action": "save"})
    assert page.status_code == 409 and "inzwischen geändert" in text_of(page) and "Servus!" in page.text
    assert _tenant(settings).greeting["de"] == "Moin!"


def test_the_whole_file_is_checked_by_line(admin: Person, settings: Settings) -> None:
    text = (settings.knowledge_dir / TENANT / "tenant.yaml").read_text("utf-8")
    version = _form(admin, "settings/expert")["version"]
    wrong = {"text": text.replace("state: NW", "state: XX"), "version": version, "action": "save"}
    page = admin.post("settings/expert", wrong)
    assert page.status_code == 422 and "Zeile 5: state" in text_of(page)
    right = {"text": text.replace("state: NW", "state: BY"), "version": version}
    assert "Die Datei ist gültig" in text_of(admin.post("settings/expert", {**right, "action": "check"}))
    assert _tenant(settings).state == "NW"
    admin.post("settings/expert", {**right, "action": "save"})
    assert _tenant(settings).state == "BY"


def test_an_earlier_version_is_compared_and_opened_again(admin: Person, settings: Settings) -> None:
    _save(admin, "settings", greeting__de="Moin!")
    link = re.search(r'/versions/([\w-]+)"', admin.get("settings/versions").text)
    assert link is not None
    assert "Moin!" in admin.get(f"settings/versions/{link[1]}").text
    opened = admin.get(f"settings/expert?restore={link[1]}")
    assert "Das ist eine frühere Fassung" in text_of(opened) and "Moin!" not in opened.text


def test_a_file_that_somebody_broke_by_hand_opens_in_the_expert_view(admin: Person, settings: Settings) -> None:
    path = settings.knowledge_dir / TENANT / "tenant.yaml"
    path.write_text(path.read_text("utf-8").replace("state: NW", "state: XX"), "utf-8")
    page = admin.get("settings")
    assert page.url.path.endswith("/expert") and "Zeile 5" in text_of(page)
