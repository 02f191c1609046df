"""The style sheets that are joined from parts; the others are plain files below `/static/`."""

from pathlib import PurePosixPath

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web.style_sheets import style_sheet

router = APIRouter(include_in_schema=False)


@router.get("/static/console.css")
@router.get("/static/page.css")
def joined(request: Request) -> Response:
    """One of `SHEETS`; browsers ask each time whether it has changed."""
    text, tag = style_sheet(PurePosixPath(request.url.path).stem)
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(text, media_type="text/css", headers={"ETag": tag})
