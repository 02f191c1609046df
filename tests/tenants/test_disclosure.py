"""A town may choose the words of the disclosure, but not what it says, nor whether there is one."""

from pathlib import Path

import pytest
import yaml

from app.errors import ConfigurationError
from app.tenants.disclosure import MACHINE_WORDS, checked_disclosure
from app.tenants.tenant import load_tenant
from app.wording.catalog import catalogs, plain_catalogs
from tests.knowledge import TENANT, copy_knowledge

OWN = "Hier antwortet der KI-Assistent der Stadt, kein Mensch. Verbindlich ist nur, was die Stadt schreibt."


def _write(knowledge: Path, **disclosure: object) -> Path:
    path = knowledge / TENANT / "tenant.yaml"
    path.write_text(
        yaml.safe_dump({**yaml.safe_load(path.read_text("utf-8")), **disclosure}, allow_unicode=True), "utf-8"
    )
    return path.parent


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return copy_knowledge(tmp_path / "knowledge", services=())


def test_own_words_that_say_machine_are_taken(knowledge: Path) -> None:
    assert load_tenant(_write(knowledge, disclosure={"de": f"  {OWN} "})).disclosure == {"de": OWN}


def test_the_catalogs_own_wording_keeps_the_rules_that_towns_are_held_to() -> None:
    assert set(MACHINE_WORDS) == set(catalogs())
    for each in (*catalogs().values(), *plain_catalogs().values()):
        assert checked_disclosure(each.language, each.text("disclosure"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\t\n",
        "\u200b" * 40,
        "\u200b\u2060\ufeff \u00ad",
        "\u3164" * 40,
        "........................................",
        "KI",
        "Guten Tag! Ich helfe Ihnen gern bei allen Fragen an die Stadt.",
        "Ich bin der freundliche Kiosk der Stadt und beantworte Ihre Fragen.",
        "Hier antwortet keine Maschine, sondern ein Mensch aus dem Rathaus.",
        "Ich bin Frau Sommer aus dem Bürgeramt und keine KI.",
        "Diese Antwort stammt nicht von einer KI, sondern aus dem Rathaus.",
        "Ich bin eine Ma\u200bschine, und man sieht es mir gar nicht an.",
        "Ich bin eine Maschine.\n" + "\n" * 30 + "Und vieles mehr, was niemand liest.",
        "Ich bin eine Maschine. " + "Bla bla. " * 100,
        None,
        42,
        ["Ich bin eine Maschine und kein Mensch."],
    ],
)
def test_words_that_hide_or_deny_it_are_refused(knowledge: Path, text: object) -> None:
    with pytest.raises(ConfigurationError, match="disclosure"):
        load_tenant(_write(knowledge, disclosure={"de": text}))


@pytest.mark.parametrize("value", ["", False, [], "none", {"de": {"hidden": True}}])
def test_it_is_no_switch(knowledge: Path, value: object) -> None:
    with pytest.raises(ConfigurationError, match="disclosure"):
        load_tenant(_write(knowledge, disclosure=value))


@pytest.mark.parametrize("key", ["show_disclosure", "no_disclosure", "disclosure_enabled", "hide_disclosure"])
def test_there_is_no_setting_that_takes_it_away(knowledge: Path, key: str) -> None:
    with pytest.raises(ConfigurationError, match=key):
        load_tenant(_write(knowledge, **{key: False}))


@pytest.mark.parametrize(
    ("language", "denied"),
    [
        ("en", "I am not a machine but a person who works for the town."),
        ("uk", "Я не машина, а людина, яка працює в міській раді."),
        ("tr", "Ben bir makine değilim, belediyede çalışan bir insanım."),
        ("ru", "Я не машина, а человек, который работает в городе."),
        ("fr", "Je ne suis pas une machine mais une personne de la ville."),
        ("ar", "أنا لست آلة بل إنسان يعمل في إدارة المدينة ويجيب عن الأسئلة."),
        ("pl", "Jestem maszyną, a nie człowiekiem, i odpowiadam na pytania."),
    ],
)
def test_denials_in_other_languages_and_languages_that_nobody_can_check_are_refused(language: str, denied: str) -> None:
    with pytest.raises(ValueError, match=f"'{language}'"):
        checked_disclosure(language, denied)
