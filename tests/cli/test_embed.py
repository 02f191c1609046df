"""`amtslotse embed` as people type it."""

import json
from pathlib import Path

import pytest

from app.web.bundle import widget_bundle
from tests.servers import amtslotse, environment


@pytest.fixture
def env(tmp_path: Path, small_knowledge: Path) -> dict[str, str]:
    return environment(tmp_path, small_knowledge)


def test_prints_the_plain_and_the_pinned_snippet_and_what_to_allow(env: dict[str, str]) -> None:
    result = amtslotse("embed", "--url", "https://chat.example.org", "--accent", "#8a1538", env=env)
    assert result.returncode == 0, result.stderr
    assert 'src="https://chat.example.org/widget.js" data-tenant="musterstadt" data-accent="#8a1538"' in result.stdout
    assert widget_bundle().integrity in result.stdout
    assert "script-src https://chat.example.org; connect-src https://chat.example.org" in result.stdout


def test_json_is_one_object(env: dict[str, str]) -> None:
    result = amtslotse("embed", "--url", "https://chat.example.org", "--json", env=env)
    assert set(json.loads(result.stdout)) == {"plain", "pinned", "policy", "chat_url", "form_url"}


def test_a_wrong_value_and_an_unknown_town_are_one_line(env: dict[str, str]) -> None:
    for wrong in (("--accent", "red"), ("--tenant", "nirgendwo")):
        result = amtslotse("embed", "--url", "https://chat.example.org", *wrong, env=env)
        assert (result.returncode, result.stderr.count("\n")) == (1, 1)
