"""tenant.yaml: what is accepted, and how errors name the field to fix."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.errors import ConfigurationError, UnknownTenantError
from app.tenants.tenant import load_tenant
from tests.tenants.samples import musterstadt, office_data, tenant, tenant_data


def _write(folder: Path, data: dict[str, Any]) -> Path:
    folder.mkdir()
    (folder / "tenant.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def test_the_sample_town_loads_and_every_office_can_be_put_into_a_sentence() -> None:
    for office in musterstadt().offices:
        assert office.article in {"das", "die", "der"}, office.id
        assert office.name_in("en") != office.name, office.id


def test_a_town_rather_answers_unless_it_says_otherwise() -> None:
    assert tenant().answering == "helpful"
    assert tenant(answering="cautious").answering == "cautious"


def test_publishing_is_strict_unless_the_town_says_otherwise() -> None:
    publishing = tenant().publishing
    assert (publishing.gold, publishing.invented, publishing.regressions) == (("gold/dev*.yaml",), 0, "forbid")
    assert (publishing.max_shrink, publishing.four_eyes) == (0.2, False)
    assert tenant(publishing={"four_eyes": True, "right": 0.9}).publishing.four_eyes


@pytest.mark.parametrize(
    "wrong",
    [{"gold": ["../other/gold.yaml"]}, {"gold": ["/etc/gold.yaml"]}, {"right": 1.2}, {"regressions": "ask"}, {"x": 1}],
)
def test_wrong_goals_of_publishing_are_refused(tmp_path: Path, wrong: dict[str, Any]) -> None:
    folder = _write(tmp_path / "beispielstadt", tenant_data(publishing=wrong))
    with pytest.raises(ConfigurationError, match=rf"tenant\.yaml: publishing\.{next(iter(wrong))}"):
        load_tenant(folder)


def test_an_unknown_office_id_gives_the_default_office() -> None:
    assert tenant().office("nirgendwo").id == "buergeramt"


def test_an_office_without_a_name_in_a_language_is_shown_in_german() -> None:
    office = tenant().offices[0]
    assert office.name_in("en") == "Citizens' Office"
    assert office.name_in("tr") == "Bürgeramt"


def test_a_missing_file_is_an_unknown_tenant(tmp_path: Path) -> None:
    with pytest.raises(UnknownTenantError, match="nirgendwo"):
        load_tenant(tmp_path / "nirgendwo")


def test_the_folder_must_be_called_like_the_tenant(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="called 'anders'"):
        load_tenant(_write(tmp_path / "anders", tenant_data()))


def test_broken_yaml_is_named_with_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "beispielstadt"
    folder.mkdir()
    (folder / "tenant.yaml").write_text("id: [", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"tenant\.yaml"):
        load_tenant(folder)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"state": "XX"}, "state"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"default_office": "zoo"}, "default_office 'zoo'"),
        ({"answering": "brave"}, "answering"),
        ({"languages": ["en"]}, "German"),
        ({"colour": "red"}, "colour"),
        ({"offices": [office_data(), office_data()]}, "same id"),
        ({"offices": [office_data(hours={"monday": ["12:00-08:00"]})]}, "not before closing time"),
        ({"offices": [office_data(hours={"monday": ["8 bis 12"]})]}, "write opening hours as"),
        ({"offices": [office_data(hours={"mondag": ["08:00-12:00"]})]}, "hours"),
        ({"offices": [office_data(article="den")]}, "article"),
        ({"offices": [office_data(names={"en": []})]}, "names"),
        ({"offices": [office_data(exceptions=[{"date": "2026-01-01", "reason": "?"}])]}, "either 'closed: true' or"),
    ],
)
def test_a_wrong_field_is_named(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_tenant(_write(tmp_path / "beispielstadt", tenant_data(**changes)))
    assert field in error.value.message


@pytest.mark.parametrize("origin", ["https://www.stadt.example", "http://127.0.0.1:8080", "https://[::1]:8443"])
def test_an_origin_is_written_as_browsers_send_it(origin: str) -> None:
    assert tenant(allowed_origins=[origin]).allowed_origins == (origin,)


@pytest.mark.parametrize(
    "origin",
    ["*", "https://*", "https://a.example/", "https://a.example; script-src *", "https://a.example, *", "https://A.de"],
)
def test_an_origin_that_would_mean_more_in_a_header_is_refused(tmp_path: Path, origin: str) -> None:
    folder = _write(tmp_path / "beispielstadt", tenant_data(allowed_origins=[origin]))
    with pytest.raises(ConfigurationError, match=r"tenant\.yaml: allowed_origins"):
        load_tenant(folder)
