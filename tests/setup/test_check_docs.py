"""The checks that keep the documentation true."""

import subprocess
from pathlib import Path

import pytest

from app.settings import PROJECT_ROOT, Settings
from scripts.check_docs import (
    OPERATIONS,
    TABLE_END,
    TABLE_START,
    link_faults,
    machine_path_faults,
    settings_faults,
    settings_table,
    write_settings_table,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / OPERATIONS).write_text(f"# Operations\n{TABLE_START}\nold\n{TABLE_END}\nend\n", encoding="utf-8")
    return tmp_path


def test_the_operations_page_lists_every_setting_as_it_is() -> None:
    assert list(settings_faults(PROJECT_ROOT)) == []
    assert all(f"AMTSLOTSE_{name.upper()}" in settings_table() for name in Settings.model_fields)


def test_the_pages_of_this_project_have_no_broken_links() -> None:
    assert list(link_faults(PROJECT_ROOT)) == []


def test_an_outdated_table_is_found_and_renewed(root: Path) -> None:
    assert list(settings_faults(root)) != []
    write_settings_table(root)
    assert list(settings_faults(root)) == []
    assert (root / OPERATIONS).read_text(encoding="utf-8").endswith(f"{TABLE_END}\nend\n")


def test_links_that_lead_nowhere_are_found(root: Path) -> None:
    (root / "README.md").write_text(
        "[good](docs/operations.md#set-up) [web](https://example.org/x) [mail](mailto:a@example.org) [top](#top) "
        "`[code](nowhere.md)` [bad](docs/missing.md) ![picture](missing.png)\n",
        encoding="utf-8",
    )
    assert list(link_faults(root)) == [
        "README.md: the link to 'docs/missing.md' leads nowhere",
        "README.md: the link to 'missing.png' leads nowhere",
    ]


def test_paths_of_one_machine_are_found_in_text_files(root: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    machine_path = "/" + "work/main/app"
    (root / "notes.md").write_text(f"first\nsee {machine_path}\nhttps://example.org{machine_path}\n", encoding="utf-8")
    assert list(machine_path_faults(root)) == ["notes.md:2: '/" + "work/main' is a path of one machine"]
