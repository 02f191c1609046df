"""The list of a town's texts."""

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.console.access import Editor
from app.console.texts.desk import BROKEN, CHANGED, LIVE, NEW, REMOVED, Row, TextsDesk
from app.console.texts.shown import texts_page

router = APIRouter()
PAGE = 50
"""Texts on one page."""
STATES = (LIVE, CHANGED, NEW, REMOVED, BROKEN)
FILTERS = (*STATES, "draft", "in_review", "findings")
ORDERS = ("title", "reviewed", "owner", "findings")


@router.get("/{tenant}/texts")
def texts(
    request: Request, signed: Editor, q: str = "", state: str = "", owner: str = "", order: str = "title", page: int = 1
) -> HTMLResponse:
    """All texts with owner, review and findings."""
    desk = TextsDesk(signed, patient=False)
    found = _sorted([row for row in desk.rows if _fits(row, q, state, owner)], order)
    last_page = max(1, -(-len(found) // PAGE))
    page = min(max(1, page), last_page)
    return texts_page(
        request,
        signed,
        "console/texts_list.html",
        rows=found[(page - 1) * PAGE : page * PAGE],
        found=len(found),
        total=len(desk.rows),
        page=page,
        last_page=last_page,
        counts=_counts(desk.rows),
        complete=desk.town.complete,
        unchecked=sum(not row.is_checked for row in desk.rows),
        owners=sorted({row.owner for row in desk.rows if row.owner}),
        filters=FILTERS,
        orders=ORDERS,
        q=q,
        state=state,
        owner=owner,
        order=order,
    )


def _fits(row: Row, q: str, state: str, owner: str) -> bool:
    names = " ".join((row.title, row.key, row.file or "", *(row.document.synonyms if row.document else ())))
    return (
        all(word in names.casefold() for word in q.casefold().split())
        and (not owner or row.owner == owner)
        and (not state or state in _marks(row))
    )


def _marks(row: Row) -> set[str]:
    return {row.state, row.draft_state, "findings" if row.errors or row.warnings else ""} - {""}


def _counts(rows: Sequence[Row]) -> Counter[str]:
    return Counter(mark for row in rows for mark in _marks(row))


def _sorted(rows: list[Row], order: str) -> list[Row]:
    if order == "reviewed":
        return sorted(rows, key=lambda row: row.reviewed_on or "9999")
    if order == "owner":
        return sorted(rows, key=lambda row: row.owner.casefold())
    if order == "findings":
        return sorted(rows, key=lambda row: (-row.errors, -row.warnings))
    return rows
