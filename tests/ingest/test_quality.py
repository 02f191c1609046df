"""The checks over a set of texts."""

from datetime import date
from pathlib import Path

import pytest

from app.tenants.tenant import Tenant, load_tenant
from ingest.findings import Finding, Severity
from ingest.quality import CheckedKnowledge, check_knowledge
from tests.ingest.samples import BODY, FRONT_MATTER, markdown
from tests.knowledge import SERVICES, TENANT, copy_knowledge

TODAY = date(2026, 6, 1)
COMPLETE = BODY + "\n## Unterlagen\n\nkeine\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A knowledge folder of one town, with `tenant.yaml` and no texts."""
    return copy_knowledge(tmp_path, services=()) / TENANT


@pytest.fixture
def tenant(town: Path) -> Tenant:
    return load_tenant(town)


def write(town: Path, name: str, front_matter: str = FRONT_MATTER, body: str = COMPLETE) -> None:
    path = town / "services" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(markdown(front_matter, body), encoding="utf-8")


def found(checked: CheckedKnowledge) -> list[tuple[str, Severity, str]]:
    assert all(finding.message and finding.fix for finding in checked.findings)
    return [(finding.code, finding.severity, finding.file) for finding in checked.findings]


def only(checked: CheckedKnowledge) -> Finding:
    (finding,) = checked.findings
    return finding


def test_a_complete_text_has_no_findings(town: Path, tenant: Tenant) -> None:
    write(town, "hund")
    checked = check_knowledge(town, tenant, TODAY)
    assert (checked.findings, [document.id for document in checked.documents]) == ((), ["hund-anmelden"])


def test_the_sample_texts_pass(tmp_path: Path) -> None:
    folder = copy_knowledge(tmp_path) / TENANT
    checked = check_knowledge(folder, load_tenant(folder), date(2026, 11, 21))
    assert checked.errors == ()
    assert len(checked.documents) == len(SERVICES)


@pytest.mark.parametrize("folder_exists", [True, False])
def test_an_empty_folder_is_an_error_that_names_the_folder(town: Path, tenant: Tenant, folder_exists: bool) -> None:
    if not folder_exists:
        (town / "services").rmdir()
    finding = only(check_knowledge(town, tenant, TODAY))
    assert (finding.code, finding.severity) == ("no-texts", Severity.ERROR)
    assert str(town / "services") in finding.message


def test_texts_in_subfolders_are_read_too(town: Path, tenant: Tenant) -> None:
    write(town, "steuern/hund")
    assert len(check_knowledge(town, tenant, TODAY).documents) == 1


def test_an_unknown_office_is_an_error_that_lists_the_known_ones(town: Path, tenant: Tenant) -> None:
    write(town, "hund", FRONT_MATTER.replace("steueramt", "hundeamt"))
    finding = only(check_knowledge(town, tenant, TODAY))
    assert (finding.code, finding.severity) == ("unknown-office", Severity.ERROR)
    assert "'hundeamt'" in finding.message
    assert "steueramt" in finding.fix


def test_two_texts_with_one_id_are_an_error_that_names_both_files(town: Path, tenant: Tenant) -> None:
    write(town, "a")
    write(town, "b")
    finding = only(check_knowledge(town, tenant, TODAY))
    assert (finding.code, finding.file) == ("duplicate-id", "services/b.md")
    assert "services/a.md" in finding.message


@pytest.mark.parametrize("original", ["katze-anmelden", "hund-anmelden-en", "hund-anmelden-tr"])
def test_a_translation_must_name_an_original(town: Path, tenant: Tenant, original: str) -> None:
    write(town, "hund")
    write(town, "hund.en", _translation("en", "hund-anmelden"))
    write(town, "hund.tr", _translation("tr", original))
    finding = only(check_knowledge(town, tenant, TODAY))
    assert (finding.code, finding.file) == ("unknown-original", "services/hund.tr.md")
    assert f"'{original}'" in finding.message


def test_a_translation_shares_the_service_of_its_original(town: Path, tenant: Tenant) -> None:
    write(town, "hund")
    write(town, "hund.en", _translation("en", "hund-anmelden"))
    assert {document.service for document in check_knowledge(town, tenant, TODAY).documents} == {"hund-anmelden"}


@pytest.mark.parametrize(("until", "expired"), [("2026-05-31", True), ("2026-06-01", False)])
def test_an_expired_text_is_a_warning(town: Path, tenant: Tenant, until: str, expired: bool) -> None:
    write(town, "hund", FRONT_MATTER + f"valid_until: {until}\n")
    code = "expired" if expired else "expiring"
    assert found(check_knowledge(town, tenant, TODAY)) == [(code, Severity.WARNING, "services/hund.md")]


