"""The page of a trial, which its forms come back to."""

from datetime import UTC, datetime

from fastapi import Request
from fastapi.responses import Response

from app.console.access import Signed
from app.console.page import render
from app.console.trials.differences import differences
from app.console.trials.results import results
from app.console.trials.room import MOST_LISTED
from app.console.trials.shared import trial_room
from app.errors import AmtslotseError
from app.trials.repository import TrialRepository
from app.trials.trial import Tally, Trial

LONGEST_DAYS = 60
"""That a link may last."""
PAGE_ROWS = 50
AREA = "trials"


def trials_of(signed: Signed) -> TrialRepository:
    """Where the trials are kept."""
    return TrialRepository(signed.running.service.records.database)


def show_trial(
    request: Request, signed: Signed, trial: Trial, error: AmtslotseError | None = None, token: str = "", text: str = ""
) -> Response:
    """The page of a trial; with `token` once after a link was made, with `error` and `text` after a form went wrong."""
    kept = trials_of(signed)
    answers, given = kept.answers(trial, with_visitors=True), kept.votes(trial)
    rows = results(answers, given)
    page = _page_number(request.query_params.get("page", ""), len(rows))
    shown = rows[(page - 1) * PAGE_ROWS : page * PAGE_ROWS]
    return render(
        request, signed, AREA, "console/trials/trial.html", trial=trial, rows=shown, count=len(rows), page=page,
        has_more=page * PAGE_ROWS < len(rows), first_number=(page - 1) * PAGE_ROWS + 1,
        differences={row.answer.id: differences(row.answer) for row in shown}, tally=Tally.of(given),
        progress=trial_room(request.app.state, signed.running).progress(trial), most_listed=MOST_LISTED,
        longest_days=LONGEST_DAYS, is_open=trial.is_open(signed.running.clock()), error=error, text=text,
        built_at=built_at,
        link=f"{str(request.base_url).removesuffix('/console/').rstrip('/')}/trial/{token}" if token else "",
    )  # fmt: skip


def built_at(generation_id: str) -> datetime | None:
    """When a generation was built, which its id says, also of one that is gone; None when the id is of another kind."""
    try:
        return datetime.strptime(generation_id, "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _page_number(asked: str, rows: int) -> int:
    """From 1; the nearest page that there is."""
    last = max(1, -(-rows // PAGE_ROWS))
    return min(int(asked), last) if asked.isdecimal() and len(asked) < 6 and int(asked) else 1
