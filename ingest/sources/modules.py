"""Sections of a page become FIM modules: one module a kind, whatever the headings are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.index.modules import ModuleKind, heading_of
from ingest.document import Module
from ingest.findings import Finding, Severity
from ingest.sources.harmless import harmless
from ingest.sources.headings import Meaning, meaning_of
from ingest.sources.plain import one_line, plain
from ingest.sources.sections import Page, Section

TEASER_CHARS = 400
"""Text before the first heading is a teaser up to this length: two or three sentences."""
_LONGEST_HEADING = 300
"""Characters; more is a paragraph that is called a heading."""
_OF_ITS_PARENT = (ModuleKind.FULL_TEXT, ModuleKind.NOTES, ModuleKind.TEASER)
"""What stands below "Kosten" under "Hinweise" is about the costs."""


@dataclass(slots=True)
class _Group:
    """A section and what belongs to it."""

    heading: str
    meaning: Meaning
    level: int
    place: int
    texts: list[str] = field(default_factory=list)


def modules_of(
    page: Page, mapped: Mapping[str, ModuleKind | None], language: str
) -> tuple[tuple[Module, ...], tuple[Finding, ...]]:
    """The page's modules in the order in which they begin, and what is doubtful about them.

    `mapped` is the source's table of headings. No text is lost except below headings that are to be skipped.
    """
    groups = _groups(page, mapped)
    findings: list[Finding] = []
    for group in groups:
        if group.meaning.kind is not None and group.texts and not group.meaning.sure:
            findings.append(_guessed(page.name, group))
    return tuple(_merged(groups, language)), tuple(findings)


def _groups(page: Page, mapped: Mapping[str, ModuleKind | None]) -> list[_Group]:
    groups: list[_Group] = []
    open_groups: list[_Group] = []
    """The sections that the current one stands below, outermost first."""
    title = page.title.casefold()
    for section in page.sections:
        heading, text = one_line(section.heading), harmless(plain(section.text).strip())
        if len(heading) > _LONGEST_HEADING:
            heading, text = "", f"{harmless(heading)}\n\n{text}".strip()
        if not heading or heading.casefold() == title:
            if text:
                groups.append(_beginning(text, section))
            continue
        while open_groups and open_groups[-1].level >= section.level:
            open_groups.pop()
        parent = open_groups[-1] if open_groups else None
        meaning = meaning_of(heading, mapped)
        if parent is not None and _belongs_to(meaning, parent.meaning):
            if text:
                parent.texts.append(f"### {harmless(heading)}\n\n{text}")
            continue
        group = _Group(heading, meaning, section.level, section.place, [text] if text else [])
        groups.append(group)
        open_groups.append(group)
    return groups


def _beginning(text: str, section: Section) -> _Group:
    """Text before the first heading, or below the title."""
    short = len(text) <= TEASER_CHARS and not any(line.startswith(("- ", "|", "1. ")) for line in text.splitlines())
    kind = ModuleKind.TEASER if short else ModuleKind.FULL_TEXT
    return _Group("", Meaning(kind, 1.0), section.level, section.place, [text])


def _belongs_to(meaning: Meaning, parent: Meaning) -> bool:
    """Whether a deeper section stays inside the one above it."""
    if parent.kind is None:
        return True
    if meaning.mapped:
        return False
    if not meaning.sure:
        return True
    return parent.sure and parent.kind is not ModuleKind.FULL_TEXT and meaning.kind in _OF_ITS_PARENT


def _merged(groups: Iterable[_Group], language: str) -> Iterable[Module]:
    by_kind: dict[ModuleKind, list[_Group]] = {}
    for group in groups:
        if group.meaning.kind is not None and group.texts:
            by_kind.setdefault(group.meaning.kind, []).append(group)
    for kind, same in by_kind.items():
        heading = same[0].heading or heading_of(kind, language)
        text = "\n\n".join(_with_headings(same))
        yield Module(kind=kind, heading=heading, text=text, line=same[0].place)


def _with_headings(groups: Sequence[_Group]) -> Iterable[str]:
    """The texts; a heading stays where it says more than the module's own."""
    for position, group in enumerate(groups):
        says_more = position > 0 or (group.meaning.kind is ModuleKind.FULL_TEXT and group.meaning.confidence < 1)
        if group.heading and says_more:
            yield f"### {harmless(group.heading)}"
        yield from group.texts


def _guessed(name: str, group: _Group) -> Finding:
    assert group.meaning.kind is not None
    return Finding(
        "guessed-heading", Severity.WARNING, name, group.place,
        f"'{group.heading}' is read as {group.meaning.kind.value}, with a confidence of {group.meaning.confidence:.2f}",
        f"say what it is under 'headings' of this source in sources.yaml: \"{group.heading}\": "
        f"{group.meaning.kind.value} (or another module, or skip)",
    )  # fmt: skip
