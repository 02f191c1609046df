"""Progress for a program that watches a command."""

import json
from pathlib import Path

from ingest.progress_file import ProgressFile


def test_steps_and_outcome_are_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    progress = ProgressFile(path)
    progress("passages", 0, 2)
    assert json.loads(path.read_text())["outcome"] is None
    progress("passages", 2, 2)
    progress("gold questions", 1, 40)
    progress.end("published", "20261122T000000000000Z")
    assert json.loads(path.read_text()) == {
        "steps": [{"name": "passages", "done": 2, "total": 2}, {"name": "gold questions", "done": 1, "total": 40}],
        "outcome": "published",
        "generation": "20261122T000000000000Z",
    }


def test_a_folder_that_is_gone_only_hides_the_progress(tmp_path: Path) -> None:
    ProgressFile(tmp_path / "gone" / "progress.json")("passages", 1, 2)
