"""The first page: which town, and what there is to do."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.console.access import SignedIn, Staff
from app.console.page import redirect, render
from app.console.start_page import key_figures, waiting
from app.console.towns import town_names

router = APIRouter()


@router.get("/")
def home(request: Request, signed: SignedIn) -> Response:
    """The towns that the account may work for; the only one at once."""
    names = town_names(signed.running.service.generations)
    towns = [(town, names[town]) for town in signed.account.tenants(names)]
    if len(towns) == 1 and not signed.account.is_admin_everywhere:
        return redirect(f"/console/{towns[0][0]}")
    return render(request, signed, "overview", "console/towns.html", towns=towns)


@router.get("/{tenant}")
def overview(request: Request, signed: Staff) -> HTMLResponse:
    """What waits for this person, the key figures of the week, and the areas."""
    return render(
        request, signed, "overview", "console/overview.html", waiting=waiting(signed), tiles=key_figures(signed)
    )
