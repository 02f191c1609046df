"""Which data the service holds, where it lies, and how long: the same list for citizens and for the drafts."""

from app.settings import Settings
from app.transparency.register import DataEntry
from app.wording.catalog import Catalog


def data_entries(settings: Settings, wording: Catalog) -> tuple[DataEntry, ...]:
    """Every kind of data that the service keeps or holds in memory, citizens' data first."""
    days: dict[str, int] = {
        "answer": settings.record_retention_days,
        "feedback": settings.record_retention_days,
        "handover": settings.handover_retention_days,
        "trial": settings.record_retention_days,
        "accounts": settings.audit_retention_days,
    }
    kinds = [key.split(".")[1] for key in wording.texts if key.startswith("data.") and key.endswith(".what")]
    return tuple(_entry(kind, days.get(kind), wording) for kind in kinds)


def _entry(kind: str, days: int | None, wording: Catalog) -> DataEntry:
    return DataEntry(
        id=kind,
        what=wording.text(f"data.{kind}.what"),
        where=wording.text(f"data.{kind}.where"),
        retention=wording.text(f"data.{kind}.retention", **({} if days is None else {"days": days})),
        retention_days=days,
    )
