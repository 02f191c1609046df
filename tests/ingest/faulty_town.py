"""A town whose texts have something wrong, for the reports."""

from pathlib import Path

from tests.ingest.samples import BODY, FRONT_MATTER, markdown
from tests.knowledge import TENANT, copy_knowledge

_DOCUMENTS = "\n## Unterlagen\n\n"
_TEXTS = {
    "hund": (FRONT_MATTER, BODY + _DOCUMENTS + "Keine. Fragen Sie Frau Sabine Müller nach <b>allem</b>. Gern.\n"),
    "katze": (FRONT_MATTER.replace("id: hund", "id: katze").replace("owner: Steueramt", "owner: Bürgeramt"), BODY),
    "maus": (FRONT_MATTER.replace("id: hund", "id: maus"), BODY + "\n## Preise\n\n5 Euro\n"),
    "alt": (FRONT_MATTER.replace("id: hund", "id: alt") + "valid_until: 2026-05-01\n", BODY + _DOCUMENTS + "Keine.\n"),
}


def faulty_town(knowledge_dir: Path) -> Path:
    """A folder of texts with warnings, one text with an error, and an override."""
    folder = copy_knowledge(knowledge_dir, services=()) / TENANT
    for name, (front_matter, body) in _TEXTS.items():
        (folder / "services" / f"{name}.md").write_text(markdown(front_matter, body), encoding="utf-8")
    (folder / "overrides.yaml").write_text(
        "- {code: expired, file: services/alt.md, reason: Der neue Text kommt im Juli., by: A. Beispiel, "
        "on: 2026-05-31, until: 2099-12-31}\n",
        encoding="utf-8",
    )
    return folder
