"""The file of a taken-over text: complete but for what only this town can say, and edits to it are noticed."""

from datetime import date

import pytest
from hypothesis import given

from ingest.document import ServiceDocument
from ingest.sources.markdown import parse_markdown
from ingest.sources.markdown_writer import portable
from ingest.taken_text import Fate, Origin, UnfitTextError, fate_of, taken_text
from tests.ingest.document_strategies import documents
from tests.ingest.samples import document

ORIGIN = Origin("musterdorf", "20261121T233827035102Z", "A. Beispiel", date(2026, 11, 22))


def taken(found: ServiceDocument, office: str | None = None) -> str:
    return taken_text(found, ORIGIN, office)


def filled_in(file: str) -> str:
    return file.replace(
        "\nowner:\nreviewed_by:\nreviewed_on:\n", "\nowner: Amt\nreviewed_by: Ada\nreviewed_on: 2026-11-22\n", 1
    )


@given(documents)
def test_filled_in_by_this_town_it_is_the_other_towns_text(found: ServiceDocument) -> None:
    file = taken(found, office="steueramt")
    assert parse_markdown(file, "text.md").document is None
    read = parse_markdown(filled_in(file), "text.md").document
    assert read is not None
    ours = {"office": "steueramt", "owner": "Amt", "reviewed_by": "Ada", "reviewed_on": date(2026, 11, 22)}
    assert read.content_hash == portable(found).model_copy(update=ours).content_hash


def test_what_is_empty_is_an_error_each() -> None:
    findings = parse_markdown(taken(document("96,00 Euro")), "text.md").findings
    assert [finding.message for finding in findings] == [
        f"'{field}': it is empty" for field in ("owner", "reviewed_by", "reviewed_on")
    ]


def test_it_says_where_it_comes_from_and_what_to_check() -> None:
    found = document("96,00 Euro im Jahr. Telefon: 0211 123-456.").model_copy(
        update={"source_url": "https://www.musterdorf.example/hund", "license": "CC BY 4.0"}
    )
    lines = taken(found).splitlines()
    assert "# Übernommen aus „musterdorf“ (Fassung 20261121T233827035102Z) am 2026-11-22 durch A. Beispiel." in lines
    assert "# Dort verantwortlich: Steueramt. Dort geprüft am 2026-01-15: Fachaufsicht." in lines
    assert "# - Kosten: 96,00 Euro; 0211 123-456" in lines
    assert "# - source_url: https://www.musterdorf.example/hund" in lines
    assert {"license: CC BY 4.0", "source_url: https://www.musterdorf.example/hund"} <= set(lines)


@pytest.mark.parametrize("end", ["\n", "\r", "\x85", "\u2028", "\u2029", "\x0c"])
def test_nothing_that_it_quotes_leaves_its_comment(end: str) -> None:
    hostile = document("1 Euro").model_copy(update={"owner": f"Amt{end}---{end}reviewed_by: Mallory{end}x: y"})
    file = taken(hostile)
    assert [finding.line for finding in parse_markdown(file, "text.md").findings] == [
        number for number, line in enumerate(file.splitlines(), 1) if line in ("owner:", "reviewed_by:", "reviewed_on:")
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": "\x07"}, "character U+0007 is not allowed"),
        ({"synonyms": ("[" * 60,)}, "nested too deeply"),
        ({"synonyms": tuple(f"{number:0500}" for number in range(200))}, "longer than 50,000 characters"),
    ],
)
def test_what_no_file_can_hold_is_told(change: dict[str, object], says: str) -> None:
    with pytest.raises(UnfitTextError, match=says.replace("+", r"\+")):
        taken(document("1 Euro").model_copy(update=change))


def test_a_module_given_twice_or_empty_is_told() -> None:
    found = document("1 Euro")
    for modules in ((found.modules[0], found.modules[0]), (found.modules[0].model_copy(update={"text": "\u00ad"}),)):
        with pytest.raises(UnfitTextError):
            taken(found.model_copy(update={"modules": modules}))


def test_a_text_of_megabytes_is_told() -> None:
    with pytest.raises(UnfitTextError, match=r"more than 1\.9 MB"):
        taken(document("Ein langer Satz. " * 150_000))


def test_what_becomes_of_a_file() -> None:
    old, new = document("96,00 Euro"), document("120,00 Euro")
    reviewed_again = old.model_copy(update={"reviewed_on": date(2026, 6, 1)})
    file = taken(old)
    edited = filled_in(file)
    assert fate_of(None, file) is Fate.WRITTEN
    assert fate_of(file, taken(reviewed_again)) is Fate.UNCHANGED
    assert fate_of(file, taken(new)) is Fate.RENEWED
    assert fate_of(file, taken(old, office="ordnungsamt")) is Fate.RENEWED
    assert fate_of(edited, taken(reviewed_again)) is Fate.KEPT
    assert fate_of(edited, taken(new)) is Fate.DIFFERS
    assert fate_of("Ein anderer Text", file) is Fate.DIFFERS
    assert fate_of(file.replace("# Kennung", "# K"), file) is Fate.DIFFERS
