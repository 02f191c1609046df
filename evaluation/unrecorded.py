"""The real service with a throw-away answer log and nothing switched off: an evaluation is no citizens' traffic."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.answering.service import AnsweringService
from app.models.factory import open_embedder, open_language_model
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from app.switches.board import no_switches


@contextmanager
def unrecorded_service(settings: Settings) -> Iterator[AnsweringService]:
    """Opens the configured models and the published knowledge; everything is closed and forgotten afterwards."""
    with TemporaryDirectory() as folder, closing(RecordRepository(Path(folder) / "records.sqlite3")) as records:
        model = open_language_model(settings)
        try:
            yield replace(build_service(settings, open_embedder(settings), model, records), switches=no_switches)
        finally:
            if model is not None:
                model.close()
