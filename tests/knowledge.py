"""A small town's knowledge: some of the sample texts, copied so that tests may change them."""

import shutil
from pathlib import Path

from app.settings import PROJECT_ROOT

TENANT = "musterstadt"
SERVICES = (
    "bewohnerparkausweis",
    "hund-anmelden",
    "kita-platz",
    "personalausweis",
    "personalausweis.en",
    "reisepass",
    "sperrmuell",
    "wohngeld",
    "wohnsitz-anmelden",
)
"""File names without `.md`; the ids are the same, but for the English text."""
DOCUMENTS = tuple(sorted(name.replace(".en", "-en") for name in SERVICES))


def copy_knowledge(knowledge_dir: Path, services: tuple[str, ...] = SERVICES) -> Path:
    """Copies `tenant.yaml` and the named texts of the sample town into a knowledge folder; gives back that folder."""
    source, town = PROJECT_ROOT / "knowledge" / TENANT, knowledge_dir / TENANT
    (town / "services").mkdir(parents=True)
    shutil.copyfile(source / "tenant.yaml", town / "tenant.yaml")
    for name in services:
        shutil.copyfile(source / "services" / f"{name}.md", town / "services" / f"{name}.md")
    return knowledge_dir


def silent(_step: str, _done: int, _total: int) -> None:
    """A progress that nobody watches."""
