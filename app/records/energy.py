"""The energy estimates in the log, read by the database itself: payloads are long and their rest is not needed."""

from sqlalchemy import JSON, ColumnElement, Connection, select, type_coerce

from app.database.tables import answer_records


def logged_energies(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[float, ...]:
    """Watt hours of each matching record that has an estimate, in no particular order."""
    payload = answer_records.c.payload
    estimate = type_coerce(payload, JSON)["energy_wh"].as_float()
    found = connection.execute(select(estimate).where(*conditions, payload.is_not(None))).scalars()
    return tuple(value for value in found if value is not None)
