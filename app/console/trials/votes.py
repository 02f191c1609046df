"""Staff's own votes, and all votes as a file."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from app.answering.personal_data import mask_personal_data
from app.console.access import Staff, posted, text_field
from app.console.page import redirect
from app.console.trials.results import results, results_csv
from app.console.trials.view import trials_of
from app.errors import InvalidInputError
from app.trials.trial import Choice
from app.wording.console import console_catalog

router = APIRouter()

LONGEST_COMMENT = 1_000


@router.post("/{trial_id}/questions/{answer_id}/vote")
async def vote(request: Request, signed: Staff, trial_id: str, answer_id: str) -> Response:
    """Keeps what this person thinks; the last vote on a question counts."""
    fields = await posted(request, signed)
    kept = trials_of(signed)
    trial = await run_in_threadpool(kept.get, signed.town.id, trial_id)
    answer = await run_in_threadpool(kept.answer, trial, answer_id)
    try:
        choice = Choice(text_field(fields, "choice", longest=20))
    except ValueError as error:
        raise InvalidInputError("Wählen Sie aus, welche Antwort besser ist.") from error
    comment = mask_personal_data(text_field(fields, "comment", longest=LONGEST_COMMENT), signed.town).text
    now = signed.running.clock()
    await run_in_threadpool(kept.vote, answer, trial.tenant, choice, comment, now, signed.account.name)
    await run_in_threadpool(signed.audit, "trial.vote", trial.id, answer=answer.id, choice=choice.value)
    return redirect(f"/console/{signed.town.id}/trials/{trial.id}/questions/{answer.id}", "voted")


@router.get("/{trial_id}/results.csv")
def download(signed: Staff, trial_id: str) -> Response:
    """All votes, a line a question."""
    kept = trials_of(signed)
    trial = kept.get(signed.town.id, trial_id)
    say = console_catalog("trials").text
    names = ("question", "left", "right", "both", "neither", "total", "comments")
    rows = results(kept.answers(trial, with_visitors=True), kept.votes(trial))
    signed.audit("trial.download", trial.id)
    return Response(
        results_csv(rows, [say(f"csv.{name}") for name in names]),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="trial-{trial.id}.csv"', "Cache-Control": "no-store"},
    )
