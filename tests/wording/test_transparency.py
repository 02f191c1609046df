"""The register's catalogs agree with each other, and with the code and templates that use them."""

import re

import pytest
import yaml

from app.errors import ConfigurationError
from app.settings import PROJECT_ROOT
from app.transparency.register import ModelRole
from app.wording.transparency import group, transparency_catalog, transparency_catalogs, transparency_languages

_SAID = re.compile(r"""say\(['"]([a-z_.]+)['"]""")
_NAMED = re.compile(r"""['"]([a-z_]+\.[a-z_.]+)['"]""")
_PREFIXES = ("label.", "heading.", "data.", "state.", "role.", "task.", "shown.", "language.", "location.")
"""Groups whose keys are put together from a prefix and a name."""
_GROUPS = ("purpose", "does_not", "why", "measure", "limit")


def _sources() -> str:
    root = PROJECT_ROOT / "app"
    paths = [*(root / "transparency").rglob("*.py"), *(root / "transparency").rglob("*.j2")]
    paths += [root / "api" / "transparency.py", root / "web" / "templates" / "transparency.html"]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_german_comes_first_and_other_languages_read_english() -> None:
    assert transparency_languages()[:2] == ("de", "en")
    assert transparency_catalog("pl").language == "en"


def test_all_catalogs_have_the_same_keys_and_placeholders_in_the_same_order() -> None:
    german = transparency_catalog("de")
    for other in transparency_catalogs().values():
        assert list(other.texts) == list(german.texts), other.path
        for key in german.texts:
            assert other.placeholders(key) == german.placeholders(key), f"{other.path}: {key}"
            assert other.texts[key].strip()


def test_every_key_that_is_named_exists_and_every_other_is_used() -> None:
    keys, sources = set(transparency_catalog("de").texts), _sources()
    said = set(_SAID.findall(sources))
    assert {key for key in said if not key.endswith(".")} <= keys
    put_together = (*_PREFIXES, *(f"{name}." for name in _GROUPS))
    unused = keys - said - set(_NAMED.findall(sources))
    assert {key for key in unused if not key.startswith(put_together)} == set()


def test_every_model_has_a_name_and_a_task() -> None:
    for each in transparency_catalogs().values():
        for role in ModelRole:
            assert each.text(f"role.{role}")
            assert each.text(f"task.{role}")


def test_every_state_has_its_authority_in_every_language() -> None:
    path = PROJECT_ROOT / "app" / "transparency" / "authorities.yaml"
    authorities = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert len(authorities) == 16
    for entry in authorities.values():
        assert set(entry["state"]) == set(transparency_languages())
        assert entry["short"]


def test_a_group_keeps_the_order_of_the_file_and_needs_its_values() -> None:
    wording = transparency_catalog("de")
    assert group(wording, "why", without=frozenset({"quoted"}))[0].startswith("Der Chatbot spricht unmittelbar")
    assert "Deutsch" in " ".join(group(wording, "limit", languages="Deutsch"))
    with pytest.raises(ConfigurationError, match="languages"):
        group(wording, "limit")
