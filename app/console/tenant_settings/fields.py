"""The fields of the settings pages: what stands in them, and the changes to `tenant.yaml` that they mean.

A field is named like its place in the file, with dashes between: `greeting-de`, `handover-mail-sender`. So whatever
is wrong at a place of the file is wrong in a field.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from starlette.datastructures import FormData

from app.console.access import text_field
from app.errors import InvalidInputError
from app.tenants.settings_text import Problem, Where
from app.tenants.tenant import Tenant

Kind = Literal["text", "email", "url", "long", "lines", "check", "number", "choice", "checks"]
WAYS: Mapping[str, tuple[str, ...]] = {"mail": ("sender",), "webhook": ("url",), "zammad": ("url", "group")}
"""Ways to answer hand-overs, each with its fields."""
KNOWN_LANGUAGES = ("de", "en", "uk", "ar", "tr", "ru", "fr")
_LONGEST = 8_000
_SHAPES = {
    "email": (re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+"), "Das ist keine E-Mail-Adresse, zum Beispiel amt@stadt.de."),
    "url": (re.compile(r"https?://[^\s/]+\S*"), "Eine Internetadresse beginnt mit https://."),
}
"""What the model of the settings lets pass, but nobody could use."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    name: str
    kind: Kind
    value: Any
    """As it is now: text, a list of texts for `lines` and `checks`, a bool for `check`."""
    group: str
    required: bool = False
    options: tuple[str, ...] = ()
    language: str = ""
    """Of what is typed into it."""

    @property
    def where(self) -> Where:
        """Its place in the file."""
        return tuple(self.name.split("-"))

    @property
    def wording(self) -> str:
        """Key of its label: its name without the language."""
        return self.name.removesuffix(f"-{self.language}") if self.language else self.name


def general_fields(tenant: Tenant) -> tuple[Field, ...]:
    """The fields of the town as a whole, in the order of the page."""
    return tuple(_general(tenant))


def posted_changes(fields: tuple[Field, ...], form: FormData) -> tuple[dict[Where, Any], tuple[Problem, ...]]:
    """What the posted form changes, and what of it cannot be read at all; fields that are as before change nothing."""
    changes: dict[Where, Any] = {}
    problems: list[Problem] = []
    for field in fields:
        try:
            value = _posted(field, form)
        except InvalidInputError as error:
            problems.append(Problem(None, field.where, "form", error.message))
            continue
        if value != _comparable(field.value):
            changes[field.where] = value if value not in ("", []) else None
    return changes, tuple(problems)


def as_posted(fields: tuple[Field, ...], form: FormData) -> tuple[Field, ...]:
    """The same fields with what was typed, to show a form again."""
    return tuple(_filled(field, form) for field in fields)


def way_changes(tenant: Tenant, form: FormData) -> dict[Where, Any]:
    """The way to answer hand-overs that was chosen, in place of the one before. Raises InvalidInputError."""
    chosen = text_field(form, "handover-way", longest=20)
    changes: dict[Where, Any] = {}
    for way, parts in WAYS.items():
        values = {part: text_field(form, f"handover-{way}-{part}", longest=500) for part in parts}
        now = getattr(tenant.handover, way)
        before = now.model_dump() if now else None
        after = values if way == chosen else None
        if before != after:
            changes["handover", way] = after
    return changes


def way_of(tenant: Tenant) -> str:
    """The way that is set; empty for answering by hand."""
    return next((way for way in WAYS if getattr(tenant.handover, way)), "")


def _general(tenant: Tenant) -> Iterator[Field]:
    for language in tenant.languages:
        yield Field(f"greeting-{language}", "long", tenant.greeting.get(language, ""), "greeting",
                    required=language == "de", language=language)  # fmt: skip
    for language in tenant.languages:
        asked = list(tenant.suggested_questions.get(language, ()))
        yield Field(f"suggested_questions-{language}", "lines", asked, "questions", language=language)
    for language in tenant.languages:
        yield Field(f"disclosure-{language}", "long", tenant.disclosure.get(language, ""), "disclosure",
                    language=language)  # fmt: skip
    others = tuple(code for code in tenant.languages if code not in KNOWN_LANGUAGES)
    yield Field("languages", "checks", list(tenant.languages), "basics", options=(*KNOWN_LANGUAGES, *others))
    yield Field("website", "url", tenant.website, "basics", required=True)
    yield Field("default_office", "choice", tenant.default_office, "basics",
                options=tuple(office.id for office in tenant.offices))  # fmt: skip
    yield Field("answering", "choice", tenant.answering, "basics", options=("helpful", "cautious"))
    yield Field("allowed_origins", "lines", list(tenant.allowed_origins), "embedding")
    yield Field("handover-form", "check", tenant.handover.form, "handover")
    yield Field("handover-working_days", "number", tenant.handover.working_days, "handover")


def _posted(field: Field, form: FormData) -> Any:
    """What was posted, as it belongs into the file. Raises InvalidInputError."""
    if field.kind == "check":
        return form.get(field.name) == "1"
    if field.kind == "checks":
        given = {value for value in form.getlist(field.name) if isinstance(value, str)}
        # In the town's own order, what is new behind it.
        return [*(each for each in field.value if each in given), *(
            each for each in field.options if each in given and each not in field.value
        )]  # fmt: skip
    text = text_field(form, field.name, longest=_LONGEST)
    if field.required and not text:
        raise InvalidInputError("Bitte füllen Sie dieses Feld aus.")
    if field.kind == "lines":
        return [line.strip() for line in text.splitlines() if line.strip()]
    if field.kind == "number":
        if text and not text.isdecimal():
            raise InvalidInputError("Geben Sie eine ganze Zahl an.")
        return int(text) if text else ""
    line = " ".join(text.split())
    if line and field.kind in _SHAPES:
        shape, advice = _SHAPES[field.kind]
        if not shape.fullmatch(line):
            raise InvalidInputError(advice)
    return line


def _filled(field: Field, form: FormData) -> Field:
    try:
        value = _posted(field, form)
    except InvalidInputError:
        value = form.get(field.name, "")
    return Field(field.name, field.kind, value, field.group, field.required, field.options, field.language)


def _comparable(value: Any) -> Any:
    return "" if value is None else value
