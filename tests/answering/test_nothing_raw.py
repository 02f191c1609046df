"""What identifies a person reaches neither the disk, nor a prompt, nor a log."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from app.answering import pipeline as pipeline_module
from app.answering.personal_spans import PersonalData
from app.answering.service import AnsweringService
from app.answering.values import Recorded
from app.errors import ModelError
from app.logs import LogFormat, log_handler
from tests.answering.samples import PRICE_QUESTION, TOLD, question
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT

RAW = {
    PersonalData.EMAIL: ("Mail", "erika.muster@example.org"),
    PersonalData.PHONE: ("Telefon", "0171 2345678"),
    PersonalData.IBAN: ("IBAN", "DE72 3160 5305 0400 4812 69"),
    PersonalData.CARD_NUMBER: ("Karte", "4437 9517 2569 0191"),
    PersonalData.TAX_ID: ("Steuer-ID", "90654780108"),
    PersonalData.INSURANCE_NUMBER: ("Versicherungsnummer", "12 140377 K 017"),
    PersonalData.ID_NUMBER: ("Ausweisnummer", "L01X00T471"),
    PersonalData.FILE_NUMBER: ("Aktenzeichen", "32.4-2026/117"),
    PersonalData.LICENCE_PLATE: ("Kennzeichen", "MS-KL 4711"),
    PersonalData.BIRTH_DATE: ("geboren am", "12.03.1964"),
    PersonalData.ADDRESS: ("Anschrift:", "Goethestraße 17"),
    PersonalData.NAME: ("Ich heiße", "Aleksandra Kowalczyk"),
}
RARE = "Quastenflosser"


@pytest.fixture(params=["text", "json"])
def logged(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """Everything that is logged from here on, as a running server writes it; also what it would leave out."""
    written = StringIO()
    log_format: LogFormat = request.param
    handler = log_handler(log_format, written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    root.removeHandler(handler)


def _ask(service: AnsweringService, text: str) -> Recorded:
    with service.admit():
        *_, last = service.ask(question(text, conversation_id="conversation-1"))
    assert isinstance(last, Recorded)
    return last


def _eager(service: AnsweringService) -> AnsweringService:
    """Reaches the language model with any question."""
    return replace(service, pipeline=replace(service.pipeline, weights=service.pipeline.weights.certain))


def _forms(raw: str) -> set[str]:
    words = {word for word in raw.replace(",", " ").split() if len(word) > 5}
    return {raw, raw.replace(" ", ""), *words}


def test_every_kind_of_personal_data_has_an_example() -> None:
    assert RAW.keys() == set(PersonalData)


@pytest.mark.parametrize("logged", ["json"], indirect=True)
def test_no_kind_of_personal_data_reaches_disk_prompt_or_log(
    service: AnsweringService, scripted: ScriptedLanguageModel, tmp_path: Path, logged: StringIO
) -> None:
    eager = _eager(service)
    scripted.enqueue(*(f"{TOLD} [1]" for _ in RAW))
    for kind, (cue, raw) in RAW.items():
        recorded = _ask(eager, f"{PRICE_QUESTION} {cue} {raw}.")
        assert recorded.answer.notices, kind
    _ask(eager, "Und wie lange dauert das?")
    database = tmp_path / "records.sqlite3"
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {database, database.with_name("records.sqlite3-wal")} <= set(files)
    kept = b"\n".join(path.read_bytes() for path in files).decode("utf-8", "replace")
    prompted = "\n".join(prompt.text for prompt, _ in scripted.calls)
    assert "neuer Personalausweis" in kept
    assert "neuer Personalausweis" in prompted
    assert "answered" in logged.getvalue()
    for _, raw in RAW.values():
        for form in _forms(raw):
            for place in (kept, prompted, logged.getvalue()):
                assert form.casefold() not in place.casefold()


def test_an_answer_is_logged_without_a_word_of_the_question(service: AnsweringService, logged: StringIO) -> None:
    recorded = _ask(service, f"{PRICE_QUESTION} Das fragt ein {RARE}.")
    line = next(line for line in logged.getvalue().splitlines() if recorded.answer_id in line)
    for told in (TENANT, recorded.answer.status, recorded.answer.generation, "INFO", "duration_ms"):
        assert told in line
    assert RARE.casefold() not in logged.getvalue().casefold()


def test_a_failing_stage_does_not_log_the_question(
    service: AnsweringService, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(text: str, *_: object) -> None:
        try:
            raise KeyError(text)
        except KeyError as error:
            raise ValueError(f"cannot search for {text!r}") from error

    monkeypatch.setattr(pipeline_module, "retrieve", broken)
    with pytest.raises(ValueError, match=f"(?i){RARE}") as raised:
        _ask(service, f"{PRICE_QUESTION} Das fragt ein {RARE}.")
    logging.getLogger("app.api.errors").error("Unexpected error on %s", "/chat", exc_info=raised.value)
    logging.getLogger("asyncio").error(f"Task failed\nfuture: <Task {raised.value!r}>", exc_info=raised.value)
    logging.getLogger("somebody").warning("What is %s?", RARE)
    assert "builtins.ValueError" in logged.getvalue()
    assert "builtins.KeyError" in logged.getvalue()
    assert "test_nothing_raw.py" in logged.getvalue()
    assert RARE.casefold() not in logged.getvalue().casefold()


def test_a_failing_model_is_logged_without_the_question(
    service: AnsweringService, scripted: ScriptedLanguageModel, logged: StringIO
) -> None:
    scripted.enqueue(ModelError("The model file is gone."))
    _ask(_eager(service), f"{PRICE_QUESTION} Das fragt ein {RARE}.")
    assert "The model file is gone." in logged.getvalue()
    assert RARE.casefold() not in logged.getvalue().casefold()
