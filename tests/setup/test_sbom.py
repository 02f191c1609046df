"""The bill of materials holds what runs, all of it and nothing else."""

from pathlib import Path
from typing import Any

import pytest

from scripts.sbom import locked, of_the_runtime


def bom() -> dict[str, Any]:
    def component(name: str, version: str) -> dict[str, Any]:
        return {
            "bom-ref": f"{name}=={version}",
            "name": name,
            "version": version,
            "licenses": [{"license": {"id": "MIT"}}],
            "externalReferences": [{"type": "website", "url": "https://x"}, {"type": "other", "url": "file:///root/x"}],
        }

    return {
        "bomFormat": "CycloneDX",
        "metadata": {"component": {"bom-ref": "root-component", "name": "amtslotse"}},
        "components": [component("Jinja2", "3.1"), component("torch", "2.13.0+cpu"), component("pytest", "9.2")],
        "dependencies": [
            {"ref": "root-component", "dependsOn": ["Jinja2==3.1", "pytest==9.2"]},
            {"ref": "Jinja2==3.1", "dependsOn": ["pytest==9.2"]},
            {"ref": "pytest==9.2"},
            {"ref": "torch==2.13.0+cpu", "dependsOn": ["Jinja2==3.1"]},
        ],
    }


RUNTIME = {"jinja2": "3.1", "torch": "2.13.0"}


def test_tools_of_developers_and_paths_of_the_machine_stay_out() -> None:
    made = of_the_runtime(bom(), RUNTIME)
    assert [each["name"] for each in made["components"]] == ["Jinja2", "torch"]
    assert "pytest" not in str(made)
    assert "file:" not in str(made)
    assert {each["ref"]: each["dependsOn"] for each in made["dependencies"]} == {
        "root-component": ["Jinja2==3.1"],
        "Jinja2==3.1": [],
        "torch==2.13.0+cpu": ["Jinja2==3.1"],
    }


@pytest.mark.parametrize("versions", [{"jinja2": "3.2"}, {"missing": "1.0"}])
def test_what_is_not_installed_as_locked_is_named(versions: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="run `make setup` first"):
        of_the_runtime(bom(), versions)


def test_a_lock_file_is_read_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.lock").write_text("# made by\njinja2==3.1\ntorch==2.13.0\n", encoding="utf-8")
    assert locked(tmp_path / "a.lock") == RUNTIME
