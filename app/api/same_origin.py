"""Forms are taken from our own pages only."""

from urllib.parse import urlsplit

from fastapi import Request

from app.errors import ForbiddenError


def checked_origin(request: Request) -> None:
    """Raises ForbiddenError for a form that a page of another site sent.

    Our pages send no referrer, and with it browsers write the origin as `null`; then they must say themselves that it
    is ours.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    is_ours = origin is None or _host(origin) == request.headers.get("host")
    if origin == "null":
        is_ours = site == "same-origin"
    if not is_ours or site not in (None, "same-origin", "none"):
        raise ForbiddenError("Dieses Formular kam von einer fremden Seite und wurde nicht angenommen.")


def _host(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # no browser writes such an origin
        return None
