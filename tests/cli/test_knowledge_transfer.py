"""`amtslotse knowledge key|export|import|prune` as people type them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.index.generation import active_id, generations_folder
from app.index.manifest import read_manifest, write_manifest
from app.settings import get_settings
from ingest.rollback import generations
from tests.cli.runner import Run
from tests.ingest.towns import OTHER, export_other, key_of_other, make_other_town
from tests.knowledge import TENANT

pytestmark = pytest.mark.models


def test_an_export_is_imported_by_those_who_trust_its_key(
    amtslotse: Run, published_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, there = tmp_path / "town.amtslotse", tmp_path / "there"
    assert "amtslotse knowledge key" in amtslotse("export", "--to", str(package)).err
    key = amtslotse("key").out.strip()
    assert amtslotse("key").out.strip() == key
    exported = amtslotse("export", "--to", str(package))
    generation_id = active_id(published_copy, TENANT)
    assert (exported.code, f"{generation_id} is in {package}" in exported.out, key in exported.out) == (0, True, True)
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(there))
    get_settings.cache_clear()
    refused = amtslotse("import", str(package))
    assert refused.code == 1
    assert f"is signed by {key}" in refused.err.splitlines()[-1]
    imported = amtslotse("import", str(package), "--trust", key)
    assert imported.code == 0
    assert f"`amtslotse knowledge rollback {generation_id} --tenant {TENANT}`" in imported.out
    assert active_id(there, TENANT) is None
    assert amtslotse("rollback", str(generation_id)).code == 0
    assert active_id(there, TENANT) == generation_id


def test_prune_says_what_goes_and_what_stays(amtslotse: Run, published_copy: Path) -> None:
    amtslotse("publish", "--force", "--skip-gold", "Test")
    amtslotse("publish", "--force", "--skip-gold", "Test")
    first, second, _ = (manifest.id for manifest in generations(published_copy, TENANT))
    for generation_id in (first, second):
        folder = generations_folder(published_copy, TENANT) / generation_id
        old = datetime.now(UTC) - timedelta(days=100)
        write_manifest(folder, read_manifest(folder).model_copy(update={"created_at": old}))
    assert "nothing to delete" in amtslotse("prune", "--keep", "1", "--older-than", "20w").out
    tried = amtslotse("prune", "--keep", "1", "--older-than", "90d", "--dry-run")
    assert tried.out.splitlines() == [f"would delete  {first}", f"kept  {second}  to roll back to"]
    done = amtslotse("prune", "--keep", "1", "--older-than", "90d")
    assert done.out.splitlines() == [f"deleted  {first}", f"kept  {second}  to roll back to"]
    wrong = amtslotse("prune", "--older-than", "soon")
    assert (wrong.code, "write it like 30m, 6h, 90d" in wrong.err) == (1, True)


def test_another_towns_texts_are_taken_over_to_be_reviewed(amtslotse: Run, knowledge_dir: Path, tmp_path: Path) -> None:
    other = make_other_town(tmp_path / "there", ("hund-abmelden", "hund-anmelden"))
    package = str(export_other(other, tmp_path / "there-data", tmp_path / "package"))
    key = key_of_other(tmp_path / "there-data")
    whole = amtslotse("import", package, "--trust", key)
    assert (whole.code, "take over its texts alone with --texts" in whole.err) == (1, True)
    assert f"whom '{TENANT}' doesn't know as '{OTHER}'" in amtslotse("import", package, "--texts").err
    tried = amtslotse("import", package, "--texts", "--trust", key, "--dry-run", "--by", "Bo")
    assert tried.out.splitlines()[:3] == [
        f"written    imported/{OTHER}/hund-abmelden.md",
        "skipped    hund-anmelden  (this town has it: services/hund-anmelden.md)",
        f"{TENANT}: 2 texts of {OTHER}: would be 1 written, 1 skipped",
    ]
    assert not (knowledge_dir / TENANT / "imported").exists()
    done = amtslotse("import", package, "--texts", "--office", "buergeramt", "--only", "hund-abmelden")
    assert (done.code, done.out.splitlines()[1]) == (0, f"{TENANT}: 1 texts of {OTHER}: 1 written")
    assert f"  - kind: markdown\n    path: imported/{OTHER}\n" in done.out
    file = knowledge_dir / TENANT / "imported" / OTHER / "hund-abmelden.md"
    assert "\noffice: buergeramt\n" in file.read_text("utf-8")
    sources = done.out[done.out.index("sources:\n") :]
    (knowledge_dir / TENANT / "sources.yaml").write_text(sources, "utf-8")
    checked = amtslotse("check")
    assert (checked.code, "'reviewed_by': it is empty" in checked.out) == (1, True)
    file.write_text(file.read_text("utf-8") + "\nNur hier.\n", "utf-8")
    again = amtslotse("import", package, "--texts", "--only", "hund-abmelden")
    assert again.out.splitlines()[0] == (
        f"kept       imported/{OTHER}/hund-abmelden.md  (edited here, nothing new there)"
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--office", "buergeramt"], "go with --texts"),
        (["--only", "x"], "go with --texts"),
        (["--texts", "--embed-again"], "goes with a whole generation"),
    ],
)
def test_options_that_do_not_belong_together_are_told(amtslotse: Run, options: list[str], says: str) -> None:
    refused = amtslotse("import", "file", *options)
    assert (refused.code, says in refused.err) == (1, True)
