"""A second town, which shares its texts."""

from pathlib import Path

from app.index.generation import active_id, generations_folder
from app.signing import make_signing_key, public_key
from ingest.documents_file import DOCUMENTS_FILE
from ingest.generation import publish
from ingest.package import write_package
from ingest.transfer import export_generation
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.knowledge import TENANT, copy_knowledge, silent

OTHER = "musterdorf"
GENERATION = "20261121T233827035102Z"


def make_other_town(folder: Path, services: tuple[str, ...]) -> Path:
    """A knowledge folder with the other town alone, which has some of the sample texts."""
    town = copy_knowledge(folder, services) / TENANT
    settings = town / "tenant.yaml"
    settings.write_text(settings.read_text("utf-8").replace(f"id: {TENANT}", f"id: {OTHER}", 1), "utf-8")
    town.rename(folder / OTHER)
    return folder


def export_other(knowledge_dir: Path, data_dir: Path, target: Path) -> Path:
    """Publishes the other town's texts and exports them."""
    publish(knowledge_dir, data_dir, OTHER, CheapEmbedder(), "Ada", silent)
    make_signing_key(data_dir, OTHER)
    export_generation(data_dir, OTHER, None, target)
    return target


def key_of_other(data_dir: Path) -> str:
    return public_key(make_signing_key(data_dir, OTHER))


def exported_lines(data_dir: Path) -> list[str]:
    """What the other town's active generation says about its texts."""
    folder = generations_folder(data_dir, OTHER) / (active_id(data_dir, OTHER) or "")
    return (folder / DOCUMENTS_FILE).read_text("utf-8").splitlines()


def forged(folder: Path, data_dir: Path, lines: list[str], tenant: str = OTHER, generation: str = GENERATION) -> Path:
    """A package with any texts, properly signed by the other town."""
    (folder / "forged").mkdir(exist_ok=True)
    (folder / "forged" / DOCUMENTS_FILE).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    target = folder / "forged.amtslotse"
    write_package(target, folder / "forged", [DOCUMENTS_FILE], tenant, generation, make_signing_key(data_dir, OTHER))
    return target
