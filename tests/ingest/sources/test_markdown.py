"""The Markdown reader: every mistake is named with its line and a fix, and none stops the reader."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.index.modules import ModuleKind
from app.settings import PROJECT_ROOT
from ingest.document import ServiceDocument
from ingest.sources.markdown import parse_markdown, read_markdown
from ingest.sources.result import ReadResult
from tests.ingest.samples import BODY, FIRST_BODY_LINE, FRONT_MATTER, markdown, places

NAME = "services/hund.md"


def read(text: str) -> ServiceDocument:
    """The document of a text without mistakes."""
    result = parse_markdown(text, NAME)
    assert result.findings == ()
    assert result.document is not None
    return result.document


def test_front_matter_and_modules_become_a_document() -> None:
    document = read(markdown())
    assert (document.id, document.reviewed_on, document.service) == (
        "hund-anmelden",
        date(2026, 1, 15),
        "hund-anmelden",
    )
    assert [(module.kind, module.text, module.line) for module in document.modules] == [
        (ModuleKind.COSTS, "96,00 Euro im Jahr", FIRST_BODY_LINE + 1),
        (ModuleKind.DEADLINE, "2 Wochen", FIRST_BODY_LINE + 5),
    ]


@pytest.mark.parametrize(
    "path", sorted((PROJECT_ROOT / "knowledge").glob("*/services/*.md")), ids=lambda path: path.name
)
def test_the_sample_texts_have_no_mistakes(path: Path) -> None:
    assert read_markdown(path, path.name).findings == ()


@pytest.mark.parametrize(
    ("front_matter", "code", "line", "says"),
    [
        (FRONT_MATTER + "farbe: rot\n", "unknown-field", 11, "'farbe' is no known field"),
        (FRONT_MATTER + "modules: []\n", "unknown-field", 11, "'modules' is no known field"),
        (FRONT_MATTER.replace("title: Hund anmelden\n", ""), "missing-field", 1, "'title' is missing"),
        (FRONT_MATTER.replace("title: Hund anmelden", "title:"), "invalid-field", 3, "'title'"),
        (FRONT_MATTER.replace("2026-01-15", "2026-02-30"), "invalid-field", 10, "day value is outside expected range"),
        (FRONT_MATTER.replace("2026-01-15", "15.01.2026"), "invalid-field", 10, "'reviewed_on'"),
        (FRONT_MATTER.replace("2026-01-15", "demnächst"), "invalid-field", 10, "'reviewed_on'"),
        (FRONT_MATTER.replace("id: hund", "id: Hund"), "invalid-field", 2, "'id'"),
        (FRONT_MATTER + "leika_key: 123\n", "invalid-field", 11, "'leika_key'"),
        (FRONT_MATTER + "source_url: musterstadt.example\n", "invalid-field", 11, "'source_url'"),
        (FRONT_MATTER.replace("[Hundesteuer]", "Hundesteuer"), "invalid-field", 4, "'synonyms'"),
        (FRONT_MATTER.replace("language: de", "language: deutsch"), "invalid-field", 5, "'language'"),
        (FRONT_MATTER + "variant: schwer\n", "invalid-field", 11, "'variant'"),
        (
            FRONT_MATTER + "valid_from: 2026-02-01\nvalid_until: 2026-01-01\n",
            "invalid-field",
            12,
            "'valid_until': valid_until is before valid_from",
        ),
        (FRONT_MATTER + "title: Noch einer\n", "duplicate-field", 11, "'title' is given twice"),
        (FRONT_MATTER + "owner: [offen\n", "front-matter", 11, "not valid YAML"),
        (FRONT_MATTER + "a: b: c\n", "front-matter", 11, "not valid YAML"),
        (FRONT_MATTER + "a: \x01\n", "front-matter", 11, "character U+0001 is not allowed"),
        (FRONT_MATTER + "? [a]\n: b\n", "front-matter", 11, "not valid YAML"),
        (FRONT_MATTER + "a: " + "[" * 5000 + "\n", "front-matter", 2, "nested too deeply"),
        (FRONT_MATTER + "x: !!int keine Zahl\n", "unknown-field", 11, "'x'"),
        (FRONT_MATTER + "2026: x\n", "unknown-field", 11, "'2026'"),
        ("- nur\n- eine Liste\n", "front-matter", 2, "not a list of fields"),
        ("", "front-matter", 2, "not a list of fields"),
    ],
    ids=lambda value: value[-24:] if isinstance(value, str) else None,
)
def test_a_mistake_in_the_front_matter_is_named_with_its_line(
    front_matter: str, code: str, line: int, says: str
) -> None:
    result = parse_markdown(markdown(front_matter), NAME)
    assert result.document is None
    (finding,) = [finding for finding in result.findings if finding.code == code]
    assert (finding.file, finding.line) == (NAME, line)
    assert says in finding.message
    assert finding.fix
    assert str(finding).startswith(f"{NAME}:{line}: error {code}: ")
    assert "\n" not in str(finding)


@pytest.mark.parametrize(
    ("body", "code", "line", "says"),
    [
        (BODY + "\n## Preise\n\n5 Euro\n", "unknown-heading", 9, "'Preise' is no known module"),
        (BODY + "\n## Gebühren\n\n5 Euro\n", "duplicate-module", 9, f"first in line {FIRST_BODY_LINE + 1}"),
        ("\n\nVorweg\n" + BODY, "text-outside-module", 2, "text before the first"),
        (BODY + "\n## Hinweise\n\n  \n", "empty-module", 9, "'Hinweise' has no text"),
        (BODY + "\n## \n## Hinweise\n", "empty-module", 10, "'Hinweise' has no text"),
        ("\n", "no-modules", -FIRST_BODY_LINE, "no usable module"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_a_mistake_in_the_body_is_named_with_its_line(body: str, code: str, line: int, says: str) -> None:
    result = parse_markdown(markdown(body=body), NAME)
    assert result.document is None
    (finding,) = [finding for finding in result.findings if finding.code == code]
    assert finding.line == FIRST_BODY_LINE + line
    assert says in finding.message
    assert finding.fix


def test_all_mistakes_of_a_file_are_listed_at_once() -> None:
    front_matter = FRONT_MATTER.replace("office: steueramt\n", "").replace("2026-01-15", "bald") + "farbe: rot\n"
    result = parse_markdown(markdown(front_matter, BODY + "\n## Preise\n\n5 Euro\n"), NAME)
    assert sorted(finding.code for finding in result.findings) == [
        "invalid-field",
        "missing-field",
        "unknown-field",
        "unknown-heading",
    ]


@pytest.mark.parametrize("text", ["", "# Hund\n", "\n---\nid: x\n---\n"])
def test_a_text_without_front_matter_says_how_it_begins(text: str) -> None:
    assert places(parse_markdown(text, NAME).findings) == [("front-matter", 1)]


def test_a_front_matter_without_end_is_named() -> None:
    (finding,) = parse_markdown("---\nid: hund\n", NAME).findings
    assert (finding.code, finding.line, finding.fix) == ("front-matter", 1, "close it with a line '---'")


def test_scalars_are_read_as_they_were_written() -> None:
    front_matter = FRONT_MATTER.replace("title: Hund anmelden", "title: 2026").replace(
        "[Hundesteuer]", "[no, 007, 1e3]"
    )
    document = read(markdown(front_matter + "leika_key: 09901001000000\nvalid_until:\nsource_url: ~\n"))
    assert (document.title, document.synonyms) == ("2026", ("no", "007", "1e3"))
    assert (document.leika_key, document.valid_until, document.source_url) == ("09901001000000", None, None)


def test_headings_are_known_in_german_and_english_whatever_their_case_and_spacing() -> None:
    body = "##  kosten  ##\n\nA\n\n##Frist\n\nB\n\n## Required   Documents\n\nC\n"
    kinds = [module.kind for module in read(markdown(body=body)).modules]
    assert kinds == [ModuleKind.COSTS, ModuleKind.DEADLINE, ModuleKind.REQUIRED_DOCUMENTS]


def test_deeper_headings_belong_to_the_module() -> None:
    (module,) = read(markdown(body="## Kosten\n\n### Für Kinder\n\n5 Euro\n")).modules
    assert module.text == "### Für Kinder\n\n5 Euro"


def written(folder: Path, content: bytes) -> ReadResult:
    path = folder / "hund.md"
    path.write_bytes(content)
    return read_markdown(path, NAME)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends_of_any_system_change_nothing(
    tmp_path: Path, encoding: str, line_end: str
) -> None:
    result = written(tmp_path, markdown().replace("\n", line_end).encode(encoding))
    assert result.document == read(markdown())


def test_a_separator_inside_a_line_moves_no_line_number() -> None:
    result = parse_markdown(markdown(body="## Kosten\n\n5\u2028Euro\x0c\n\n## Preise\n\n5 Euro\n"), NAME)
    assert places(result.findings) == [("unknown-heading", FIRST_BODY_LINE + 4)]


def test_a_file_that_is_not_utf8_names_line_and_byte(tmp_path: Path) -> None:
    (finding,) = written(tmp_path, "---\nid: hund\ntitle: Gebühr\n".encode("latin-1")).findings
    assert (finding.code, finding.line, finding.fix) == ("encoding", 3, "save the file as UTF-8")
    assert "byte 23" in finding.message


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    (finding,) = read_markdown(tmp_path / "weg.md", "services/weg.md").findings
    assert (finding.code, finding.file) == ("unreadable", "services/weg.md")
    assert read_markdown(tmp_path, "services").document is None


FIELDS = st.sampled_from(["id", "title", "synonyms", "language", "reviewed_on", "valid_until", "?", "<<", "", "x"])
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["2026-99-99", "!!timestamp x", "!!binary =", "&a [*a]", "{a: [}", "|", "- a"]),
)


@given(st.lists(st.tuples(FIELDS, VALUES), max_size=8), st.text(max_size=200))
@example([("id", "!!float x")], "##\n## \n##  #")
@example([("synonyms", "&a [*a]")], "")
@example([("", "b")], "")
def test_any_text_gives_a_document_or_an_error(fields: list[tuple[str, str]], body: str) -> None:
    front_matter = FRONT_MATTER + "".join(f"{field}: {value}\n" for field, value in fields)
    result = parse_markdown(markdown(front_matter, body), NAME)
    assert (result.document is None) == bool(result.findings)