def test_a_review_in_the_future_is_an_error(town: Path, tenant: Tenant) -> None:
    write(town, "hund", FRONT_MATTER.replace("2026-01-15", "2026-06-02"))
    assert found(check_knowledge(town, tenant, TODAY)) == [("review-in-future", Severity.ERROR, "services/hund.md")]


def test_a_missing_module_is_a_warning_in_the_language_of_the_text(town: Path, tenant: Tenant) -> None:
    write(town, "hund", body=BODY)
    write(town, "hund.en", _translation("en", "hund-anmelden"), body=BODY)
    messages = [finding.message for finding in check_knowledge(town, tenant, TODAY).findings]
    assert messages == ["there is no section 'Required documents'", "there is no section 'Erforderliche Unterlagen'"]


def test_an_easy_text_may_leave_modules_out(town: Path, tenant: Tenant) -> None:
    write(town, "hund")
    write(town, "hund.leicht", _translation("de", "hund-anmelden") + "variant: leicht\n", body=BODY)
    assert check_knowledge(town, tenant, TODAY).findings == ()


def test_a_broken_text_does_not_hide_the_others(town: Path, tenant: Tenant) -> None:
    write(town, "hund")
    write(town, "katze", "id: [")
    checked = check_knowledge(town, tenant, TODAY)
    assert found(checked) == [("front-matter", Severity.ERROR, "services/katze.md")]
    assert [document.id for document in checked.documents] == ["hund-anmelden"]


def _translation(language: str, original: str) -> str:
    text = FRONT_MATTER.replace("id: hund-anmelden", f"id: hund-anmelden-{language}")
    return text.replace("language: de", f"language: {language}") + f"translation_of: {original}\n"


def test_a_variant_needs_the_standard_text_that_it_says_in_other_words(town: Path, tenant: Tenant) -> None:
    write(town, "hund", FRONT_MATTER + "variant: einfach\n")
    assert only(check_knowledge(town, tenant, TODAY)).code == "missing-original"


def test_long_sentences_in_einfacher_sprache_are_a_warning(town: Path, tenant: Tenant) -> None:
    write(town, "hund")
    plain = FRONT_MATTER.replace("id: hund-anmelden", "id: hund-einfach") + "variant: einfach\n"
    long = BODY + "\n## Hinweise\n\n" + " ".join(["Wort"] * 13) + ".\n"
    write(town, "hund.einfach", plain + "translation_of: hund-anmelden\n", long)
    finding = only(check_knowledge(town, tenant, TODAY))
    assert (finding.code, finding.severity, finding.line) == ("long-sentence", Severity.WARNING, 25)


def test_findings_come_in_the_order_of_files_and_lines(town: Path, tenant: Tenant) -> None:
    write(town, "b", FRONT_MATTER.replace("hund-anmelden", "hund-b"), BODY + "\n## Preise\n\n5 Euro\n\n## Ort\n\nda\n")
    write(town, "a", FRONT_MATTER.replace("steueramt", "hundeamt") + "valid_until: 2026-05-31\n")
    places = [(finding.file, finding.line) for finding in check_knowledge(town, tenant, TODAY).findings]
    assert places == sorted(places)
    assert len(places) == 4


def test_an_override_takes_its_warning_out_and_keeps_the_reason(town: Path, tenant: Tenant) -> None:
    write(town, "hund", FRONT_MATTER + "valid_until: 2026-05-31\n")
    (town / "overrides.yaml").write_text(
        "- {code: expired, file: services/hund.md, reason: Kommt im Juli neu., by: A. Beispiel, on: 2026-05-31}\n",
        encoding="utf-8",
    )
    checked = check_knowledge(town, tenant, TODAY)
    assert checked.findings == ()
    assert [(item.finding.code, item.override.reason) for item in checked.overridden] == [
        ("expired", "Kommt im Juli neu.")
    ]
    write(town, "hund")
    assert only(check_knowledge(town, tenant, TODAY)).code == "stale-override"


@pytest.mark.parametrize(("warnings", "blocking"), [("allow", 0), ("block", 1)])
def test_a_town_says_whether_warnings_stop_publishing(town: Path, tenant: Tenant, warnings: str, blocking: int) -> None:
    write(town, "hund", FRONT_MATTER + "valid_until: 2026-05-31\n")
    (town / "quality.yaml").write_text(f"warnings: {warnings}\n", encoding="utf-8")
    checked = check_knowledge(town, tenant, TODAY)
    assert (len(checked.warnings), len(checked.errors), len(checked.blocking)) == (1, 0, blocking)


def test_an_error_stops_publishing_either_way(town: Path, tenant: Tenant) -> None:
    write(town, "hund", FRONT_MATTER.replace("steueramt", "hundeamt"))
    assert [finding.code for finding in check_knowledge(town, tenant, TODAY).blocking] == ["unknown-office"]
