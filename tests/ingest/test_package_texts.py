"""The texts of a package: all of it is checked, and nothing but them is used."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import KnowledgeError
from app.signing import make_signing_key
from ingest import package_texts
from ingest.package import write_package
from ingest.package_texts import texts_in_package
from ingest.sources.markdown import read_markdown
from tests.ingest.towns import GENERATION, OTHER, export_other, exported_lines, forged, key_of_other, make_other_town
from tests.knowledge import TENANT


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("other")
    export_other(make_other_town(folder / "knowledge", ("sperrmuell",)), folder / "data", folder / "package")
    return folder


def test_the_texts_are_those_that_were_read(other: Path, tmp_path: Path) -> None:
    package, documents = texts_in_package(tmp_path, TENANT, other / "package", key_of_other(other / "data"))
    source = read_markdown(other / "knowledge" / OTHER / "services" / "sperrmuell.md", "text").document
    assert (package.tenant, documents) == (OTHER, (source,))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_byte_anywhere_is_refused(other: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray((other / "package").read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    (tmp_path / "changed").write_bytes(content)
    with pytest.raises(KnowledgeError, match="import"):
        texts_in_package(tmp_path, TENANT, tmp_path / "changed", key_of_other(other / "data"))


def test_a_package_of_an_earlier_version_says_what_the_other_town_has_to_do(other: Path, tmp_path: Path) -> None:
    (tmp_path / "tenant.yaml").write_text("id: musterdorf", "utf-8")
    key = make_signing_key(other / "data", OTHER)
    write_package(tmp_path / "old", tmp_path, ["tenant.yaml"], OTHER, GENERATION, key)
    with pytest.raises(KnowledgeError, match=f"'{OTHER}' should publish again with this version, and export that"):
        texts_in_package(tmp_path, TENANT, tmp_path / "old", key_of_other(other / "data"))


def test_unreadable_repeated_and_too_many_texts_are_told(
    other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = exported_lines(other / "data")
    key = key_of_other(other / "data")
    for lines, says in (
        ([line, "{}"], r"line 2: 'id': Field required\. Another version"),
        ([line, line], "line 2: there are two texts 'sperrmuell'"),
        ([line.replace('"id"', '"farbe":"rot","id"', 1)], "line 1: 'farbe': Extra inputs"),
    ):
        with pytest.raises(KnowledgeError, match=says):
            texts_in_package(tmp_path, TENANT, forged(tmp_path, other / "data", lines), key)
    monkeypatch.setattr(package_texts, "MAX_BYTES", 100)
    with pytest.raises(KnowledgeError, match="no town has so many"):
        texts_in_package(tmp_path, TENANT, other / "package", key)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"missing cannot be read .* that `amtslotse knowledge export`"):
        texts_in_package(tmp_path, TENANT, tmp_path / "missing", None)
