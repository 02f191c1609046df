"""A small town's knowledge: some of the sample texts, copied so that tests may change them."""

import shutil
from pathlib import Path

import yaml

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


def set_publishing(knowledge_dir: Path, **goals: object) -> None:
    """Replaces what the town's tenant.yaml says about publishing."""
    path = knowledge_dir / TENANT / "tenant.yaml"
    settings = yaml.safe_load(path.read_text("utf-8"))
    path.write_text(yaml.safe_dump({**settings, "publishing": goals}, allow_unicode=True), "utf-8")


def silent(_step: str, _done: int, _total: int) -> None:
    """A progress that nobody watches."""
