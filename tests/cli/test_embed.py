"""`amtslotse embed` as people type it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.web.bundle import widget_bundle
from tests.cli.runner import Run, in_this_process

URL = ("--url", "https://chat.example.org")


@pytest.fixture
def embed(
    tmp_path: Path, small_knowledge: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs the command for the small town."""
    monkeypatch.setenv("AMTSLOTSE_KNOWLEDGE_DIR", str(small_knowledge))
    monkeypatch.setenv("AMTSLOTSE_DATA_DIR", str(tmp_path))
    with in_this_process(monkeypatch, capsys, "embed") as run:
        yield run


def test_prints_the_plain_and_the_pinned_snippet_and_what_to_allow(embed: Run) -> None:
    result = embed(*URL, "--accent", "#8a1538")
    assert result.code == 0, result.err
    assert 'src="https://chat.example.org/widget.js" data-tenant="musterstadt" data-accent="#8a1538"' in result.out
    assert widget_bundle().integrity in result.out
    assert "script-src https://chat.example.org; connect-src https://chat.example.org" in result.out


def test_json_is_one_object(embed: Run) -> None:
    result = embed(*URL, "--json")
    assert set(json.loads(result.out)) == {"plain", "pinned", "policy", "chat_url", "form_url"}


def test_a_wrong_value_and_an_unknown_town_are_one_line(embed: Run) -> None:
    for wrong in (("--accent", "red"), ("--tenant", "nirgendwo")):
        result = embed(*URL, *wrong)
        assert (result.code, result.err.count("\n")) == (1, 1)
