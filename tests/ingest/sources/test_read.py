"""Everything that a town has is read, and everything that isn't is named."""

import os
from datetime import date
from pathlib import Path

import docx
import pytest

from ingest.findings import Severity
from ingest.sources.config import load_sources
from ingest.sources.read import read_sources
from ingest.sources.result import ReadResult
from tests.ingest.samples import markdown
from tests.ingest.sources.html_samples import SERVICE

SOURCES = """
sources:
  - {kind: markdown, path: services}
  - kind: html
    path: pages
    max_megabytes: 0.1
    defaults: {office: steueramt, license: CC0, owner: Steueramt, reviewed_by: Fachaufsicht, reviewed_on: 2026-01-15}
    headings: {"§ *": legal_basis}
  - kind: docx
    path: blaetter
    defaults: {language: de, office: steueramt, license: CC0, owner: o, reviewed_by: r, reviewed_on: 2026-01-15}
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A town with a text of each kind."""
    folder = tmp_path / "town"
    for name in ("services", "pages/steuern", "blaetter"):
        (folder / name).mkdir(parents=True)
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "services" / "hund.md").write_text(markdown(), encoding="utf-8")
    (folder / "pages" / "steuern" / "Hund abmelden.html").write_text(SERVICE, encoding="utf-8")
    document = docx.Document()
    document.add_heading("Kosten", 1)
    document.add_paragraph("15,00 Euro")
    document.core_properties.title = "Osterfeuer"
    document.save(str(folder / "blaetter" / "osterfeuer.docx"))
    return folder


def read(town: Path) -> list[ReadResult]:
    results = read_sources(town, load_sources(town))
    assert all((result.document is not None) or result.findings for result in results)
    return results


def findings(town: Path) -> list[tuple[str, Severity, str]]:
    return [(finding.code, finding.severity, finding.file) for result in read(town) for finding in result.findings]


def ids(town: Path) -> list[str]:
    return [result.document.id for result in read(town) if result.document]


def test_every_kind_is_read_in_the_order_of_the_configuration(town: Path) -> None:
    assert [(result.name, result.document.id if result.document else None) for result in read(town)] == [
        ("services/hund.md", "hund-anmelden"),
        ("pages/steuern/Hund abmelden.html", "hund-abmelden"),
        ("blaetter/osterfeuer.docx", "osterfeuer"),
    ]
    assert findings(town) == []
    assert read(town) == read(town)


def test_the_file_beside_a_text_gives_its_fields(town: Path) -> None:
    meta = town / "pages" / "steuern" / "Hund abmelden.html.meta.yaml"
    meta.write_text("id: hund-web\nreviewed_on: 2026-09-09\nsynonyms: [Hundesteuer]\n", encoding="utf-8")
    document = next(result.document for result in read(town) if result.name.endswith(".html"))
    assert document is not None
    assert (document.id, document.reviewed_on, document.synonyms) == ("hund-web", date(2026, 9, 9), ("Hundesteuer",))


