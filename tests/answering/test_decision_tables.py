"""Decision tables in conversation: answering, asking back, being completed, and leaving other questions alone."""

import re
from datetime import datetime

import pytest
import yaml

from app.answering.decision_examples import ExampleResult, run_examples
from app.settings import PROJECT_ROOT
from app.text.figures import figures
from tests.answering.decisions import NOON, ask, rules, said
from tests.tenants.samples import musterstadt

SERVICES = PROJECT_ROOT / "knowledge" / "musterstadt" / "services"
_EXAMPLES = tuple(example for rule in rules() for example in rule.file.examples)


@pytest.fixture(scope="module")
def results() -> list[ExampleResult]:
    """What became of each example; not while tests are collected, which every process does."""
    return list(run_examples(rules(), musterstadt(), NOON.date()))


@pytest.mark.parametrize("index", range(len(_EXAMPLES)))
def test_every_example_beside_the_rules_holds(results: list[ExampleResult], index: int) -> None:
    result = results[index]
    assert result.example is _EXAMPLES[index]
    assert result.fault is None, f"{result.rule.reference}: {result.example.question}"


def test_every_rule_has_examples_that_answer_and_one_that_it_must_leave_alone() -> None:
    for rule in rules():
        assert any(example.says for example in rule.file.examples), rule.reference
        assert any(example.silent for example in rule.file.examples) or rule.file.id == "frist-halteverbot"


def test_the_calculation_and_its_source_are_shown() -> None:
    finding = ask("Was kosten zwei Hunde im Jahr?")
    assert finding is not None
    assert finding.statements == ("Die Hundesteuer für 2 Hunde beträgt zusammen 240,00 Euro im Jahr: 2 × 120,00 Euro.",)
    assert finding.source_url == "https://www.musterstadt.example/dienste/hund-anmelden"
    for part in ("Hundesteuersatzung", "„zwei Hunde: je 120,00 Euro im Jahr“", "Anzahl der Hunde: 2",
                 "2 × 120,00 Euro = 240,00 Euro", "Steueramt, Montag, 5. Oktober 2026; Fassung 1"):  # fmt: skip
        assert part in finding.source_text
    assert finding.office == "steueramt"


def test_fees_that_exclude_each_other_are_not_added_up() -> None:
    finding = ask("Was kostet ein neuer Personalausweis?")
    assert finding is not None
    assert {"37,00 Euro", "22,80 Euro"} <= set(re.findall(r"[\d,]+ Euro", " ".join(finding.statements)))
    assert "59,80" not in finding.source_text
    together = ask("Ich bin 40: Was kostet ein Expresspass mit 48 Seiten?")
    assert together is not None and " + " in together.source_text


def test_the_finding_names_version_inputs_rows_and_document() -> None:
    finding = ask("Was kosten zwei Hunde im Jahr?")
    assert finding is not None and finding.table is not None
    assert finding.rule == finding.table.rule == "hundesteuer@1"
    assert finding.table.inputs == {"count": "2"}
    assert finding.table.rows == (2,)
    assert (finding.table.document, finding.table.document_title) == ("hund-anmelden", "Hund anmelden")


@pytest.mark.parametrize("index", range(len(_EXAMPLES)))
def test_every_figure_of_an_answer_stands_in_its_source(index: int) -> None:
    example = _EXAMPLES[index]
    at = example.at or NOON
    moment = at if isinstance(at, datetime) else datetime.combine(at, NOON.timetz())
    finding = ask(example.question, *example.earlier, at=moment.replace(tzinfo=NOON.tzinfo))
    if finding is not None and finding.table is not None and finding.table.asks_for is None:
        shown = figures(f"{finding.source_title}\n{finding.source_text}")
        for statement in finding.statements:
            assert figures(statement) <= shown, statement


def test_up_to_four_rows_are_told_at_once() -> None:
    text = said("Was kostet die Hundesteuer?")
    assert all(fee in text for fee in ("96,00 Euro", "120,00 Euro", "144,00 Euro"))


def test_english_questions_are_answered_in_english_with_the_english_text() -> None:
    finding = ask("How much is the dog tax for three dogs?")
    assert finding is not None
    assert finding.statements == ("The dog tax for 3 dogs is 432.00 euros per year in total: 3 × 144.00 euros.",)
    assert finding.source_url == "https://www.musterstadt.example/en/dog"


def test_what_is_missing_is_asked_back_with_suggestions() -> None:
    finding = ask("Wann kommt in der Marktgasse die Müllabfuhr?")
    assert finding is not None and finding.table is not None
    assert finding.statements == ("Welche Tonne meinen Sie?",)
    assert finding.table.asks_for == "waste"
    assert 2 <= len(finding.table.suggestions) <= 6


@pytest.mark.parametrize("reply", ["die Papiertonne", "Papier", "Ich meine die Papiertonne, danke", "paper bin"])
def test_the_next_turn_completes_the_question(reply: str) -> None:
    finding = ask(reply, "Wann kommt in der Marktgasse die Müllabfuhr?")
    assert finding is not None and finding.table is not None
    assert finding.table.inputs == {"street": "Marktgasse", "waste": "Papier"}
    assert finding.table.asks_for is None


