"""The testable rules of Leichte Sprache, with sentences that break one, and right ones that look similar."""

import pytest

from ingest.checks.easy_rules import EasyRule, breaches

_BROKEN = {
    EasyRule.GENITIVE: [
        "Das ist das Amt der Stadt.",
        "Die Adresse des Amtes steht hier.",
        "Sie brauchen eine Kopie Ihres Ausweises.",
        "Das Geld der Eltern zählt.",
    ],
    EasyRule.SUBJUNCTIVE: ["Sie könnten einen Antrag stellen.", "Das wäre gut.", "Sie sollten früh kommen."],
    EasyRule.PASSIVE: [
        "Der Antrag wird geprüft.",
        "Der Ausweis muss unterschrieben werden.",
        "Sie werden vom Amt informiert.",
        "Das Geld wurde überwiesen.",
        "Der Brief wird an Sie geschickt.",
    ],
    EasyRule.ABBREVIATION: ["Bringen Sie z. B. den Pass mit.", "Das dauert ca. 3 Wochen."],
    EasyRule.CLAUSES: [
        "Sie bekommen Geld, wenn Sie wenig verdienen.",
        "Das ist das Amt, das Ihnen hilft.",
        "Sie gehen zum Amt und Sie holen den Pass.",
    ],
    EasyRule.COMPOUND: ["Sie brauchen die Staatsangehörigkeit.", "Das ist die Kraftfahrzeugzulassung."],
    EasyRule.NUMBER: ["Das dauert drei Wochen.", "Das steht in Teil II."],
    EasyRule.SYMBOL: ["Das steht in § 5.", "Sie bekommen 50 % Rabatt.", "Der Pass (oder Ausweis) ist nötig."],
}


@pytest.mark.parametrize(("rule", "sentence"), [(rule, one) for rule, many in _BROKEN.items() for one in many])
def test_a_broken_rule_is_found_and_no_other(rule: EasyRule, sentence: str) -> None:
    (breach,) = breaches(sentence)
    assert breach.rule is rule
    assert breach.words in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Sie werden 18 Jahre alt.",
        "Der Ausweis wird ungültig.",
        "Sie werden bald gesund.",
        "Sie werden den Ausweis bekommen.",
        "Das Amt wird Sie fragen.",
        "Das Kind wird ein Schul-Kind.",
        "Sie möchten einen Ausweis.",
        "Der Personal-Ausweis kostet 37,00 Euro.",
        "Das Bürger·amt hilft Ihnen.",
        "Rufen Sie an: 03999 115-200",
        "Die E-Mail ist: buergeramt@musterstadt.example",
        "Gehen Sie zu der Stadt Musterstadt.",
        "Das Amt ist in der Stadt.",
        "Geben Sie den Brief der Mitarbeiterin.",
        "Die Mitarbeiterinnen helfen Ihnen.",
        "Bringen Sie mit: den Pass, die Karte und das Foto.",
        "Nehmen Sie Geld und die Karte mit.",
        "Das ist am 3. Oktober.",
        "Von 8 bis 12 Uhr ist offen.",
        "Der Antrag ist fertig.",
    ],
)
def test_a_right_sentence_is_left_alone(sentence: str) -> None:
    assert list(breaches(sentence)) == []
