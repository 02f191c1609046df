"""The look that somebody puts together: read from the form, checked, with what there is to say about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from app.errors import InvalidInputError
from app.web.colours import TEXT_CONTRAST, least_contrast, readable
from app.web.embedding import EmbedOptions, Mode, Position, Theme
from app.wording.console import console_catalog

AREA = "embed"
CHECKED = "1"
FIELDS = ("mode", "language", "theme", "position", "offset", "accent", "header", "greeting")
COLOURS = ("accent", "header")
DEFAULT_COLOUR = "#1b4f9c"
"""The widget's own."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen, and what is to be said about it."""

    options: EmbedOptions
    warnings: tuple[str, ...]


def look_of(values: Mapping[str, str]) -> Look:
    """The look that a form or an address asks for; what is not given is left to the widget.

    A colour counts when the box `own_<colour>` beside it is checked: a colour field is never empty.

    Raises:
        InvalidInputError: a value that the widget would not understand.
    """
    say = console_catalog(AREA).text
    given = {name: values.get(name, "").strip() or None for name in FIELDS}
    for name in COLOURS:
        if values.get(f"own_{name}") != CHECKED:
            given[name] = None
    for name, known in (("mode", Mode), ("theme", Theme), ("position", Position)):
        if given[name] not in (None, *get_args(known)):
            raise InvalidInputError(say("wrong.choice"))
    given["mode"] = given["mode"] or "bubble"
    try:
        options = EmbedOptions(**given)  # type: ignore[arg-type]  # checked above, and by the class itself
    except InvalidInputError as error:
        raise InvalidInputError(say("wrong.value")) from error
    return Look(options, tuple(_warnings(options)))


def _warnings(options: EmbedOptions) -> list[str]:
    say = console_catalog(AREA).text
    found = []
    if options.accent and (worst := least_contrast(options.accent)) < TEXT_CONTRAST:
        ratio = f"{worst:.1f}".replace(".", ",")
        found.append(say("contrast", colour=options.accent, ratio=ratio, instead=readable(options.accent)))
    if options.greeting:
        found.append(say("greeting_language"))
    return found
