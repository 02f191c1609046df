"""The log of who published what."""

from pathlib import Path

import pytest

from app.errors import GenerationError, KnowledgeError
from ingest.publishing_log import LOG_FILE, Action, account_name, activate_logged, log_event, read_log

TENANT = "stadt"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    (tmp_path / TENANT).mkdir()
    return tmp_path


def test_each_event_is_a_line_with_who_when_what_and_why(data_dir: Path) -> None:
    (data_dir / TENANT / "active").write_text("alt\n", encoding="utf-8")
    log_event(data_dir, TENANT, "neu", Action.REFUSED, "A. Beispiel", ("1 gold question was lost.",))
    log_event(data_dir, TENANT, "neu", Action.APPROVED, "B. Muster")
    first, second = read_log(data_dir, TENANT)
    assert (first.action, first.generation, first.replaces, first.by) == (Action.REFUSED, "neu", "alt", "A. Beispiel")
    assert first.reasons == ("1 gold question was lost.",)
    assert (first.account, second.account) == (account_name(), account_name())
    assert first.at <= second.at
    assert first.at.tzinfo is not None
    assert (data_dir / TENANT / LOG_FILE).read_text("utf-8").count("\n") == 2


def test_a_line_that_a_power_cut_tore_spoils_no_other(data_dir: Path) -> None:
    log_event(data_dir, TENANT, "eins", Action.ACTIVATED, "A")
    with (data_dir / TENANT / LOG_FILE).open("a", encoding="utf-8") as file:
        file.write('{"at": "2026-')
    log_event(data_dir, TENANT, "zwei", Action.ACTIVATED, "A")
    assert [event.generation for event in read_log(data_dir, TENANT)] == ["eins", "zwei"]


def test_without_a_log_there_are_no_events(tmp_path: Path) -> None:
    assert read_log(tmp_path, TENANT) == ()


def test_nothing_becomes_active_without_a_line(data_dir: Path) -> None:
    (data_dir / TENANT / LOG_FILE).mkdir()
    with pytest.raises(KnowledgeError, match=r"publishing\.log cannot be written .* Nothing was activated"):
        activate_logged(data_dir, TENANT, "neu", Action.ACTIVATED, "A")
    assert not (data_dir / TENANT / "active").exists()


def test_a_generation_that_is_not_there_is_not_activated(data_dir: Path) -> None:
    with pytest.raises(GenerationError):
        activate_logged(data_dir, TENANT, "neu", Action.ACTIVATED, "A")
    assert not (data_dir / TENANT / "active").exists()
