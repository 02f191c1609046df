"""Prompt templates as files: what is valid, and what every record keeps of them."""

from pathlib import Path

import pytest
import yaml

from app.answering.prompts import load_prompt
from app.errors import ConfigurationError
from tests.answering.samples import PROMPTS

GOOD = {
    "id": "draft",
    "version": 1,
    "language": "de",
    "stop": ["\n\n"],
    "prefix": "P",
    "body": "{sources}|{question}\n",
}


def _write(folder: Path, **changes: object) -> Path:
    path = folder / "draft.de.yaml"
    path.write_text(yaml.safe_dump(GOOD | changes), encoding="utf-8")
    return path


def test_every_template_of_the_product_is_valid_and_named_after_itself() -> None:
    paths = sorted(PROMPTS.glob("*.yaml"))
    assert paths
    for path in paths:
        name, language = path.stem.split(".")
        template = load_prompt(PROMPTS, name, language)
        assert template is not None
        assert template.reference.startswith(f"{name}.{language}@")


def test_reference_changes_with_every_byte_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    _write(tmp_path / "one")
    _write(tmp_path / "two", prefix="Q")
    one, two = load_prompt(tmp_path / "one", "draft", "de"), load_prompt(tmp_path / "two", "draft", "de")
    assert one is not None
    assert two is not None
    assert one.reference.startswith("draft.de@1:")
    assert one.reference != two.reference


def test_a_language_without_template_gives_none(tmp_path: Path) -> None:
    assert load_prompt(tmp_path, "draft", "en") is None


def test_body_ends_where_the_model_goes_on(tmp_path: Path) -> None:
    _write(tmp_path)
    template = load_prompt(tmp_path, "draft", "de")
    assert template is not None
    assert template.body == "{sources}|{question}"


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "{sources}"},
        {"body": "{question}"},
        {"body": "{sources}{question}{history}"},
        {"body": "{sources}{question.x}"},
        {"body": "{sources}{question}{"},
        {"body": "{sources}{question}{}"},
        {"body": 5},
        {"version": "two"},
        {"extra": "x"},
        {"stop": "none"},
    ],
)
def test_a_wrong_file_names_itself(tmp_path: Path, changes: dict[str, object]) -> None:
    path = _write(tmp_path, **changes)
    with pytest.raises(ConfigurationError, match=path.name):
        load_prompt(tmp_path, "draft", "de")


@pytest.mark.parametrize("content", [b"", b"- 1", b"a: [", b"\xff\xfe\x00"])
def test_an_unreadable_file_names_itself(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "draft.de.yaml").write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"draft\.de\.yaml"):
        load_prompt(tmp_path, "draft", "de")
