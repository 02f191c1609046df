"""The widget's one file: the present version, and those that pages have pinned."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.dependencies import RunningDep
from app.errors import NotFoundError
from app.web.bundle import Bundle, widget_bundle
from app.web.pinned import pinned_bundle

router = APIRouter(include_in_schema=False)
_FOREVER = "public, max-age=31536000, immutable"


@router.get("/widget.js")
def script(request: Request) -> Response:
    """The one script that a town's page embeds."""
    bundle = widget_bundle()
    tag = f'"{bundle.digest}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept-Encoding"})
    return _response(bundle, request, {"ETag": tag, "Cache-Control": "no-cache"})


@router.get("/widget-{digest}.js")
def pinned(digest: str, request: Request, running: RunningDep) -> Response:
    """Exactly that version, for a script tag with `integrity`."""
    bundle = pinned_bundle(digest, running.settings.data_dir)
    if bundle is None:
        raise NotFoundError("Diese Fassung des Chats gibt es hier nicht (mehr).")
    return _response(bundle, request, {"Cache-Control": _FOREVER})


def _response(bundle: Bundle, request: Request, headers: dict[str, str]) -> Response:
    headers = {**headers, "Vary": "Accept-Encoding"}
    content = bundle.text
    if "gzip" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = bundle.compressed, "gzip"
    return Response(content, media_type="text/javascript", headers=headers)
