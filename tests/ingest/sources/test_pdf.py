"""PDF files from folder to document, and those that give a finding instead."""

import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from fpdf import FPDF

from ingest.findings import Severity
from ingest.sources.config import Defaults, PdfSource
from ingest.sources.isolated import IsolatedReader, Limits, Stopped, StopReason
from ingest.sources.pdf import read_pdf
from ingest.sources.pdf_file import MAX_PAGES, read_pdf_file
from ingest.sources.result import ReadResult
from ingest.sources.sections import Page
from tests.ingest.sources.pdf_samples import line, paragraph, pdf, read, scan

DEFAULTS = Defaults(
    language="de",
    office="steueramt",
    license="CC BY 4.0",
    owner="Steueramt",
    reviewed_by="Rat",
    reviewed_on="2026-01-15",
)


def statute(document: FPDF) -> None:
    document.set_title("Satzung über die Hundesteuer")
    document.set_lang("de-DE")
    line(document, "Satzung über die Hundesteuer", "B", 16)
    line(document, "Kosten", "B", 12)
    paragraph(document, "Die Steuer beträgt 96,00 Euro im Jahr.")


def results(folder: Path) -> list[ReadResult]:
    return list(read_pdf(folder, PdfSource(path="pdf", defaults=DEFAULTS)))


def error_of(path: Path) -> tuple[str, str]:
    """Code and message of the only finding of a file that cannot be read."""
    result = read_pdf_file(path, path.name)
    assert isinstance(result, ReadResult)
    (finding,) = result.findings
    assert finding.severity is Severity.ERROR
    return finding.code, finding.message


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "pdf").mkdir()
    yield tmp_path


def test_a_file_becomes_a_document(folder: Path) -> None:
    pdf(folder / "pdf" / "Hundesteuer Satzung.pdf", statute)
    (result,) = results(folder)
    assert result.document is not None, result.findings
    assert (result.document.id, result.document.title) == ("hundesteuer-satzung", "Satzung über die Hundesteuer")
    (module,) = result.document.modules
    assert (module.kind, module.text, module.line) == ("costs", "Die Steuer beträgt 96,00 Euro im Jahr.", 1)


def test_a_broken_file_doesn_t_stop_the_others(folder: Path) -> None:
    good = pdf(folder / "pdf" / "bb.pdf", statute)
    (folder / "pdf" / "a.pdf").write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    (folder / "pdf" / "c.pdf").write_bytes(b"no pdf")
    assert [(result.name, result.document is not None) for result in results(folder)] == [
        ("pdf/a.pdf", False),
        ("pdf/bb.pdf", True),
        ("pdf/c.pdf", False),
    ]


def test_title_and_language_are_what_the_file_says(tmp_path: Path) -> None:
    page = read(pdf(tmp_path / "a.pdf", statute))
    assert page.title == "Satzung über die Hundesteuer"
    assert page.fields == {"language": "de"}


def test_a_title_that_a_program_made_up_is_not_used(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        document.set_title("Microsoft Word - entwurf_final2.docx")
        line(document, "Merkblatt zum Umzug", "B", 18)
        paragraph(document, "Wer umzieht, meldet sich innerhalb von zwei Wochen um, und zwar beim Bürgeramt der Stadt.")

    page = read(pdf(tmp_path / "a.pdf", draw))
    assert page.title == "Merkblatt zum Umzug"
    assert [section.heading for section in page.sections] == [""]


def test_without_any_title_the_file_s_name_is_one(tmp_path: Path) -> None:
    page = read(
        pdf(tmp_path / "umzug_in-der-stadt.pdf", lambda document: paragraph(document, "Wer umzieht, meldet sich um."))
    )
    assert page.title == "umzug in der stadt"


def test_a_scanned_page_is_reported_with_its_number(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        statute(document)
        document.add_page()
        document.image(str(scan(tmp_path / "scan.png")), 0, 0, 210, 297)

    page = read(pdf(tmp_path / "a.pdf", draw))
    assert [(each.code, each.severity, each.line) for each in page.findings] == [("scanned-page", Severity.WARNING, 2)]


def test_a_scanned_file_is_an_error_never_an_empty_text(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        for number in range(2):
            if number:
                document.add_page()
            document.image(str(scan(tmp_path / "scan.png")), 0, 0, 210, 297)

    assert error_of(pdf(tmp_path / "a.pdf", draw))[0] == "scanned-file"


def test_a_file_without_text_and_pictures_is_empty(tmp_path: Path) -> None:
    assert error_of(pdf(tmp_path / "a.pdf", lambda document: None))[0] == "no-text"


def test_a_file_with_a_password_is_refused(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        document.set_encryption(owner_password="owner", user_password="user")
        statute(document)

    assert error_of(pdf(tmp_path / "a.pdf", draw))[0] == "encrypted"


def test_a_file_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    def draw(document: FPDF) -> None:
        document.set_encryption(owner_password="owner")
        statute(document)

    assert read(pdf(tmp_path / "a.pdf", draw)).title == "Satzung über die Hundesteuer"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_damaged(tmp_path: Path, share: float) -> None:
    path = pdf(tmp_path / "a.pdf", statute)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert error_of(path)[0] == "damaged-file"


def test_a_file_whose_pages_are_gone_is_damaged(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", statute)
    path.write_bytes(path.read_bytes().replace(b"/Type /Page\n", b"/Type /Nope\n"))
    assert error_of(path)[0] == "damaged-file"


def test_a_file_with_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", statute)
    path.write_bytes(path.read_bytes().replace(b"/Count 1\n", b"/Count %d\n" % (MAX_PAGES + 1)))
    assert error_of(path)[0] == "too-many-pages"


def test_another_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"<html>")
    assert error_of(path) == ("wrong-format", "this is no PDF file")


def test_a_page_that_unpacks_to_much_more_costs_one_finding(tmp_path: Path) -> None:
    blanks = 200 << 20
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(blanks >> 20)) + packer.flush()
    bomb = pdf(tmp_path / "bomb.pdf", statute)
    start, end = b"stream\n", b"\nendstream"
    head, _, rest = bomb.read_bytes().partition(start)
    content, _, tail = rest.partition(end)
    head = head.replace(b"/Length %d" % len(content), b"/Length %d" % len(packed))
    bomb.write_bytes(head + start + packed + end + tail)
    with IsolatedReader(Limits(memory_bytes=256 << 20)) as reader:
        stopped = reader.read(read_pdf_file, bomb, "bomb.pdf")
        assert isinstance(stopped, Stopped)
        assert stopped.reason is StopReason.TOO_MUCH_MEMORY
        assert isinstance(reader.read(read_pdf_file, pdf(tmp_path / "a.pdf", statute), "a.pdf"), Page)
