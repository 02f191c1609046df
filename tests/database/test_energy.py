"""Energy estimates of answers that were logged before they stood beside the questions."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from app.records.repository import RecordRepository
from tests.database.test_count_answers import older_log


def test_kept_answers_have_their_estimate_after_the_migration_and_erased_ones_none(tmp_path: Path) -> None:
    older_log(tmp_path / "records.sqlite3")
    with closing(RecordRepository(tmp_path / "records.sqlite3")) as records:
        assert records.energies("musterstadt", datetime(2026, 3, 1, tzinfo=UTC)) == (0.5,)
        assert records.energies("musterstadt", datetime(2026, 3, 2, tzinfo=UTC)) == ()
