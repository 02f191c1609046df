"""`amtslotse knowledge key|export|import|prune` as people type them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.index.generation import active_id, generations_folder
from app.index.manifest import read_manifest, write_manifest
from app.settings import get_settings
from ingest.rollback import generations
from tests.cli.runner import Run
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
