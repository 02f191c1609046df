"""Hours and telephone numbers of offices are those of tenant.yaml."""

import pytest

from app.index.modules import ModuleKind
from ingest.checks.office_facts import check_office_facts
from tests.ingest.checks.given import codes, found, text


@pytest.mark.parametrize(
    "body",
    [
        "Das Steueramt erreichen Sie unter 03999 115-611.",
        "Das Steueramt ist montags von 9 bis 16 Uhr geöffnet.",
        "Das Steueramt ist Mo–Fr 9–12 Uhr geöffnet.",
        "Die Stadtkasse hat samstags von 9 bis 12 Uhr geöffnet.",
    ],
)
def test_what_differs_from_tenant_yaml_is_reported(body: str) -> None:
    assert codes(check_office_facts, text(body)) == ["contradiction"]


@pytest.mark.parametrize(
    "body",
    [
        "Das Steueramt erreichen Sie unter +49 (0) 3999 115-610.",
        "Das Steueramt ist montags von 9 bis 12 Uhr geöffnet.",
        "Das Steueramt ist Mo–Di, Do–Fr 9–12 Uhr geöffnet, Do auch 14–17 Uhr.",
        "Das Steueramt berät montags von 13 bis 15 Uhr nur mit Termin, sonst ist es geöffnet.",
        "Das Steueramt hat das Fax 03999 115-699.",
        "Rufen Sie unter 0800 1234567 an, wenn das Steueramt geschlossen ist.",
        "Das Steueramt und das Bürgeramt erreichen Sie unter 03999 115-0.",
        "Rufen Sie unter 03999 115-123 an.",
    ],
)
def test_what_agrees_or_is_of_something_else_is_not(body: str) -> None:
    assert codes(check_office_facts, text(body)) == []


def test_a_contact_module_without_a_name_is_about_the_documents_office() -> None:
    (finding,) = found(check_office_facts, text("- Telefon: 03999 115-600", kind=ModuleKind.CONTACT))
    assert "tenant.yaml has the telephone number 03999 115-610 for 'Steueramt'" in finding.message
    assert "„Steueramt“ in tenant.yaml dagegen: Telefon 03999 115-610" in finding.german
    body = "Öffnungszeiten:\n\n- Montag: 9–12 Uhr\n- Dienstag: 9–13 Uhr"
    (finding,) = found(check_office_facts, text(body, kind=ModuleKind.CONTACT))
    assert "Di 09:00–12:00 Uhr" in finding.message
