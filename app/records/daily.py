"""Counts each answer into its day, in the transaction of its record."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, Table, insert, update

from app.database.durations import bucket_of
from app.database.tables import daily_answers, daily_durations
from app.records.energy import energy_of


def count_answers(
    connection: Connection,
    rows: Sequence[Mapping[str, Any]],
    payloads: Sequence[Mapping[str, JsonValue]],
    days: Sequence[date],
) -> None:
    """Adds answers to the counts of their days; `rows` are their columns in the log. Erasing them later changes no
    count."""
    answers: dict[tuple[object, ...], dict[str, float]] = defaultdict(lambda: {"answers": 0, "energy_wh": 0.0})
    durations: dict[tuple[object, ...], dict[str, float]] = defaultdict(lambda: {"answers": 0})
    for row, payload, day in zip(rows, payloads, days, strict=True):
        place = row["tenant"], day.isoformat()
        counted = answers[*place, row["status"], row["language"]]
        counted["answers"] += 1
        counted["energy_wh"] += energy_of(payload) or 0.0
        timings = payload.get("timings_ms")
        took = _number(timings.get("done")) if isinstance(timings, dict) else None
        if took is not None:
            durations[*place, bucket_of(took)]["answers"] += 1
    for key, more in answers.items():
        _add(connection, daily_answers, key, more)
    for key, more in durations.items():
        _add(connection, daily_durations, key, more)


def _add(connection: Connection, table: Table, key: tuple[object, ...], more: Mapping[str, float]) -> None:
    """Adds to the row of that key, or makes it; whoever calls is the only writer."""
    named = dict(zip(table.primary_key.columns.keys(), key, strict=True))
    where = [table.c[name] == value for name, value in named.items()]
    sums = {name: table.c[name] + value for name, value in more.items()}
    if connection.execute(update(table).where(*where).values(sums)).rowcount == 0:
        connection.execute(insert(table).values({**named, **more}))


def _number(value: JsonValue) -> float | None:
    return float(value) if isinstance(value, int | float) else None