def test_broken_files_dont_stop_the_others(town: Path) -> None:
    (town / "pages" / "a.html").write_bytes(b"")
    (town / "pages" / "b.htm").write_bytes(b"%PDF-1.7")
    (town / "pages" / "c.html").write_bytes(b"<html>" + b"<p>zu lang</p>" * 10_000)
    (town / "pages" / "d.html.meta.yaml").write_text("id: d", encoding="utf-8")
    (town / "blaetter" / "alt.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (town / "blaetter" / "~$osterfeuer.docx").write_bytes(b"Sperre")
    (town / "blaetter" / "notiz.txt").write_text("x", encoding="utf-8")
    (town / "blaetter" / "bild.png").write_bytes(b"x")
    (town / "services" / ".entwurf.md").write_text("x", encoding="utf-8")
    (town / "services" / "kaputt.md").write_bytes(b"\xff")
    assert findings(town) == [
        ("encoding", Severity.ERROR, "services/kaputt.md"),
        ("empty-file", Severity.ERROR, "pages/a.html"),
        ("wrong-format", Severity.ERROR, "pages/b.htm"),
        ("too-large", Severity.ERROR, "pages/c.html"),
        ("lonely-meta", Severity.WARNING, "pages/d.html.meta.yaml"),
        ("wrong-format", Severity.ERROR, "blaetter/alt.doc"),
        ("unread-file", Severity.WARNING, "blaetter/notiz.txt"),
    ]
    assert ids(town) == ["hund-anmelden", "hund-abmelden", "osterfeuer"]


def test_a_word_file_in_a_town_without_sources_yaml_is_not_passed_over_in_silence(town: Path) -> None:
    (town / "sources.yaml").unlink()
    (town / "services" / "merkblatt.docx").write_bytes(b"x")
    (finding,) = [finding for result in read(town) for finding in result.findings]
    assert (finding.code, finding.file) == ("unread-file", "services/merkblatt.docx")
    assert "'kind: docx' with 'path: services'" in finding.fix


def test_links_out_of_the_town_are_not_followed(town: Path, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.html"
    secret.write_text(SERVICE, encoding="utf-8")
    (town / "pages" / "link.html").symlink_to(secret)
    (town / "pages" / "tot.html").symlink_to(tmp_path / "gibtsnicht.html")
    assert findings(town) == [
        ("outside-folder", Severity.ERROR, "pages/link.html"),
        ("unreadable", Severity.ERROR, "pages/tot.html"),
    ]


def test_a_file_that_may_not_be_read_is_named(town: Path) -> None:
    (town / "pages" / "kreis.html").symlink_to(town / "pages" / "kreis.html")
    os.mkfifo(town / "pages" / "rohr.html")
    assert findings(town) == [
        ("unreadable", Severity.ERROR, "pages/kreis.html"),
        ("unreadable", Severity.ERROR, "pages/rohr.html"),
    ]
    assert ids(town) == ["hund-anmelden", "hund-abmelden", "osterfeuer"]


def test_a_name_that_is_no_utf8_can_be_printed(town: Path) -> None:
    path = os.fsencode(town / "pages") + b"/Geb\xfchr.html"
    Path(os.fsdecode(path)).write_bytes(b"")
    assert findings(town) == [("empty-file", Severity.ERROR, "pages/Geb\ufffdhr.html")]


def test_a_source_without_files_is_an_error_that_names_its_folder(town: Path) -> None:
    (town / "blaetter" / "osterfeuer.docx").unlink()
    (result,) = [result for result in read(town) if result.findings]
    assert (result.name, result.findings[0].code) == ("blaetter", "no-texts")
    assert f"there are no Word files below {town / 'blaetter'}" in result.findings[0].message


def test_a_source_may_be_one_file(town: Path) -> None:
    text = "sources:\n- {kind: markdown, path: services/hund.md}\n"
    (town / "sources.yaml").write_text(text, encoding="utf-8")
    assert ids(town) == ["hund-anmelden"]


def test_defaults_and_headings_hold_for_markdown_too(town: Path) -> None:
    text = markdown().replace("owner: Steueramt\n", "").replace("## Frist", "## Bis wann").replace("## Kosten", "##  X")
    (town / "services" / "hund.md").write_text(text, encoding="utf-8")
    (town / "sources.yaml").write_text(
        "sources:\n- {kind: markdown, path: services, defaults: {owner: Kämmerei}, "
        'headings: {"Bis wann?": deadline, X: skip}}\n',
        encoding="utf-8",
    )
    (result,) = read(town)
    assert result.document is not None
    assert (result.document.owner, [module.kind.value for module in result.document.modules]) == (
        "Kämmerei",
        ["deadline"],
    )


def test_without_configuration_other_files_are_nobodys_concern(town: Path) -> None:
    (town / "sources.yaml").unlink()
    (town / "services" / "notiz.txt").write_text("x", encoding="utf-8")
    assert findings(town) == []
    assert ids(town) == ["hund-anmelden"]


def test_a_folder_that_is_only_a_link_is_not_followed_but_named(town: Path, tmp_path: Path) -> None:
    (tmp_path / "anderswo").mkdir()
    (tmp_path / "anderswo" / "fremd.html").write_text("<p>fremd</p>", "utf-8")
    (town / "pages" / "ordner").symlink_to(tmp_path / "anderswo")
    assert findings(town) == [("unread-file", Severity.WARNING, "pages/ordner")]


def test_a_name_that_would_steer_a_terminal_is_shown_without(town: Path) -> None:
    (town / "pages" / "a\n\x1b[31m\u202eb.html").write_bytes(b"")
    assert findings(town) == [("empty-file", Severity.ERROR, "pages/a\ufffd\ufffd[31m\ufffdb.html")]
