"""Decision tables in the real service: published, asked, recorded and walked again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.answering.replay import replay
from app.answering.service import AnsweringService
from app.answering.values import Answer, Recorded, Status
from app.index.generation import open_active
from app.index.manifest import read_manifest
from app.models.ports import Embedder
from app.records.repository import RecordRepository
from app.settings import PROJECT_ROOT, Settings
from app.starting import build_service
from ingest.diff import knowledge_diff
from ingest.generation import publish
from ingest.quality import check_knowledge
from tests.answering.samples import question
from tests.fakes import ScriptedLanguageModel
from tests.knowledge import TENANT, copy_knowledge, silent
from tests.tenants.samples import musterstadt

pytestmark = pytest.mark.models
RULES = PROJECT_ROOT / "knowledge" / TENANT / "rules"


@pytest.fixture(scope="module")
def ruled_knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two texts and two rules."""
    folder = copy_knowledge(tmp_path_factory.mktemp("ruled") / "knowledge", ("hund-anmelden", "kita-platz"))
    (folder / TENANT / "rules").mkdir()
    for name in ("hundesteuer.yaml", "hundesteuer.csv", "kita-beitrag.yaml", "kita-beitrag.csv"):
        shutil.copyfile(RULES / name, folder / TENANT / "rules" / name)
    return folder


@pytest.fixture(scope="module")
def ruled_data(ruled_knowledge: Path, tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    data_dir = tmp_path_factory.mktemp("ruled-data") / "data"
    publish(ruled_knowledge, data_dir, TENANT, embedder, "test", silent)
    return data_dir


@pytest.fixture
def ruled(
    ruled_knowledge: Path, ruled_data: Path, embedder: Embedder, scripted: ScriptedLanguageModel, tmp_path: Path
) -> Iterator[AnsweringService]:
    records = RecordRepository(tmp_path / "records.sqlite3")
    settings = Settings(data_dir=ruled_data, knowledge_dir=ruled_knowledge)
    yield build_service(settings, embedder, scripted, records)
    records.close()


def _ask(service: AnsweringService, text: str, conversation: str | None = None) -> tuple[Answer, str]:
    *_, last = service.ask(question(text, conversation_id=conversation))
    assert isinstance(last, Recorded)
    return last.answer, last.answer_id


def test_a_conversation_asks_back_and_completes(ruled: AnsweringService) -> None:
    first, _ = _ask(ruled, "Was kostet die Kita bei 45 Stunden?", "c")
    assert first.status is Status.NEEDS_CLARIFICATION
    assert first.statements[0].text == "Wie hoch ist das gemeinsame Jahreseinkommen?"
    assert 2 <= len(first.suggestions) <= 6
    then, answer_id = _ask(ruled, first.suggestions[1].title, "c")
    assert then.status is Status.ANSWERED_BY_RULE
    assert "80,60 Euro im Monat" in then.statements[0].text
    assert then.sources[0].url == "https://www.musterstadt.example/dienste/kita-platz"
    record = ruled.get(TENANT, answer_id)
    assert replay(record, ruled) is None
    assert record.payload is not None
    walk = record.payload["walk"]
    assert isinstance(walk, dict) and isinstance(walk["rule"], dict)
    assert walk["rule"]["rule"] == "kita-beitrag@1"
    table = walk["rule"]["table"]
    assert isinstance(table, dict)
    assert (table["inputs"], table["rows"]) == ({"hours": "45", "income": "45000"}, [4])


def test_the_texts_go_on_from_a_tables_topic(ruled: AnsweringService) -> None:
    _ask(ruled, "Was kostet die Hundesteuer?", "d")
    answer, answer_id = _ask(ruled, "Und bis wann muss ich das erledigen?", "d")
    assert answer.sources[0].url == "https://www.musterstadt.example/dienste/hund-anmelden"
    assert "2 Wochen" in " ".join(statement.text for statement in answer.statements)
    assert replay(ruled.get(TENANT, answer_id), ruled) is None


def test_an_individual_case_goes_to_staff_first(ruled: AnsweringService) -> None:
    answer, _ = _ask(ruled, "Habe ich Anspruch auf Ermäßigung der Hundesteuer für zwei Hunde?")
    assert answer.status is Status.DECIDED_BY_STAFF


def test_rules_are_part_of_the_published_generation(ruled_data: Path, embedder: Embedder) -> None:
    generation = open_active(ruled_data, TENANT, embedder.info)
    assert [rule.file.id for rule in generation.rules] == ["hundesteuer", "kita-beitrag"]
    files = read_manifest(generation.folder).files
    assert {"rules/hundesteuer.yaml", "rules/hundesteuer.csv"} <= set(files)


def test_a_generation_without_rules_still_opens(published: Path, embedder: Embedder) -> None:
    assert open_active(published, TENANT, embedder.info).rules == ()


def test_a_changed_table_shows_in_the_difference(ruled_knowledge: Path, ruled_data: Path, tmp_path: Path) -> None:
    knowledge = Path(shutil.copytree(ruled_knowledge, tmp_path / "knowledge"))
    source = knowledge / TENANT
    checked = check_knowledge(source, musterstadt(), question("x").asked_at.date())
    assert knowledge_diff(checked, source, ruled_data, TENANT).empty
    (source / "rules" / "hundesteuer.csv").write_text("Hunde\n1\n", "utf-8")
    found = knowledge_diff(checked, source, ruled_data, TENANT)
    assert found.rules_changed
    assert not found.empty
