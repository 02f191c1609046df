"""The energy estimates of answers: in each record, and beside its question where they are summed."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import Connection, select

from app.database.tables import answer_index
from app.database.timestamps import to_timestamp

_i = answer_index.c


def energy_of(payload: Mapping[str, JsonValue]) -> float | None:
    """Watt hours as the record has them; None without an estimate."""
    value = payload.get("energy_wh")
    return float(value) if isinstance(value, int | float) else None


def logged_energies(connection: Connection, tenant: str, since: datetime) -> tuple[float, ...]:
    """Watt hours of each of a town's answers since that moment that has an estimate, in no particular order."""
    recent = select(_i.energy_wh).where(
        _i.tenant == tenant, _i.created_at >= to_timestamp(since), _i.energy_wh.is_not(None)
    )
    return tuple(connection.execute(recent).scalars())
