"""The service for one command: opened, used, closed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from app.answering.service import AnsweringService
from app.models.factory import open_embedder, open_language_model
from app.records.repository import open_records
from app.settings import Settings
from app.starting import build_service


@contextmanager
def open_service(settings: Settings) -> Iterator[AnsweringService]:
    """The answering service with the configured models. Works beside a running server."""
    with closing(open_records(settings)) as records:
        embedder = open_embedder(settings)
        model = open_language_model(settings)
        try:
            yield build_service(settings, embedder, model, records)
        finally:
            if model is not None:
                model.close()
