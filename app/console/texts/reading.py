"""What this process remembers of each town's texts, and the page that says that they are still being read."""

from threading import Lock
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from app.console.access import Editor, Signed
from app.console.page import render
from app.errors import AmtslotseError

if TYPE_CHECKING:
    from ingest.town_texts import TownState, TownTexts

FIRST_WAIT_S = 1.0
"""How long a page waits for texts that are read for the first time, before it says that they are."""
_towns: dict[tuple[str, str, str], "TownTexts"] = {}
_lock = Lock()

router = APIRouter()


class TextsBeingReadError(AmtslotseError):
    """The texts are read for the first time since the server started; the same page can be shown in a few seconds."""

    code = "texts_being_read"
    http_status = 503

    def __init__(self, signed: Signed) -> None:
        super().__init__("Die Texte werden gerade gelesen. Bitte versuchen Sie es gleich noch einmal.")
        self.signed = signed


def town_state(signed: Signed, *, patient: bool) -> "TownState":
    """The texts of the page's town as their files are now. Pages that can be asked for again need not be patient.

    Raises:
        UnknownTenantError, ConfigurationError: the town's settings are missing or wrong.
        TextsBeingReadError: that takes longer than FIRST_WAIT_S; never for the patient.
    """
    texts = _texts_of(signed)
    state = texts.now() if patient else texts.soon(FIRST_WAIT_S)
    if state is None:
        raise TextsBeingReadError(signed)
    return state


@router.get("/{tenant}/texts/checks")
def checks(signed: Editor) -> JSONResponse:
    """For the script of pages that wait: whether the texts are read, and whether all findings are in."""
    state = _texts_of(signed).soon(0)
    return JSONResponse({"read": state is not None, "complete": state is not None and state.complete})


def being_read_page(request: Request, error: TextsBeingReadError) -> HTMLResponse:
    """Says so, with a link to the page that was asked for."""
    return render(request, error.signed, "checks", "console/being_read.html")


def _texts_of(signed: Signed) -> "TownTexts":
    from ingest.town_texts import TownTexts

    settings, tenant_id = signed.running.settings, signed.town.id
    key = (str(settings.knowledge_dir), str(settings.data_dir), tenant_id)
    with _lock:
        if key not in _towns:
            _towns[key] = TownTexts(settings.knowledge_dir, settings.data_dir, tenant_id)
        return _towns[key]
