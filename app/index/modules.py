"""The FIM text modules: the closed vocabulary that every service text is divided into."""

from enum import StrEnum


class ModuleKind(StrEnum):
    """What a passage of a service text is about (FIM "Textmodule", with the codes that XZuFi uses)."""

    TEASER = "teaser"
    FULL_TEXT = "full_text"
    REQUIRED_DOCUMENTS = "required_documents"
    PREREQUISITES = "prerequisites"
    COSTS = "costs"
    PROCEDURE = "procedure"
    PROCESSING_TIME = "processing_time"
    DEADLINE = "deadline"
    FORMS = "forms"
    NOTES = "notes"
    LEGAL_BASIS = "legal_basis"
    RESPONSIBLE_OFFICE = "responsible_office"
    CONTACT = "contact"
    LEGAL_REMEDY = "legal_remedy"


GERMAN_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("Kurz erklärt", "Teaser", "Kurztext"),
    ModuleKind.FULL_TEXT: ("Beschreibung", "Volltext", "Leistungsbeschreibung"),
    ModuleKind.REQUIRED_DOCUMENTS: ("Erforderliche Unterlagen", "Unterlagen", "Benötigte Unterlagen"),
    ModuleKind.PREREQUISITES: ("Voraussetzungen",),
    ModuleKind.COSTS: ("Kosten", "Gebühren", "Gebühr"),
    ModuleKind.PROCEDURE: ("Verfahrensablauf", "Ablauf"),
    ModuleKind.PROCESSING_TIME: ("Bearbeitungsdauer", "Bearbeitungszeit"),
    ModuleKind.DEADLINE: ("Frist", "Fristen"),
    ModuleKind.FORMS: ("Formulare", "Anträge und Formulare"),
    ModuleKind.NOTES: ("Hinweise", "Besonderheiten"),
    ModuleKind.LEGAL_BASIS: ("Rechtsgrundlagen", "Rechtsgrundlage"),
    ModuleKind.RESPONSIBLE_OFFICE: ("Zuständige Stelle",),
    ModuleKind.CONTACT: ("Ansprechpunkt", "Kontakt"),
    ModuleKind.LEGAL_REMEDY: ("Rechtsbehelf",),
}
"""Headings accepted for each module; the first is the one that citizens see."""

ENGLISH_HEADINGS: dict[ModuleKind, tuple[str, ...]] = {
    ModuleKind.TEASER: ("In short",),
    ModuleKind.FULL_TEXT: ("Description",),
    ModuleKind.REQUIRED_DOCUMENTS: ("Required documents",),
    ModuleKind.PREREQUISITES: ("Requirements", "Prerequisites"),
    ModuleKind.COSTS: ("Costs", "Fees"),
    ModuleKind.PROCEDURE: ("Procedure",),
    ModuleKind.PROCESSING_TIME: ("Processing time",),
    ModuleKind.DEADLINE: ("Deadline", "Deadlines"),
    ModuleKind.FORMS: ("Forms",),
    ModuleKind.NOTES: ("Notes",),
    ModuleKind.LEGAL_BASIS: ("Legal basis",),
    ModuleKind.RESPONSIBLE_OFFICE: ("Responsible office",),
    ModuleKind.CONTACT: ("Contact",),
    ModuleKind.LEGAL_REMEDY: ("Legal remedy",),
}


def heading_of(kind: ModuleKind, language: str) -> str:
    """The heading of a module as citizens read it; German where the language has none of its own."""
    headings = ENGLISH_HEADINGS if language == "en" else GERMAN_HEADINGS
    return headings[kind][0]


def kind_of_heading(heading: str) -> ModuleKind | None:
    """The module that a heading names, or None for an unknown heading. Case and spacing don't matter."""
    return _KIND_BY_HEADING.get(" ".join(heading.split()).casefold())


_KIND_BY_HEADING = {
    heading.casefold(): kind
    for table in (GERMAN_HEADINGS, ENGLISH_HEADINGS)
    for kind, headings in table.items()
    for heading in headings
}
