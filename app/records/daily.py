"""Counts each answer into its day, in the transaction of its record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, insert, update

from app.database.durations import bucket_of
from app.database.tables import daily_answers, daily_durations


def count_answer(connection: Connection, row: Mapping[str, Any], payload: Mapping[str, JsonValue], day: date) -> None:
    """Adds an answer to the counts of a day; `row` are its columns in the log. Erasing it later changes no count."""
    place = {"tenant": row["tenant"], "day": day.isoformat()}
    energy = _number(payload.get("energy_wh")) or 0.0
    kind = place | {"status": row["status"], "language": row["language"]}
    _add(connection, daily_answers, kind, {"answers": 1, "energy_wh": energy})
    timings = payload.get("timings_ms")
    took = _number(timings.get("done")) if isinstance(timings, dict) else None
    if took is not None:
        _add(connection, daily_durations, place | {"bucket": bucket_of(took)}, {"answers": 1})


def _add(connection: Connection, table: Any, key: Mapping[str, object], more: Mapping[str, float]) -> None:
    """Adds to the row of that key, or makes it; whoever calls is the only writer."""
    where = [table.c[name] == value for name, value in key.items()]
    sums = {name: table.c[name] + value for name, value in more.items()}
    if connection.execute(update(table).where(*where).values(sums)).rowcount == 0:
        connection.execute(insert(table).values(**key, **more))


def _number(value: JsonValue) -> float | None:
    return float(value) if isinstance(value, int | float) else None
