"""Options that several commands share."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from app.errors import InvalidInputError

TenantOption = Annotated[str | None, typer.Option(help="Municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
ProgressFileOption = Annotated[
    Path | None,
    typer.Option("--progress", metavar="FILE", dir_okay=False, help="Keep the progress in this file, for programs."),
]

_DURATION = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*([smhdw])")
_UNITS = {
    "s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}  # fmt: skip


def duration(text: str) -> timedelta:
    """A time such as `30m`, `6h`, `90d` or `12w`. Raises InvalidInputError."""
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise InvalidInputError(f"'{text}' is no span of time: write it like 30m, 6h, 90d or 12w.")
    return float(match[1]) * _UNITS[match[2]]


def reason_in_words(option: str, given: str | None) -> str | None:
    """The reason that was given with an option. Raises InvalidInputError for a blank one."""
    if given is not None and not given.strip():
        raise InvalidInputError(f"{option} needs a reason in words: it is kept with the generation.")
    return given
