"""Forms of editors' pages, filled as a browser would fill them."""

import re
from html import unescape
from pathlib import Path
from typing import Any

from lxml import html

from tests.knowledge import TENANT

COSTS = "module-costs"


def form_of(page: str, action: str = "/edit") -> dict[str, str]:
    """The fields of the form that posts to an address with that end, as they stand there."""
    tree: Any = html.fromstring(page)
    form = next(form for form in tree.forms if (form.action or "").endswith(action))
    return {name: (value or "").replace("\r\n", "\n") for name, value in form.form_values()}


def saved(folder: Path, name: str) -> str:
    """What a source file says."""
    return (folder / TENANT / "services" / name).read_text("utf-8")


def wording(page: str) -> str:
    """What a page says, without tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))
