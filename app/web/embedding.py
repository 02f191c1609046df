"""What a town puts into its pages to get the chat: HTML for the plain and for the pinned version, and what to allow."""

import re
from dataclasses import dataclass, fields
from html import escape
from typing import Literal

from app.errors import InvalidInputError
from app.web.bundle import Bundle

Mode = Literal["bubble", "inline", "page"]
Theme = Literal["auto", "light", "dark"]
Position = Literal["left", "right"]

_BASE_URL = re.compile(r"https?://[^\s\"'<>?#]+")
_PATTERNS = {
    "greeting": (re.compile(r"[^\x00-\x1f\x7f]{1,300}"), "up to 300 characters in one line"),
    "language": (re.compile(r"[a-z]{2}"), "two letters such as 'en'"),
    "offset": (re.compile(r"\d{1,3}( \d{1,3})?"), "pixels from side and bottom such as '20 96'"),
    "accent": (re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"), "a colour such as '#8a1538'"),
    "header": (re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"), "a colour such as '#8a1538'"),
}


@dataclass(frozen=True)
class EmbedOptions:
    """The options of the widget; None leaves one out, so that the widget's own default holds.

    Raises:
        InvalidInputError: a value that the widget would not understand.
    """

    mode: Mode = "bubble"
    language: str | None = None
    theme: Theme | None = None
    position: Position | None = None
    offset: str | None = None
    accent: str | None = None
    header: str | None = None
    greeting: str | None = None

    def __post_init__(self) -> None:
        for name, (pattern, expected) in _PATTERNS.items():
            value = getattr(self, name)
            if value is not None and not pattern.fullmatch(value):
                raise InvalidInputError(f"'{value}' is no {name} of the widget: give {expected}.")

    def attributes(self) -> dict[str, str]:
        """By name, without those that say what holds anyway."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: value for name, value in given.items() if value is not None and (name, value) != ("mode", "bubble")
        }


@dataclass(frozen=True)
class Snippets:
    """What to paste, and where the chat can be reached without pasting anything."""

    plain: str
    """HTML; the page always gets the service's present version of the widget."""
    pinned: str
    """HTML; the page gets exactly this version, checked by the browser, until somebody changes the tag."""
    policy: str
    """Directives for a page with a Content-Security-Policy."""
    chat_url: str
    """The chat as a page of its own."""
    form_url: str
    """The same without JavaScript."""


def embed_snippets(tenant_id: str, base_url: str, options: EmbedOptions, bundle: Bundle) -> Snippets:
    """The snippets for a town, with the service at `base_url` as browsers reach it.

    Raises:
        InvalidInputError: the base URL is none.
    """
    if not _BASE_URL.fullmatch(base_url):
        raise InvalidInputError(
            f"'{base_url}' is no address of the service: give one such as https://chat.example.org."
        )
    base = base_url.rstrip("/")
    origin = "/".join(base.split("/")[:3])
    data = {"tenant": tenant_id, **options.attributes()}
    pinned = {"integrity": bundle.integrity, "crossorigin": "anonymous"}
    return Snippets(
        plain=_script(f"{base}/widget.js", data, {}),
        pinned=_script(f"{base}/widget-{bundle.digest}.js", data, pinned),
        policy=f"script-src {origin}; connect-src {origin}",
        chat_url=f"{base}/{tenant_id}/chat",
        form_url=f"{base}/{tenant_id}/fragen",
    )


def _script(src: str, data: dict[str, str], more: dict[str, str]) -> str:
    attributes = {"src": src, **more, **{f"data-{name}": value for name, value in data.items()}}
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<script {written} defer></script>"
