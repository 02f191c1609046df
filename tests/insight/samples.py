"""Answers in the log as the evaluation of open questions reads them."""

from datetime import UTC, datetime

from app.records.record import NewRecord
from app.records.repository import RecordRepository

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
TOWN = "musterstadt"


def log(
    records: RecordRepository,
    id_: str,
    question: str,
    *,
    status: str = "not_in_knowledge",
    at: datetime = NOW,
    conversation: str | None = None,
    chunks: tuple[str, ...] = (),
    language: str = "de",
) -> None:
    """Appends an answer."""
    records.append(
        NewRecord(
            id=id_,
            tenant=TOWN,
            conversation_id=conversation,
            created_at=at,
            status=status,
            language=language,
            generation="g",
            payload={
                "inputs": {"question": question},
                "answer": {"sources": [{"number": 1, "chunk_id": chunk} for chunk in chunks]},
                "timings_ms": {"done": 900.0},
                "energy_wh": 0.01,
            },
        )
    )
