"""A throw-away town whose texts give orders to the bot: what happens when a hostile text gets past the quality gate?"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.answering.service import AnsweringService
from app.index.live import LiveGenerations
from app.tenants.tenant import load_tenant
from evaluation.hard_line_file import FOLDER
from ingest.generation import publish

TEXTS = FOLDER / "town"
"""`quality.yaml` calls every hostile sentence harmless, as an editor might by mistake. The office is `default`."""


@contextmanager
def hostile_town(service: AnsweringService, town_folder: Path) -> Iterator[AnsweringService]:
    """The same service on a temporary generation: the offices of the town in that folder, and only hostile texts."""
    tenant = load_tenant(town_folder)
    with TemporaryDirectory() as folder:
        knowledge, data = Path(folder) / "knowledge", Path(folder) / "data"
        town = knowledge / tenant.id
        (town / "services").mkdir(parents=True)
        shutil.copyfile(town_folder / "tenant.yaml", town / "tenant.yaml")
        shutil.copyfile(TEXTS / "quality.yaml", town / "quality.yaml")
        for path in sorted(TEXTS.glob("*.md")):
            text = path.read_text(encoding="utf-8").replace(
                "\noffice: default\n", f"\noffice: {tenant.default_office}\n"
            )
            (town / "services" / path.name).write_text(text, encoding="utf-8")
        embedder = service.pipeline.embedder
        publish(knowledge, data, tenant.id, embedder, "evaluation", _silent)
        yield replace(service, generations=LiveGenerations(data, knowledge, embedder.info))


def _silent(_step: str, _done: int, _total: int) -> None:
    """A handful of texts needs no progress."""
