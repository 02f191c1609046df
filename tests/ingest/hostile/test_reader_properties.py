"""Whatever bytes a reader gets: it never raises, and says which file it is about."""

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.findings import Severity
from ingest.sources.assemble import assemble
from ingest.sources.config import DocxSource, HtmlSource, PdfSource, XzufiSource
from ingest.sources.docx_file import read_docx_file
from ingest.sources.files import Parse
from ingest.sources.html_file import parse_html
from ingest.sources.isolated import IsolatedReader, Limits, Stopped
from ingest.sources.markdown import read_markdown
from ingest.sources.meta import read_meta
from ingest.sources.pdf_file import read_pdf_file
from ingest.sources.result import ReadResult
from ingest.sources.xzufi_file import read_delivery_file
from ingest.sources.xzufi_objects import State
from ingest.sources.xzufi_pages import OfficeNames, pages_of
from tests.ingest.hostile.docx_inputs import BODY, changed, good_docx
from tests.ingest.hostile.html_inputs import LIVE, good_html
from tests.ingest.hostile.live_markup import live_markup
from tests.ingest.hostile.pdf_inputs import good_pdf
from tests.ingest.samples import markdown
from tests.ingest.sources.html_samples import SERVICE, page
from tests.ingest.sources.xzufi_samples import delete, message, module, online, service, unit, write

_DEFAULTS = {
    "language": "de", "office": "steueramt", "license": "CC BY 4.0", "owner": "Steueramt", "reviewed_by": "Aufsicht",
    "reviewed_on": "2026-01-15",
}  # fmt: skip
_SECONDS = 30.0
_XZUFI = message(
    write(service("7", module("05", "&lt;p&gt;Kurz &lt;b&gt;gesagt&lt;/b&gt;&lt;/p&gt;"))),
    write(unit("1", "Steueramt", "7"), online("2", "https://www.musterstadt.example/", "7")),
    delete("9"),
)
_MEANINGFUL = st.sampled_from(
    [b"\0", b"<", b">", b"&", b"]]>", b"<!DOCTYPE x [", b"\n---\n", b"## ", b"\xff\xfe", b"\xef\xbb\xbf",
     b"\xed\xa0\x80", b"\xe2\x80\xae", b"&#x202e;", b"<table>", b"<script>", b"[x](javascript:y)", b" obj ", b"endobj",
     b" R ", b"stream", b"PK\x03\x04", b"99999999999", b"-1", b"\\ud800", b'"\\UFFFFFFFF"', b"*a", b"&a", b"://[",
     b"%00", b"{{[["]
)  # fmt: skip

_quick = settings(deadline=None, max_examples=150, derandomize=True, suppress_health_check=list(HealthCheck))
_slow = settings(_quick, max_examples=50)


