"""The form with snippet and preview, the same as data for the page's script, and the page in the preview's frame."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from app.api.headers import policy
from app.console.access import Desk, Signed
from app.console.answers.labels import language_label
from app.console.embed.look import AREA, COLOURS, DEFAULT_COLOUR, Look, look_of
from app.console.page import render
from app.errors import InvalidInputError
from app.web.bundle import widget_bundle
from app.web.embedding import EmbedOptions, embed_snippets

router = APIRouter(prefix="/{tenant}/embed")


@router.get("")
def embed(request: Request, signed: Desk) -> Response:
    """The form, and what comes of it."""
    error, look = None, Look(EmbedOptions(), ())
    try:
        look = look_of(request.query_params)
    except InvalidInputError as wrong:
        error = wrong
    response = render(
        request,
        signed,
        AREA,
        "console/embed/embed.html",
        error=error,
        error_field="mode",
        value=request.query_params.get,
        colours=COLOURS,
        default_colour=DEFAULT_COLOUR,
        languages=[(code, language_label(code)) for code in signed.town.languages],
        origins=signed.town.allowed_origins,
        greeting=signed.town.greeting["de"],
        **_result(request, signed, look),
    )
    response.headers["Content-Security-Policy"] = policy(frames="'self'")
    return response


@router.get("/snippet")
def snippet(request: Request, signed: Desk) -> JSONResponse:
    """Snippets and warnings for the page's script, so that it need not load the page anew."""
    try:
        result = _result(request, signed, look_of(request.query_params))
    except InvalidInputError as error:
        return JSONResponse({"error": error.message}, error.http_status)
    return JSONResponse({**result, "snippets": asdict(result["snippets"])})


@router.get("/preview")
def preview(request: Request, signed: Desk) -> Response:
    """A page like the town's own, with the real widget; only the console may frame it."""
    response = render(
        request,
        signed,
        AREA,
        "console/embed/preview.html",
        options=look_of(request.query_params).options,
        town=signed.town,
    )
    response.headers["Content-Security-Policy"] = policy(("'self'",))
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _result(request: Request, signed: Signed, look: Look) -> dict[str, Any]:
    base_url = f"{request.url.scheme}://{request.url.netloc}"
    query = f"?{request.url.query}" if request.url.query else ""
    return {
        "snippets": embed_snippets(signed.town.id, base_url, look.options, widget_bundle()),
        "warnings": look.warnings,
        "preview": f"/console/{signed.town.id}/embed/preview{query}",
    }
