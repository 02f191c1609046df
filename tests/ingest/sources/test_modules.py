"""Sections become modules: merged by kind, nested where they belong, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from app.index.modules import ModuleKind
from ingest.findings import Finding, Severity
from ingest.sources.modules import TEASER_CHARS, modules_of
from ingest.sources.sections import Page, Section

NAME = "pages/hund.html"
_WORDS = st.text(alphabet="abcdefgh .\n", max_size=30)
_HEADINGS = st.sampled_from(["", "Kosten", "Was kostet das?", "Frist", "Hinweise", "Ort der Trauung", "§ 3 Steuersatz"])


def page(*sections: Section) -> Page:
    return Page(NAME, "Hund anmelden", sections)


def read(
    *sections: Section, mapped: dict[str, ModuleKind | None] | None = None
) -> tuple[list[tuple[ModuleKind, str, str, int]], tuple[Finding, ...]]:
    modules, findings = modules_of(page(*sections), mapped or {}, "de")
    return [(module.kind, module.heading, module.text, module.line) for module in modules], findings


def test_sections_of_one_kind_become_one_module_with_the_later_headings_inside() -> None:
    modules, findings = read(
        Section("Was kostet das?", "96 Euro", 3), Section("Frist", "2 Wochen", 5), Section("Gebühren", "5 Euro", 9)
    )
    assert modules == [
        (ModuleKind.COSTS, "Was kostet das?", "96 Euro\n\n### Gebühren\n\n5 Euro", 3),
        (ModuleKind.DEADLINE, "Frist", "2 Wochen", 5),
    ]
    assert findings == ()


def test_short_text_before_the_first_heading_is_the_teaser() -> None:
    assert read(Section("", "Kurz.", 2), Section("Kosten", "5 Euro"))[0][0] == (
        ModuleKind.TEASER,
        "Kurz erklärt",
        "Kurz.",
        2,
    )


def test_text_below_the_title_is_text_before_the_first_heading() -> None:
    assert read(Section("HUND anmelden", "Kurz."))[0][0][:2] == (ModuleKind.TEASER, "Kurz erklärt")


def test_long_text_or_a_list_before_the_first_heading_is_the_full_text() -> None:
    assert read(Section("", "x" * (TEASER_CHARS + 1)))[0][0][0] is ModuleKind.FULL_TEXT
    assert read(Section("", "Dazu:\n- eins\n- zwei"))[0][0][:2] == (ModuleKind.FULL_TEXT, "Beschreibung")


def test_a_guess_is_a_warning_that_says_how_sure_it_is_and_what_to_write() -> None:
    modules, (finding,) = read(Section("Zahlung und Gebühren vor Ort", "Nur bar.", 8))
    assert modules[0][0] is ModuleKind.COSTS
    assert (finding.code, finding.severity, finding.file, finding.line) == (
        "guessed-heading",
        Severity.WARNING,
        NAME,
        8,
    )
    assert "is read as costs, with a confidence of 0.60" in finding.message
    assert '"Zahlung und Gebühren vor Ort": costs' in finding.fix
    assert "sources.yaml" in finding.fix


def test_what_the_town_maps_is_no_guess() -> None:
    mapped: dict[str, ModuleKind | None] = {"Zahlung *": ModuleKind.NOTES}
    modules, findings = read(Section("Zahlung und Gebühren vor Ort", "Nur bar."), mapped=mapped)
    assert (modules[0][0], findings) == (ModuleKind.NOTES, ())


def test_unknown_headings_keep_standing_in_the_full_text() -> None:
    modules, findings = read(Section("Ort der Trauung", "Im Rathaus."), Section("§ 3 Steuersatz", "96 Euro."))
    assert modules[0][2] == "### Ort der Trauung\n\nIm Rathaus.\n\n### § 3 Steuersatz\n\n96 Euro."
    assert [finding.message.split("'")[1] for finding in findings] == ["Ort der Trauung"]


def test_deeper_sections_belong_to_the_one_above_unless_they_name_a_module() -> None:
    modules, findings = read(
        Section("Kosten", "96 Euro", level=2),
        Section("Blindenhunde", "frei", level=3),
        Section("Hinweise", "Nur bar.", level=3),
        Section("Frist", "2 Wochen", level=3),
        Section("Hinweise", "Leinenpflicht", level=2),
    )
    assert [(kind, text) for kind, _, text, _ in modules] == [
        (ModuleKind.COSTS, "96 Euro\n\n### Blindenhunde\n\nfrei\n\n### Hinweise\n\nNur bar."),
        (ModuleKind.DEADLINE, "2 Wochen"),
        (ModuleKind.NOTES, "Leinenpflicht"),
    ]
    assert findings == ()


def test_a_skipped_section_is_left_out_with_all_below_it() -> None:
    modules, _ = read(
        Section("Aktuelles", "x", level=2), Section("Kosten", "y", level=3), Section("Frist", "z", level=2),
        mapped={"Aktuelles": None},
    )  # fmt: skip
    assert [kind for kind, *_ in modules] == [ModuleKind.DEADLINE]


def test_a_heading_that_only_holds_others_is_no_guess() -> None:
    _, findings = read(Section("Informationen zum Hund", "", level=2), Section("Kosten", "5 Euro", level=3))
    assert findings == ()


@given(st.lists(st.tuples(_HEADINGS, _WORDS, st.integers(1, 6))))
def test_no_text_is_lost(parts: list[tuple[str, str, int]]) -> None:
    sections = tuple(Section(heading, text, level=level) for heading, text, level in parts)
    modules, _ = modules_of(page(*sections), {}, "de")
    kept = "\n".join(module.text for module in modules)
    assert sorted(kept.replace("#", " ").split()).__len__() >= sum(len(text.split()) for _, text, _ in parts)
    for _, text, _ in parts:
        assert " ".join(text.split()) in " ".join(kept.split())