def test_every_suggestion_is_understood_as_a_reply() -> None:
    for question in ("Wann kommt in der Marktgasse die Müllabfuhr?", "Was kosten 4 zu spät zurückgegebene Bücher?",
                     "Was kostet die Kita bei 45 Stunden?"):  # fmt: skip
        finding = ask(question)
        assert finding is not None and finding.table is not None
        for suggestion in finding.table.suggestions:
            reply = ask(suggestion, question)
            assert reply is not None and reply.table is not None, suggestion
            assert reply.table.asks_for is None


def test_a_question_back_may_need_two_turns() -> None:
    first = "Wann werden die Tonnen geleert?"
    asked = ask(first)
    assert asked is not None and asked.table is not None and asked.table.asks_for == "waste"
    again = ask("Biotonne", first)
    assert again is not None and again.table is not None and again.table.asks_for == "street"
    assert said("Lindenweg", first, "Biotonne").startswith("Lindenweg, Biotonne: Die nächsten Abfuhrtage sind")


@pytest.mark.parametrize(
    "turn",
    [
        "Was kostet ein Führungszeugnis?",
        "Wie lange dauert das?",
        "Welche Unterlagen brauche ich dafür?",
        "Vergiss es, wo kann ich heiraten?",
        "Danke!",
        "Wann hat das Bürgeramt morgen auf?",
    ],
)
def test_a_turn_that_asks_something_else_drops_the_question_back(turn: str) -> None:
    assert ask(turn, "Wann wird der Restmüll geleert?") is None


@pytest.mark.parametrize(
    "turn",
    [
        "Und wie lange dauert das?",
        "Und ein Reisepass mit 16?",
        "Wo bekomme ich den?",
        "Und wenn ich umziehe?",
        "Kann den meine Frau mit 40 Grad Fieber abholen?",
        "Und was brauche ich dafür?",
    ],
)
def test_a_follow_up_on_something_else_is_left_alone(turn: str) -> None:
    finding = ask(turn, "Was kostet ein Personalausweis?")
    assert finding is None or finding.rule != "personalausweis-gebuehr@1"


def test_a_street_that_is_not_listed_is_asked_for_by_its_name() -> None:
    finding = ask("Wann wird in der Lindenstraße die graue Tonne geleert?")
    assert finding is not None and finding.table is not None
    assert finding.statements[0].startswith("„Lindenstraße“ finde ich im Straßenverzeichnis nicht.")
    assert finding.table.asks_for == "street"


def test_a_masked_address_is_asked_for_without_house_number() -> None:
    finding = ask("Wann wird in der Bahnhofstraße 12 der Restmüll geleert?")
    assert finding is not None
    assert "ohne Hausnummer" in finding.statements[0]


def test_the_topic_that_the_texts_answered_helps_to_recognise_the_rule() -> None:
    turn = "bräuchte gleich drei stück davon, was kosten die anderen beiden jeweils"
    assert ask(turn) is None
    finding = ask(turn, topic=("geburtsurkunde", "Geburtsurkunde bestellen"))
    assert finding is not None
    assert "28,00 Euro" in finding.statements[0]


def test_a_rule_that_is_not_valid_yet_is_silent() -> None:
    early = datetime(2025, 12, 31, 12, 0, tzinfo=NOON.tzinfo)
    assert ask("Was kosten zwei Hunde im Jahr?", at=early) is None


def test_the_questions_that_services_expect_are_seldom_a_tables() -> None:
    """What the texts' own example questions trigger is known, and right."""
    fired = set()
    for path in sorted(SERVICES.glob("*.md")):
        front_matter = yaml.safe_load(path.read_text("utf-8").split("---")[1])
        for question in front_matter.get("example_questions", ()):
            finding = ask(question)
            if finding is not None and finding.table is not None:
                fired.add((front_matter["id"], finding.table.document))
    assert all(service == document for service, document in fired), fired
    assert len(fired) <= 12


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hundesteuer 4 hunde", "576,00 Euro"),
        ("Halteverbot 3 Tage 20 Meter", "65,00 Euro"),
        ("Leerung graue Tonne Zeppelinstr.", "Zeppelinstraße"),
    ],
)
def test_a_thing_and_its_measures_alone_ask_for_the_row(text: str, says: str) -> None:
    assert says in said(text)


@pytest.mark.parametrize("text", ["Personalausweis 16 Jahre", "Umzug 30.11.", "Halteverbot 3 Tage Schilder", "Hund"])
def test_what_may_ask_for_several_things_is_left_to_the_texts(text: str) -> None:
    assert ask(text) is None


@pytest.mark.parametrize("text", ["Was kostet ein Personalausweis in Köln?", "reisepas preis in Berlin"])
def test_another_towns_fees_are_not_this_ones(text: str) -> None:
    assert ask(text) is None
