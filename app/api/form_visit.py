"""Whose page a plain form is: nothing is kept in the browser, so hidden fields carry it from page to page."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe

from fastapi import Request
from pydantic import TypeAdapter, ValidationError

from app.api.desk_schemas import Secret
from app.api.rate_limits import RateLimits
from app.api.same_origin import checked_origin
from app.wording.catalog import EINFACH, FALLBACK, STANDARD

_CONVERSATION_BYTES = 16
_SECRET: TypeAdapter[str] = TypeAdapter(Secret)
_LANGUAGE_LETTERS = 2


@dataclass(frozen=True)
class Visit:
    """One conversation on the plain pages."""

    tenant: str
    conversation: str
    """Not to be guessed: whoever knows it may read and erase all of it."""
    language: str = ""
    """ISO 639-1, as chosen; empty: a German page, and the question's language is detected."""
    style: str = STANDARD

    @classmethod
    def new(cls, tenant: str, language: str = "") -> "Visit":
        """One that has asked nothing yet."""
        return cls(tenant, token_urlsafe(_CONVERSATION_BYTES), language)

    @property
    def spoken(self) -> str:
        """The language of what the page says itself."""
        return self.language or FALLBACK


async def posted(request: Request, tenant: str) -> tuple[Visit, Mapping[str, str]]:
    """The visit of a form that was sent, and its fields as trimmed text with Unix line ends.

    Hidden fields that somebody changed count as not sent: what the citizen typed counts all the same.

    Raises:
        ForbiddenError: a page of another site sent it.
    """
    checked_origin(request)
    form = await request.form()
    sent = {name: value.replace("\r\n", "\n").strip() for name, value in form.items() if isinstance(value, str)}
    language = sent.get("language", "")
    known = len(language) == _LANGUAGE_LETTERS and language.isascii() and language.islower()
    visit = Visit.new(tenant, language if known else "")
    style = EINFACH if sent.get("style") == EINFACH else STANDARD
    try:
        conversation = _SECRET.validate_python(sent.get("conversation_id"))
    except ValidationError:
        conversation = visit.conversation
    return Visit(tenant, conversation, visit.language, style), sent


def counted(request: Request, limits: RateLimits) -> None:
    """Counts a form that asks nothing, as a call of the API would. Raises TooManyRequestsError."""
    limits.call(address(request))


def address(request: Request) -> str | None:
    """Where the request comes from, for limits."""
    return request.client.host if request.client else None
