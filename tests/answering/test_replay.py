"""Every answer can be walked again from its record, byte for byte; what differs is named."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import JsonValue

from app.answering.conversation import EarlierErasedError, history_of
from app.answering.replay import replay
from app.answering.service import AnsweringService
from app.answering.values import Recorded
from app.errors import GenerationError, ModelError, NotFoundError
from app.index.live import LiveGenerations
from app.models.ports import Embedder
from app.records.record import StoredRecord
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from ingest.generation import publish
from ingest.prune import PruneRule, prune
from tests.answering.samples import PRICE_QUESTION, TOLD, question
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT, silent

DRAFT = f"{TOLD} [1]"


def _record(service: AnsweringService, text: str, conversation_id: str | None = None) -> StoredRecord:
    *_, last = service.ask(question(text, conversation_id=conversation_id))
    assert isinstance(last, Recorded)
    return service.get(TENANT, last.answer_id)


def _changed(record: StoredRecord, path: tuple[str | int, ...], value: JsonValue) -> StoredRecord:
    """The record as a forger might leave it."""
    payload = json.loads(json.dumps(record.payload))
    place = payload
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return replace(record, payload=payload)


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet ein neuer Personalausweis?",
        "How much is a new ID card?",
        "Hat das Bürgeramt gerade offen?",
        "Wo kann ich mein Nashorn ausstopfen lassen?",
        "Habe ich Anspruch auf Wohngeld?",
        "Hilfe, meine Wohnung brennt!",
        "Guten Tag!",
        "Was kostet {question} der Reisepass {0}?",
        f"{PRICE_QUESTION} Ich bin Erika Mustermann, Telefon 0171 2345678, erika@example.org.",
        "  wie lange   dauert\tein reisepass\u200b ? ",
    ],
)
def test_replay_is_identical(service: AnsweringService, text: str) -> None:
    record = _record(service, text)
    assert replay(record, service) is None


def test_replay_of_a_drafted_answer_is_identical(service: AnsweringService, scripted: ScriptedLanguageModel) -> None:
    scripted.enqueue(DRAFT, DRAFT)
    record = _record(service, PRICE_QUESTION)
    assert replay(record, service) is None
    assert len(scripted.calls) == 2
    assert scripted.calls[0] == scripted.calls[1]


def test_replay_of_a_follow_up_is_identical_though_its_conversation_went_on(service: AnsweringService) -> None:
    _record(service, "Was kostet ein neuer Personalausweis?", "conversation-1")
    record = _record(service, "Und wie lange dauert das?", "conversation-1")
    _record(service, "Was kostet ein Reisepass?", "conversation-1")
    assert replay(record, service) is None


def test_a_follow_up_to_an_erased_question_cannot_be_replayed_and_says_so(service: AnsweringService) -> None:
    first = _record(service, "Was kostet ein neuer Personalausweis?", "conversation-1")
    record = _record(service, "Und wie lange dauert das?", "conversation-1")
    service.records.purge(TENANT, record.created_at)
    with pytest.raises(EarlierErasedError, match=f"An earlier question of the conversation was erased .{first.id}"):
        replay(record, service)


def test_a_record_of_the_first_format_is_replayed_with_the_turns_that_it_copied(service: AnsweringService) -> None:
    _record(service, PRICE_QUESTION, "conversation-1")
    record = _record(service, "Und wie lange dauert das?", "conversation-1")
    (turn,) = history_of(service.records, TENANT, "conversation-1")[:1]
    copied = {name: value for name, value in asdict(turn).items() if name != "answer_id"}
    old = _changed(record, ("inputs", "history"), [copied])
    service.records.purge(TENANT, record.created_at)
    assert replay(old, service) is None
    old = _changed(record, ("inputs", "history"), [{**copied, "topic_document_id": None}])
    assert replay(old, service) is not None


def test_what_only_later_code_notes_is_no_difference(service: AnsweringService) -> None:
    record = _record(service, PRICE_QUESTION)
    assert record.payload is not None
    walk = record.payload["walk"]
    assert isinstance(walk, dict)
    less = _changed(record, ("walk",), {name: value for name, value in walk.items() if name != "intent"})
    difference = replay(less, service)
    assert difference is not None and difference.path == "walk.intent"
    assert replay(_changed(less, ("environment", "code"), "0.1.0+earlier"), service) is None


def test_an_answer_on_which_the_model_broke_down_explains_itself(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(ModelError("broken"), DRAFT)
    difference = replay(_record(service, PRICE_QUESTION), service)
    assert difference is not None
    assert difference.reasons == ("the language model gave no answer then (status failed)",)


def test_replay_neither_records_nor_discloses_anything_new(service: AnsweringService) -> None:
    record = _record(service, PRICE_QUESTION)
    replay(record, service)
    assert service.records.count(TENANT) == 1


def test_another_draft_is_the_first_difference(service: AnsweringService, scripted: ScriptedLanguageModel) -> None:
    scripted.enqueue(DRAFT, "Der Personalausweis kostet. [1]")
    difference = replay(_record(service, PRICE_QUESTION), service)
    assert difference is not None
    assert difference.path == "walk.draft[0]"
    assert difference.recorded == DRAFT
    assert difference.replayed == "Der Personalausweis kostet. [1]"
    assert difference.reasons == ()


def test_a_changed_environment_is_named_as_the_likely_reason(
    service: AnsweringService, scripted: ScriptedLanguageModel
) -> None:
    scripted.enqueue(DRAFT)
    record = _record(service, PRICE_QUESTION)
    difference = replay(record, replace(service, pipeline=replace(service.pipeline, language_model=None, seed=7)))
    assert difference is not None
    told = str(difference)
    assert told.startswith(f"first difference: {difference.path}\n")
    assert "model: 'scripted' -> 'none'" in told
    assert "sampling.seed: 1 -> 7" in told


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("answer", "statements", 1, "text"), "Der Ausweis ist kostenlos."),
        (("answer", "status"), "not_in_knowledge"),
        (("answer", "sources", 0, "chunk_id"), "0" * 20),
        (("walk", "candidates", 0, "dense"), 0.5),
        (("walk", "resolved"), "Was anderes"),
        (("walk", "evidence", "sentences", 0, "score"), None),
    ],
)
def test_in_a_tampered_record_the_tampered_value_is_named(
    service: AnsweringService, path: tuple[str | int, ...], value: JsonValue
) -> None:
    record = _changed(_record(service, PRICE_QUESTION), path, value)
    difference = replay(record, service)
    assert difference is not None
    shown = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    assert difference.path == shown.removeprefix(".")
    assert difference.recorded == value
    assert repr(value) in str(difference)


def test_a_statement_added_by_a_forger_is_named(service: AnsweringService) -> None:
    record = _record(service, PRICE_QUESTION)
    assert record.payload is not None
    answer = record.payload["answer"]
    assert isinstance(answer, dict)
    statements = answer["statements"]
    assert isinstance(statements, list)
    forged = _changed(record, ("answer", "statements"), [*statements, statements[0]])
    difference = replay(forged, service)
    assert difference is not None
    assert difference.path == "answer.statements (length)"


def test_an_erased_answer_cannot_be_replayed_and_says_so(service: AnsweringService) -> None:
    erased = service.records.erase(TENANT, _record(service, PRICE_QUESTION).id)
    with pytest.raises(NotFoundError, match="erased"):
        replay(erased, service)


@pytest.fixture
def two_generations(
    settings: Settings, embedder: Embedder, scripted: ScriptedLanguageModel, tmp_path: Path
) -> Iterator[tuple[AnsweringService, Settings]]:
    """A service with folders of its own, in which a test may publish."""
    own = settings.model_copy(update={"data_dir": tmp_path / "data", "knowledge_dir": tmp_path / "knowledge"})
    shutil.copytree(settings.data_dir / TENANT, own.data_dir / TENANT)
    shutil.copytree(settings.knowledge_dir, own.knowledge_dir)
    records = RecordRepository(tmp_path / "records.sqlite3")
    yield build_service(own, embedder, scripted, records), own
    records.close()


def test_an_answer_is_replayed_on_the_generation_that_it_came_from(
    two_generations: tuple[AnsweringService, Settings], embedder: Embedder
) -> None:
    service, settings = two_generations
    before = _record(service, PRICE_QUESTION)
    text = settings.knowledge_dir / TENANT / "services" / "personalausweis.md"
    text.write_text(text.read_text("utf-8").replace("37,00 Euro", "38,00 Euro"), "utf-8")
    publish(settings.knowledge_dir, settings.data_dir, TENANT, embedder, "test", silent)
    after = _record(service, PRICE_QUESTION)
    kept = prune(settings.data_dir, TENANT, PruneRule(0, timedelta(0)), service.records.generations(TENANT))
    assert kept.removed == ()
    assert service.generations.active(TENANT).id == after.generation
    assert after.generation != before.generation
    assert "38,00 Euro" in json.dumps(after.payload)
    for record in (before, after):
        assert replay(record, service) is None

    shutil.rmtree(settings.data_dir / TENANT / "generations" / before.generation)
    reopened = LiveGenerations(settings.data_dir, settings.knowledge_dir, embedder.info)
    with pytest.raises(GenerationError, match=before.generation):
        replay(before, replace(service, generations=reopened))
