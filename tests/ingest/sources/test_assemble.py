"""Pages become documents: fields from three places, and findings that say where to mend what."""

from collections.abc import Mapping
from datetime import date

import pytest

from ingest.findings import Finding, Severity
from ingest.sources.assemble import assemble, slug_of
from ingest.sources.config import HtmlSource
from ingest.sources.meta import NO_META, Meta
from ingest.sources.result import ReadResult
from ingest.sources.sections import Page, Section

NAME = "pages/Hund anmelden.html"
META_NAME = f"{NAME}.meta.yaml"
DEFAULTS = {"language": "de", "office": "steueramt", "license": "CC BY 4.0", "owner": "Steueramt",
            "reviewed_by": "Fachaufsicht", "reviewed_on": "2026-01-15"}  # fmt: skip
COSTS = Section("Kosten", "96,00 Euro", 7)


def page(*sections: Section, fields: Mapping[str, object] | None = None, name: str = NAME) -> Page:
    return Page(name, "Hund anmelden", sections or (COSTS,), fields or {})


def source(**changes: object) -> HtmlSource:
    return HtmlSource.model_validate({"path": "pages", "defaults": DEFAULTS, **changes})


def meta(**fields: object) -> Meta:
    return Meta(META_NAME, fields, {name: number for number, name in enumerate(fields, start=1)})


def only(result: ReadResult) -> Finding:
    (finding,) = result.findings
    assert (result.document is None) == (finding.severity is Severity.ERROR)
    return finding


def test_the_file_beside_wins_over_the_page_and_the_page_over_the_defaults() -> None:
    stated = {"reviewed_on": date(2026, 2, 2), "license": "CC0", "leika_key": None}
    document = assemble(page(fields=stated), source(), meta(license="CC BY-SA 4.0", synonyms=["Hundesteuer"])).document
    assert document is not None
    assert (document.license, document.reviewed_on, document.office) == (
        "CC BY-SA 4.0",
        date(2026, 2, 2),
        "steueramt",
    )
    assert (document.id, document.title, document.synonyms) == ("hund-anmelden", "Hund anmelden", ("Hundesteuer",))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("pages/Hund anmelden.html", "hund-anmelden"),
        ("pages/Müllgebühren_(Größe 2).pdf", "muellgebuehren-groesse-2"),
        ("pages/Mu\u0308ll.pdf", "muell"),
        ("pages/hund/index.html", "hund"),
        ("https://www.musterstadt.example/leistungen/hund-anmelden/?a=1#b", "hund-anmelden"),
        ("https://www.musterstadt.example/B%C3%BCrgerb%C3%BCro.html", "buergerbuero"),
        ("pages/Çevre İzni.html", "cevre-izni"),
        ("pages/паспорт.html", ""),
    ],
)
def test_the_id_falls_back_to_the_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_long_name_with_a_prefix_gives_a_valid_id() -> None:
    result = assemble(page(name=f"pages/{'sehr-' * 30}lang.html"), source(id_prefix="web-"))
    assert result.document is not None
    assert result.document.id.startswith("web-sehr-")
    assert len(result.document.id) <= 63


def test_a_name_without_letters_needs_an_id_in_the_file_beside() -> None:
    finding = only(assemble(page(name="pages/паспорт.html"), source(), Meta("pages/паспорт.html.meta.yaml")))
    assert (finding.code, finding.message) == ("missing-field", "'id' is missing")
    assert finding.fix == "add 'id: …' to pages/паспорт.html.meta.yaml"


@pytest.mark.parametrize("field", sorted(DEFAULTS))
def test_a_missing_field_is_an_error_that_names_both_places_for_it(field: str) -> None:
    defaults = {name: value for name, value in DEFAULTS.items() if name != field}
    finding = only(assemble(page(), source(defaults=defaults), meta()))
    assert (finding.code, finding.file) == ("missing-field", NAME)
    assert f"'{field}: …' to {META_NAME}, or under 'defaults'" in finding.fix


def test_a_crawled_page_has_no_file_beside_it() -> None:
    finding = only(
        assemble(page(name="https://a.example/hund"), source(defaults={**DEFAULTS, "office": None}), NO_META)
    )
    assert finding.fix == "add 'office: …' under 'defaults' of this source in sources.yaml"


@pytest.mark.parametrize(
    ("fields", "code", "says"),
    [
        ({"reviewed_on": "gestern"}, "invalid-field", "'reviewed_on'"),
        ({"id": "Hund anmelden"}, "invalid-field", "'id'"),
        ({"ownr": "x"}, "unknown-field", "'ownr' is no known field"),
        ({"modules": []}, "unknown-field", "'modules' is no known field"),
        ({"office": None}, "invalid-field", "'office'"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "invalid-field", "before valid_from"),
    ],
)
def test_a_wrong_field_in_the_file_beside_is_named_with_its_line(
    fields: dict[str, object], code: str, says: str
) -> None:
    finding = only(assemble(page(), source(), meta(**fields)))
    assert (finding.code, finding.file, finding.line) == (code, META_NAME, len(fields))
    assert says in finding.message


def test_a_wrong_field_that_the_page_states_is_mended_in_the_file_beside() -> None:
    finding = only(assemble(page(fields={"leika_key": "123"}), source(), meta()))
    assert (finding.code, finding.file, finding.line) == ("invalid-field", NAME, 0)
    assert META_NAME in finding.fix


def test_a_page_without_text_is_an_error() -> None:
    assert only(assemble(page(Section("Kosten", " \n")), source())).code == "no-text"
    skipped = source(headings={"Kosten": "skip"})
    assert only(assemble(page(), skipped)).code == "no-modules"


def test_wrongly_decoded_text_is_a_warning_with_its_line() -> None:
    finding = only(assemble(page(Section("Kosten", "Die GebÃ¼hr beträgt 5 Euro.", 12)), source()))
    assert (finding.code, finding.severity, finding.line) == ("damaged-characters", Severity.WARNING, 12)
    assert "'GebÃ¼hr'" in finding.message


def test_findings_of_the_reader_come_first_and_an_error_leaves_no_document() -> None:
    noticed = Finding("encoding-guessed", Severity.ERROR, NAME, 0, "m", "f")
    result = assemble(Page(NAME, "t", (COSTS,), {}, (noticed,)), source())
    assert (result.document, result.findings) == (None, (noticed,))
