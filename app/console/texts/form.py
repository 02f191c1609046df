"""The form of a text: fields of the front matter and modules, or the whole Markdown for experts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from app.console.access import text_field
from app.console.texts.pasted import without_leftovers
from app.index.modules import GERMAN_HEADINGS, ModuleKind, heading_of, kind_of_heading

LONGEST = 200_000
"""Characters of one field; the longest statute of a town has fewer."""
_MODULE = "module-"


@dataclass(frozen=True, slots=True)
class ModuleField:
    """One module of the form."""

    kind: str
    label: str
    """German name of the module."""
    heading: str
    """As the text has it; empty for one that it doesn't have yet."""
    text: str


@dataclass(frozen=True, slots=True)
class EditForm:
    """What stands in the form."""

    base: str
    """SHA-256 of the saved file when the form was made; empty for none."""
    draft_base: str
    """Digest of the draft when the form was made; empty for none."""
    expert: bool
    markdown: str
    """The whole text, in both views."""
    front: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    modules: tuple[ModuleField, ...] = ()
    """First those of the text in its order, then the others."""

    @property
    def form_is_possible(self) -> bool:
        """Whether nothing of the text would be lost in the view with fields."""
        from ingest.edited_text import text_parts

        return text_parts(self.markdown) is not None


def form_of(markdown: str, base: str, draft_base: str, *, expert: bool) -> EditForm:
    """The form for a text; the expert's view when the other would lose something."""
    from ingest.edited_text import text_parts

    parts = None if expert else text_parts(markdown)
    if parts is None:
        return EditForm(base, draft_base, True, markdown)
    language = parts.values.get("language", "de")
    there = [ModuleField(m.kind, _label(m.kind), m.heading, m.text) for m in parts.modules]
    have = {module.kind for module in there}
    missing = [
        ModuleField(kind.value, _label(kind.value), heading_of(kind, language), "")
        for kind in GERMAN_HEADINGS
        if kind.value not in have
    ]
    return EditForm(base, draft_base, False, markdown, parts.front, parts.values, (*there, *missing))


def posted_form(form: FormData, *, expert: bool | None = None) -> EditForm:
    """The form as posted, in the other view when `expert` says so. Raises InvalidInputError for a field too long."""
    was_expert = text_field(form, "view", longest=20) == "expert"
    base, draft_base = text_field(form, "base", longest=64), text_field(form, "draft_base", longest=64)
    markdown = _markdown(form) if was_expert else _composed(form)
    return form_of(markdown, base, draft_base, expert=was_expert if expert is None else expert)


def _markdown(form: FormData) -> str:
    return text_field(form, "markdown", longest=LONGEST * 5) + "\n"


def _composed(form: FormData) -> str:
    from ingest.edited_text import FIELDS, ModulePart, composed_text

    front = text_field(form, "front", longest=LONGEST)
    values = {name: without_leftovers(text_field(form, name, longest=LONGEST)) for name in FIELDS if name in form}
    known = set(ModuleKind)
    kinds = dict.fromkeys(name.removeprefix(_MODULE) for name in form if name.startswith(_MODULE))
    modules = [
        ModulePart(
            kind,
            text_field(form, f"heading-{kind}", longest=500),
            without_leftovers(text_field(form, f"{_MODULE}{kind}", longest=LONGEST)),
        )
        for kind in kinds
        if kind in known
    ]
    return composed_text(front, values, modules)


def new_markdown(values: Mapping[str, str]) -> str:
    """The beginning of a new text."""
    from ingest.edited_text import composed_text

    return composed_text("", values, ())


def field_of(markdown: str, line: int, message: str) -> str:
    """The id of the form's field that a finding in that line (0: none) is about; empty when it is none of them."""

    from ingest.edited_text import FIELDS
    from ingest.sources.markdown import heading_in

    named = re.match(r"'(\w+)'", message)
    if named and named[1] in FIELDS:
        return named[1]
    lines = markdown.split("\n")[:line]
    fences = [number for number, text in enumerate(lines) if text.strip() == "---"]
    if len(fences) < 2:
        keys = [match[1] for text in lines if (match := re.match(r"(\w+)\s*:", text))]
        return keys[-1] if keys and keys[-1] in FIELDS else ""
    headings = [title for text in lines if (title := heading_in(text))]
    kind = kind_of_heading(headings[-1]) if headings else None
    return f"{_MODULE}{kind}" if kind else ""


def _label(kind: str) -> str:
    return heading_of(ModuleKind(kind), "de") if kind else ""
