"""What the bot could not answer: clusters of open questions, and one click to a task for the owner of a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from app.console.access import Signed, Staff
from app.console.page import render
from app.database.connection import Database
from app.desk.tasks import MOST_ANSWERS, Task, TaskStatus, TaskStore, by_answer
from app.insight.questions import OpenQuestion, Reason, asked
from app.insight.unanswered import WINDOW, Cluster, Unanswered
from app.web.charts import Chart, Kind, Series
from app.wording.console import console_catalog

router = APIRouter()

DAYS = (7, 28, 90)
_PAGE = 20
_EXAMPLES = 5
_LOOKED_AT = MOST_ANSWERS
"""Of a cluster's questions."""
_OWN = tuple(reason for reason in Reason if reason is not Reason.OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cluster as the page shows it."""

    cluster: Cluster
    examples: tuple[OpenQuestion, ...]
    """Different questions, newest first, the central one not among them."""
    weeks: Chart
    """How often in each week of the whole window."""
    task: Task | None
    """An open task that came from one of the questions."""
    answer_ids: str
    """For the form that makes a task: separated by commas."""


@router.get("/{tenant}/unanswered")
def unanswered(
    request: Request, signed: Staff, show: str = "open", reason: str = "", days: int = 28, page: int = 1
) -> HTMLResponse:
    """A page of clusters, the largest first."""
    service = signed.running.service
    insight = signed.running.insight.latest(service, signed.town.id)
    state = insight.unanswered if insight else None
    now = signed.running.clock()
    days = days if days in DAYS else 28
    since = now - timedelta(days=days)
    found = _narrowed(state, show, reason, since) if state else ()
    last_page = max(1, -(-len(found) // _PAGE))
    page = min(max(page, 1), last_page)
    shown = _shown(signed, found[(page - 1) * _PAGE : page * _PAGE], now)
    say = console_catalog("unanswered").text
    return render(
        request,
        signed,
        "unanswered",
        "console/unanswered.html",
        state=state,
        shown=shown,
        total=len(found),
        questions=sum(len(cluster.questions) for cluster in found),
        show=show,
        reason=reason,
        days=days,
        day_options=[(str(count), say("days", count=count)) for count in DAYS],
        reason_options=[("", say("reason.any")), *((one.value, say(f"reason.{one}")) for one in _OWN)],
        page=page,
        last_page=last_page,
        chart_say=console_catalog("charts").text,
    )


def _narrowed(state: Unanswered, show: str, reason: str, since: datetime) -> tuple[Cluster, ...]:
    clusters = state.out_of_scope if show == "out_of_scope" else state.clusters
    recent = (cluster.since(since) for cluster in clusters)
    found = [cluster for cluster in recent if cluster and (reason not in set(Reason) or reason in cluster.reasons())]
    return tuple(sorted(found, key=lambda cluster: -len(cluster.questions)))


def _shown(signed: Signed, clusters: Iterable[Cluster], now: datetime) -> tuple[Shown, ...]:
    database, town = signed.running.service.records.database, signed.town
    tasks = by_answer(TaskStore(database).list(town.id, TaskStatus.OPEN))
    today = now.astimezone(town.zone).date()
    shown = []
    for cluster in _kept(database, town.id, tuple(clusters)):
        task = next((tasks[one.answer_id] for one in cluster.questions if one.answer_id in tasks), None)
        ids = dict.fromkeys(question.answer_id for question in _newest(cluster))
        joined = ",".join(list(ids)[:MOST_ANSWERS])
        shown.append(Shown(cluster, _examples(cluster), _weeks(cluster, today, signed), task, joined))
    return tuple(shown)


def _kept(database: Database, tenant: str, clusters: tuple[Cluster, ...]) -> tuple[Cluster, ...]:
    """As the log has them at this moment: of what the page shows, nothing was erased since the clusters were found."""
    while True:
        shown = {question.answer_id for one in clusters for question in (one.central, *_examples(one))}
        gone = frozenset(shown - asked(database, tenant, shown).keys())
        if not gone:
            return clusters
        clusters = tuple(left for one in clusters if (left := one.without(gone)))


def _newest(cluster: Cluster) -> tuple[OpenQuestion, ...]:
    """The central question and the newest ones."""
    return (cluster.central, *cluster.questions[:_LOOKED_AT])


def _examples(cluster: Cluster) -> tuple[OpenQuestion, ...]:
    different = {question.text: question for question in reversed(_newest(cluster))}
    different.pop(cluster.central.text, None)
    return tuple(sorted(different.values(), key=lambda question: question.at, reverse=True))[:_EXAMPLES]


def _weeks(cluster: Cluster, today: date, signed: Signed) -> Chart:
    say = console_catalog("unanswered").text
    this_week = today - timedelta(days=today.weekday())
    starts = [this_week - timedelta(weeks=back) for back in range(WINDOW.days // 7, -1, -1)]
    since = [cluster.count_since(datetime.combine(start, time(), signed.town.zone)) for start in starts]
    counts = [count - later for count, later in zip(since, [*since[1:], 0], strict=True)]
    labels = tuple(f"KW {start:%V}" for start in starts)
    series = Series(say("count"), tuple(map(float, counts)))
    return Chart("week", Kind.BARS, say("per_week"), "", say("week"), labels, labels, (series,))
