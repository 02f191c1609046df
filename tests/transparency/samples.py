"""A published state with and without figures, and the register made from it."""

from datetime import UTC, datetime
from pathlib import Path

from app.answering.service import AnsweringService
from app.index.generation import active_id, generations_folder
from app.index.manifest import EvaluationEntry, Manifest, read_manifest, write_manifest
from app.settings import Settings
from app.transparency.build import energy_days, transparency_register
from app.transparency.energy import energy_figures
from app.transparency.register import TransparencyRegister
from tests.knowledge import TENANT

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
MEASURED = EvaluationEntry(
    file="evaluation.json",
    sha256="ab" * 32,
    report="evaluation.html",
    model="gemma-3-270m",
    questions=331,
    right=0.789,
    right_refusals=None,
    invented=0,
    regressions=(),
)


def active_manifest(data_dir: Path) -> Manifest:
    """The manifest of what is published there."""
    return read_manifest(_active(data_dir))


def measure(data_dir: Path) -> None:
    """Makes the published state one whose gold questions were asked."""
    manifest = active_manifest(data_dir)
    write_manifest(_active(data_dir), manifest.model_copy(update={"evaluation": MEASURED}))


def register_of(service: AnsweringService, settings: Settings, language: str = "de") -> TransparencyRegister:
    """The register as of NOW."""
    energy = energy_figures(service.records, TENANT, energy_days(settings), NOW)
    return transparency_register(service, settings, TENANT, language, energy, NOW)


def _active(data_dir: Path) -> Path:
    active = active_id(data_dir, TENANT)
    assert active is not None
    return generations_folder(data_dir, TENANT) / active
