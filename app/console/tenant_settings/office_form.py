"""The form of one office: its fields, and the changes to `tenant.yaml` that they mean."""

from typing import Any

from starlette.datastructures import FormData

from app.console.access import text_field
from app.console.tenant_settings.fields import Field, posted_changes
from app.console.tenant_settings.hours import exception_fields, exception_from, spans_from, spans_text
from app.errors import InvalidInputError, NotFoundError
from app.tenants.office import WEEKDAYS, Office
from app.tenants.settings_text import Problem, Where
from app.tenants.tenant import Tenant

EMPTY_EXCEPTIONS = 3
"""Empty lines for new exceptions."""
_MOST_EXCEPTIONS = 60
_STEP_FREE = {"": None, "yes": True, "no": False}


def office_place(tenant: Tenant, office_id: str) -> int:
    """Index of the office in the file. Raises NotFoundError."""
    for place, office in enumerate(tenant.offices):
        if office.id == office_id:
            return place
    raise NotFoundError("Diese Stelle gibt es nicht mehr. Öffnen Sie die Einstellungen neu.")


def office_fields(office: Office) -> tuple[Field, ...]:
    """The fields of an office but for its exceptions."""
    step_free = next(key for key, value in _STEP_FREE.items() if value is office.step_free)
    return (
        Field("name", "text", office.name, "name", required=True),
        Field("article", "choice", office.article or "", "name", options=("", "das", "die", "der")),
        Field("synonyms", "lines", list(office.synonyms), "name"),
        Field("phone", "text", office.phone, "contact", required=True),
        Field("email", "email", office.email, "contact", required=True),
        Field("url", "url", office.url, "contact", required=True),
        Field("appointment_url", "url", office.appointment_url, "contact"),
        Field("address-street", "text", office.address.street, "place", required=True),
        Field("address-postal_code", "text", office.address.postal_code, "place", required=True),
        Field("address-city", "text", office.address.city, "place", required=True),
        Field("step_free", "choice", step_free, "place", options=tuple(_STEP_FREE)),
        *(Field(f"hours-{day}", "text", spans_text(office.hours.get(day, ())), "hours") for day in WEEKDAYS),
    )


def exception_rows(office: Office) -> tuple[tuple[str, str, str], ...]:
    """Date, hours and reason of each exception, and some empty lines."""
    return (*map(exception_fields, office.exceptions), *[("", "", "")] * EMPTY_EXCEPTIONS)


def posted_exceptions(form: FormData) -> tuple[tuple[str, str, str], ...]:
    """The lines as they were typed."""
    typed = []
    for row in range(_MOST_EXCEPTIONS):
        names = [f"exceptions-{row}-{part}" for part in ("date", "hours", "reason")]
        if names[0] in form:
            date, hours, reason = (" ".join(text_field(form, name, longest=300).split()) for name in names)
            typed.append((date, hours, reason))
    return tuple(typed)


def office_changes(office: Office, place: int, form: FormData) -> tuple[dict[Where, Any], tuple[Problem, ...]]:
    """What the posted form changes in the file, and what cannot be read."""
    here: Where = ("offices", place)
    found, problems = posted_changes(office_fields(office), form)
    changes: dict[Where, Any] = {}
    unread = list(problems)
    for where, value in found.items():
        if where[0] == "hours":
            try:
                changes[*here, *where] = spans_from(value or "") or None
            except InvalidInputError as error:
                unread.append(Problem(None, where, "form", error.message))
        else:
            changes[*here, *where] = _STEP_FREE[value or ""] if where == ("step_free",) else value
    typed = posted_exceptions(form)
    if [row for row in typed if any(row)] != [exception_fields(each) for each in office.exceptions]:
        exceptions = []
        for row, line in enumerate(typed):
            try:
                exceptions.append(exception_from(*line))
            except InvalidInputError as error:
                unread.append(Problem(None, ("exceptions", row, "date"), "form", error.message))
        kept = [each for each in exceptions if each is not None]
        changes[*here, "exceptions"] = sorted(kept, key=lambda each: each["date"]) or None
    return changes, tuple(unread)
