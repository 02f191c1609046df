"""`quality.yaml`."""

from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.index.modules import ModuleKind
from app.settings import PROJECT_ROOT
from ingest.checks.config import CONFIG_FILE, LinkRules, QualityConfig, ReadingLimits, load_quality_config


def test_without_a_file_or_with_an_empty_one_the_defaults_hold(tmp_path: Path) -> None:
    assert load_quality_config(tmp_path) == QualityConfig()
    (tmp_path / CONFIG_FILE).write_text("# nothing yet\n", encoding="utf-8")
    assert load_quality_config(tmp_path) == QualityConfig()
    assert QualityConfig().warnings == "allow"


def test_a_town_sets_what_it_wants(tmp_path: Path) -> None:
    (tmp_path / CONFIG_FILE).write_text(
        "warnings: block\nexpected_modules: [costs]\nreading: {most_words: 25}\n", encoding="utf-8"
    )
    config = load_quality_config(tmp_path)
    assert (config.warnings, config.expected_modules, config.reading.most_words) == ("block", (ModuleKind.COSTS,), 25)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("warnings: stop", "warnings"),
        ("reading: {most_word: 3}", "reading.most_word"),
        ("expected_modules: [price]", "expected_modules.0"),
        ("- a", "the file"),
        ("a: [", "not readable"),
    ],
)
def test_a_mistake_is_one_line_that_names_file_and_field(tmp_path: Path, content: str, place: str) -> None:
    (tmp_path / CONFIG_FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError) as error:
        load_quality_config(tmp_path)
    assert CONFIG_FILE in error.value.message
    assert place in error.value.message


def test_every_field_is_documented() -> None:
    documentation = (PROJECT_ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
    for model, prefix in ((QualityConfig, ""), (ReadingLimits, "reading."), (LinkRules, "links.")):
        for field in model.model_fields:
            assert f"`{prefix}{field}`" in documentation or field in ("reading", "links"), field
