"""Which lines sources.yaml lacks for a folder of taken-over texts."""

from pathlib import Path

import pytest

from ingest.own_texts import missing_source
from tests.knowledge import TENANT, copy_knowledge

NEW = "  - kind: markdown\n    path: imported/musterdorf\n"
SERVICES = "  - kind: markdown\n    path: services\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return copy_knowledge(tmp_path, ("sperrmuell",)) / TENANT


def test_without_a_list_of_sources_the_whole_list_is_given(town: Path) -> None:
    assert missing_source(town, town / "imported/musterdorf") == f"sources:\n{SERVICES}{NEW}"


@pytest.mark.parametrize(
    ("listed", "missing"),
    [
        (SERVICES, NEW),
        ("  - kind: html\n    path: imported\n", NEW),
        (SERVICES + NEW, ""),
        ("  - kind: markdown\n    path: imported\n", ""),
    ],
)
def test_with_one_only_the_lines_that_it_lacks(town: Path, listed: str, missing: str) -> None:
    (town / "sources.yaml").write_text(f"sources:\n{listed}", "utf-8")
    assert missing_source(town, town / "imported/musterdorf") == missing


def test_folders_elsewhere_are_no_source(town: Path, tmp_path: Path) -> None:
    assert missing_source(town, tmp_path / "look") == ""
    assert missing_source(town, town / "services" / "neu") == ""
