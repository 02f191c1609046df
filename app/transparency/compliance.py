"""Drafts for the town's data protection and AI files, filled from the running configuration.

They are German, because German authorities need them so. What only people know is marked, never made up.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.settings import Settings
from app.tenants.tenant import Tenant
from app.transparency import shown
from app.transparency.register import ContactEntry, TransparencyRegister
from app.wording.catalog import FALLBACK
from app.wording.transparency import transparency_catalog

LANGUAGE = FALLBACK
"""Of the drafts, and of the register that they are filled from."""
DRAFTS = ("verarbeitungstaetigkeit", "datenschutzinformation", "ki-transparenz", "technische-massnahmen")
"""GDPR Art. 30, Art. 13, AI Act Art. 50, GDPR Art. 32."""
_FOLDER = Path(__file__).with_name("drafts")
_OPEN = "[Bitte ergänzen: "
_MARKED = re.compile(r"<strong>(\[Bitte ergänzen: [^\]]*\])</strong>")
_SCROLLED = '<div class="scroll" role="region" aria-label="Tabelle" tabindex="0">'
"""Around a table that may be wider than a phone; keyboards can scroll it."""
_SPECIAL = re.compile(r"[\\`*\[\]<>|]|(?<![^\W_])_|_(?![^\W_])")
"""What Markdown would take for markup; an underscore within a word is none."""
_BASIS = re.compile(r"\b(?:Buchstabe|Buchst\.|lit\.)\s*([a-f])\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """One document in two formats with the same words."""

    name: str
    markdown: str
    html: str
    """Self-contained."""
    open: int
    """Places that a person must complete."""


def compliance_drafts(
    register: TransparencyRegister, tenant: Tenant, settings: Settings, today: date
) -> tuple[Draft, ...]:
    """The drafts; the same configuration on the same day gives the same bytes. `register` must be German."""
    wording = transparency_catalog(LANGUAGE)
    values = {
        "register": register,
        "settings": settings,
        "figures": register.evaluation.figures,
        "remote": any(model.location == "remote" for model in register.models),
        "writes": register.models_note is None,
        "letter": _letter(register.responsible.legal_basis),
        "origins": ", ".join(tenant.allowed_origins),
        "transparency_path": f"/{tenant.id}/transparenz",
        "today": shown.day(today, wording),
        "todo": _todo,
        "contact": _contact,
        "per_minute": _per_minute,
        "say": wording.text,
        "percent": partial(shown.percent, wording=wording),
    }
    return tuple(_draft(name, values) for name in DRAFTS)


def _draft(name: str, values: Mapping[str, object]) -> Draft:
    markdown = _markdown_templates().get_template(f"{name}.md.j2").render(values).rstrip() + "\n"
    title = markdown.partition("\n")[0].removeprefix("# ")
    return Draft(name, markdown, _page(title, markdown), markdown.count(_OPEN))


def _page(title: str, markdown: str) -> str:
    content = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    content = _MARKED.sub(r"<mark>\1</mark>", content)
    content = content.replace("<table>", f"{_SCROLLED}<table>").replace("</table>", "</table></div>")
    return _page_templates().get_template("seite.html.j2").render(title=title, content=Markup(content)) + "\n"  # noqa: S704


def _todo(what: str) -> Markup:
    """A place for a person, in bold so that nobody overlooks it."""
    return Markup(f"**{_OPEN}{what}]**")  # noqa: S704


def _escaped(value: object) -> object:
    """A value of the configuration as Markdown that shows it letter by letter, in one line."""
    if isinstance(value, Markup):
        return value
    return _SPECIAL.sub(lambda found: "\\" + found[0], " ".join(str(value).split()))


def _contact(entry: ContactEntry) -> str:
    labelled = (("Telefon ", entry.phone), ("E-Mail ", entry.email), ("", entry.url))
    ways = (f"{label}{value}" for label, value in labelled if value)
    return ", ".join([*filter(None, (entry.name, entry.address)), *ways])


def _per_minute(limit: int) -> str:
    """A rate limit in words; 0 is none."""
    return f"höchstens {limit} Fragen" if limit else "keine Grenze"


def _letter(legal_basis: str) -> str | None:
    """The letter of GDPR Art. 6(1) that a legal basis names, when it names exactly one."""
    found = set(_BASIS.findall(legal_basis))
    return found.pop() if len(found) == 1 else None


@cache
def _markdown_templates() -> Environment:
    """Escapes for Markdown instead of HTML; nothing may be missing."""
    return Environment(  # noqa: S701
        loader=FileSystemLoader(_FOLDER), finalize=_escaped, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip


@cache
def _page_templates() -> Environment:
    return Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