@st.composite
def mutations(draw: st.DrawFn, whole: bytes) -> bytes:
    """A valid file with some bytes replaced, removed, repeated, or put in; or cut off."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.sampled_from([0, 1, 4, 40, 400]))
        piece = bytes(data[start : start + length])
        data[start : start + length] = draw(
            st.one_of(_MEANINGFUL, st.binary(max_size=8), st.just(b""), st.just(piece * 3))
        )
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 9)) == 0 else data)


def junk(*beginnings: bytes) -> st.SearchStrategy[bytes]:
    """Bytes of no format, some of which begin like one."""
    beginning = st.sampled_from([b"", *beginnings])
    return st.tuples(
        beginning, st.one_of(st.binary(max_size=400), st.lists(_MEANINGFUL, max_size=30).map(b"".join))
    ).map(b"".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutations")


@pytest.fixture(scope="module")
def child() -> Iterator[IsolatedReader]:
    with IsolatedReader(Limits(seconds=_SECONDS)) as reader:
        yield reader


@_quick
@given(data=st.one_of(mutations(markdown().encode()), junk(b"---\n", b"---\nid: a\n---\n## Kosten\n")))
def test_markdown(folder: Path, data: bytes) -> None:
    path = _write(folder / "a.md", data)
    assert_named(read_markdown(path, "services/a.md"), "services/a.md")


@_quick
@given(data=st.one_of(mutations(b"id: hund\ntitle: Hund anmelden\nsynonyms: [a, b]\n"), junk(b"id: ")))
def test_fields_beside_a_text(folder: Path, data: bytes) -> None:
    _write(folder / "b.html.meta.yaml", data)
    meta = read_meta(folder / "b.html", "html/b.html")
    assert {finding.file for finding in meta.findings} <= {"html/b.html.meta.yaml"}
    outcome = parse_html(good_html("Markt"), "html/b.html")
    assert not isinstance(outcome, ReadResult)
    assert_named(assemble(outcome, HtmlSource(path="html", defaults=_DEFAULTS), meta), "html/b.html")


@_quick
@given(data=st.one_of(mutations(SERVICE.encode()), mutations(page(LIVE)), junk(b"<html>", b"<main><h1>")))
def test_html(data: bytes) -> None:
    outcome = parse_html(data, "html/a.html")
    source = HtmlSource(path="html", defaults=_DEFAULTS)
    assert_named(outcome if isinstance(outcome, ReadResult) else assemble(outcome, source), "html/a.html")


@_quick
@given(data=st.one_of(mutations(_XZUFI.encode()), junk(b"<?xml version='1.0'?>")))
def test_xzufi(folder: Path, data: bytes) -> None:
    name = "xzufi/a.xml"
    delivery = read_delivery_file(_write(folder / "a.xml", data), name)
    assert all(finding.file.startswith(name) for finding in delivery.findings)
    state = State()
    for operation in delivery.operations:
        state.apply(operation, name)
    for file, each in state.services.values():
        for found in pages_of(file, each, state, OfficeNames((), {})):
            assert_named(assemble(found, XzufiSource(path="xzufi", defaults=_DEFAULTS)), name)


@cache
def _docx() -> bytes:
    return good_docx("Osterfeuer")


@cache
def _docx_body() -> bytes:
    with zipfile.ZipFile(io.BytesIO(_docx())) as package:
        return package.read(BODY)


@cache
def _pdf() -> bytes:
    return good_pdf("Anleinpflicht", "Die Befreiung kostet 12,00 Euro.")


@_slow
@given(data=st.one_of(st.deferred(lambda: mutations(_docx())), junk(b"PK\x03\x04")))
def test_docx(folder: Path, child: IsolatedReader, data: bytes) -> None:
    result = _in_child(child, read_docx_file, _write(folder / "a.docx", data))
    assert_named(result, "a.docx")


@_slow
@given(data=st.deferred(lambda: mutations(_docx_body())))
def test_docx_whose_package_is_whole(folder: Path, child: IsolatedReader, data: bytes) -> None:
    path = _write(folder / "b.docx", changed({BODY: data}))
    assert_named(_in_child(child, read_docx_file, path), "b.docx")


@_slow
@given(data=st.one_of(st.deferred(lambda: mutations(_pdf())), junk(b"%PDF-1.7\n")))
def test_pdf(folder: Path, child: IsolatedReader, data: bytes) -> None:
    result = _in_child(child, read_pdf_file, _write(folder / "a.pdf", data))
    assert_named(result, "a.pdf")


def assert_named(result: ReadResult, name: str) -> None:
    """It is about this file, and says why there is no document if there is none."""
    assert result.name.startswith(name)
    assert all(finding.file.startswith(name) and finding.fix for finding in result.findings)
    assert all(str(finding).isprintable() for finding in result.findings)
    if result.document is None:
        assert any(finding.severity is Severity.ERROR for finding in result.findings)
    elif not name.endswith(".md"):
        assert [found for each in result.document.modules for found in live_markup(each.text)] == []
        result.document.model_dump_json()


def _in_child(child: IsolatedReader, parse: Parse, path: Path) -> ReadResult:
    outcome = child.read(parse, path, path.name)
    if isinstance(outcome, Stopped):
        return outcome.as_result(path.name)
    source = PdfSource if parse is read_pdf_file else DocxSource
    return outcome if isinstance(outcome, ReadResult) else assemble(outcome, source(path="a", defaults=_DEFAULTS))


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
