"""What a person finds on the start page of a town: what waits for them, and the key figures of the last seven days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.answering.values import Status
from app.console.access import Signed
from app.console.concerns import limits_of
from app.console.figure_charts import Tile, figure_tiles
from app.desk.handovers import HandoverStatus, HandoverStore
from app.desk.tasks import TaskStatus, TaskStore
from app.insight.concerns import expiring
from app.insight.documents import published_texts
from app.records.figures import Figures, Span, Step, together
from app.wording.console import console_catalog

_DAYS = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to do."""

    count: int
    text: str
    """What it is, with the right number."""
    path: str
    """Below the town's pages."""
    is_urgent: bool = False


def key_figures(signed: Signed) -> tuple[Tile, ...]:
    """Of the last seven days."""
    return figure_tiles(_week(signed))


def waiting(signed: Signed) -> tuple[Waiting, ...]:
    """What waits for somebody with this person's roles; the most urgent first, nothing that is done."""
    found = [one for one in _all(signed) if one.count]
    return tuple(sorted(found, key=lambda one: not one.is_urgent))


def _all(signed: Signed) -> Iterator[Waiting]:
    service, town = signed.running.service, signed.town
    database, now = service.records.database, signed.running.clock()
    off = service.switches(town.id, now)
    key = "bot_paused" if off.bot_paused else "something_off"
    yield Waiting(len(tuple(off)), _text(key), "/switches" if signed.may("desk") else "", is_urgent=True)
    if signed.may("desk"):
        open_handovers = len(HandoverStore(database).list(town.id, HandoverStatus.OPEN))
        yield Waiting(open_handovers, _counted("handovers", open_handovers), "/handovers", is_urgent=True)
    tasks = TaskStore(database).count(town.id, TaskStatus.OPEN)
    yield Waiting(tasks, _counted("tasks", tasks), "/tasks")
    if signed.may("editor"):
        texts = published_texts(service.generations.active(town.id))
        soon = len(expiring(texts, limits_of(signed), now.astimezone(town.zone).date()))
        yield Waiting(soon, _counted("expiring", soon), "/concerns")
    missing = _week(signed).statuses[Status.NOT_IN_KNOWLEDGE]
    yield Waiting(missing, _counted("unanswered", missing), "/unanswered?days=7")


def _week(signed: Signed) -> Span:
    today: date = signed.running.clock().astimezone(signed.town.zone).date()
    stored = Figures(signed.running.service.records.database)
    return together(stored.spans(signed.town.id, today - timedelta(days=_DAYS - 1), today, Step.DAY))


def _counted(key: str, count: int) -> str:
    return _text(f"{key}.one" if count == 1 else f"{key}.many", count)


def _text(key: str, count: int = 0) -> str:
    return console_catalog("overview").text(f"waiting.{key}", count=count)
