"""No rule names a figure that its own source doesn't show: asked over offices, days, times and phrasings."""

import re
from datetime import datetime
from itertools import cycle

import pytest

from app.answering.rules import OPENING_HOURS_RULE, apply_rules
from app.answering.screen import screen
from app.answering.values import Question, RuleFinding
from app.text.figures import figures
from tests.answering.decisions import ask, rules
from tests.tenants.samples import musterstadt

TOWN = musterstadt()
MOMENTS = (
    datetime(2026, 11, 24, 10, 5, tzinfo=TOWN.zone),
    datetime(2026, 12, 22, 19, 40, tzinfo=TOWN.zone),
    datetime(2027, 2, 7, 13, 0, tzinfo=TOWN.zone),
)
DAYS = (
    "am Montag", "am Dienstag", "Mittwoch", "am Donnerstag", "am Freitag", "am Samstag", "sonntags", "freitags",
    "heute", "morgen", "übermorgen", "an Heiligabend", "am 31.12.", "am 8. Februar 2027", "am 1. Mai",
    "an Fronleichnam", "am 3. Oktober", "am Wochenende", "an Feiertagen", "nächsten Donnerstag",
)  # fmt: skip
TIMES = (
    "um 14 Uhr", "nach 14 Uhr", "um zwei", "bis 18 Uhr", "um halb neun", "vor 7:45 Uhr", "ab 13.20 Uhr", "bis sechs",
    "um Viertel vor zwölf", "gegen 23 Uhr", "nachmittags",
)  # fmt: skip
GERMAN = (
    "Hat {office} {day} {time} offen?", "Ist {office} {day} {time} geschlossen?", "Macht {office} {day} {time} zu?",
    "Kann ich {day} {time} noch zu {office} kommen?", "Ist {day} {time} jemand da bei {office}?",
    "Komme ich {day} {time} bei {office} noch dran?", "Öffnet {office} {day} {time}?",
    "Ich arbeite lange. Hat {office} {day} auch {time} auf?",
)  # fmt: skip
ENGLISH = (
    "Is {office} open {day} {time}?", "Does {office} close {day} {time}?", "Can I come to {office} {day} {time}?",
)  # fmt: skip
ENGLISH_DAYS = ("on Friday", "tomorrow", "on Christmas Eve", "on 8 February 2027", "on Sunday")
ENGLISH_TIMES = ("at 2 pm", "after 5 pm", "at half past three", "until 6 pm", "at noon")
WITHOUT_TIME = (
    "Wann hat {office} {day} offen?", "Öffnungszeiten {office} {day}", "Hat {office} gerade offen?",
    "Wie lange hat {office} {day} auf?", "Telefonnummer von {office}", "Wo finde ich {office}?",
)  # fmt: skip


def _questions() -> list[str]:
    """Every office on every day, times and phrasings taking turns."""
    phrasings, times, plain = cycle(GERMAN), cycle(TIMES), cycle(WITHOUT_TIME)
    english, english_times = cycle(ENGLISH), cycle(ENGLISH_TIMES)
    asked: list[str] = []
    for office in TOWN.offices:
        for day in DAYS:
            asked.append(next(phrasings).format(office=office.name, day=day, time=next(times)))
            asked.append(next(plain).format(office=office.name, day=day))
        for day in ENGLISH_DAYS:
            name = f"the {office.name_in('en')}"
            asked.append(next(english).format(office=name, day=day, time=next(english_times)))
    return asked


def _answer(text: str, at: datetime) -> RuleFinding | None:
    question = Question(text=text, tenant=TOWN.id, asked_at=at)
    return apply_rules(screen(question, TOWN, 1000), question, TOWN, None)


def _unfounded(finding: RuleFinding) -> set[str]:
    """Figures and bare digits of the statements that the source doesn't hold, as the evaluation looks for them."""
    source, said = f"{finding.source_title} {finding.source_text}", " ".join(finding.statements)
    missing = {figure.value for text in finding.statements for figure in figures(text) - figures(source)}
    return missing | (set(re.findall(r"\d+", said)) - set(re.findall(r"\d+", source)))


def test_no_answer_about_an_office_names_a_figure_outside_its_source() -> None:
    asked = list(zip(_questions(), cycle(MOMENTS), strict=False))
    answers = [(text, at, _answer(text, at)) for text, at in asked]
    invented = [(text, at, _unfounded(finding)) for text, at, finding in answers if finding and _unfounded(finding)]
    assert not invented, invented[:5]
    silent = [text for text, _, finding in answers if finding is None]
    assert not silent, silent[:10]
    assert len(asked) > 500


@pytest.mark.parametrize("language", ["fr", "ru", "uk", "ar", "tr"])
def test_no_answer_in_another_language_does_either(language: str) -> None:
    for text in ("Hat das Ordnungsamt am Freitag um 14 Uhr offen?", "Hat das Ordnungsamt am Freitag um 11 Uhr offen?"):
        question = Question(text=text, tenant=TOWN.id, asked_at=MOMENTS[0], language=language)
        finding = apply_rules(screen(question, TOWN, 1000), question, TOWN, None)
        assert finding is not None
        assert finding.rule == OPENING_HOURS_RULE
        assert not set(re.findall(r"\d+", " ".join(finding.statements))) - set(re.findall(r"\d+", finding.source_text))


def test_no_table_names_a_figure_outside_its_source() -> None:
    for rule in rules():
        for example in rule.file.examples:
            finding = ask(example.question, *example.earlier)
            if finding is not None and finding.table is not None and finding.table.asks_for is None:
                assert not _unfounded(finding), example.question
