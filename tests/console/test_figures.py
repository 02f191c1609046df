"""Figures over time: charts, tables and the file say the same."""

from fastapi import FastAPI

from app.desk.feedback import Feedback, FeedbackStore
from tests.console.staff import Person, text_of
from tests.insight.samples import TOWN, log


def fill(app: FastAPI) -> None:
    """Three answers of today, one of them rated."""
    running = app.state.running
    records, now = running.service.records, running.clock()
    log(records, "a", "Was kostet ein Hund?", status="answered", at=now)
    log(records, "b", "Gibt es Ufos?", status="not_in_knowledge", at=now)
    log(records, "c", "How?", status="answered", at=now, language="en")
    FeedbackStore(records.database).put(Feedback(TOWN, "a", now, helpful=True))


def test_the_page_shows_each_figure_as_drawing_and_as_table(app: FastAPI, desk: Person) -> None:
    fill(app)
    page = desk.get("figures?period=7d")
    assert page.status_code == 200
    assert page.text.count('role="img"') == 5
    assert page.text.count("<summary>Als Tabelle</summary>") == 5
    assert 'style="' not in page.text
    said = text_of(page)
    assert "nicht in den Texten" in said
    assert "Englisch" in said
    assert "100 % hilfreich von 1 Bewertungen" in said


def test_without_any_answers_it_says_so(desk: Person) -> None:
    page = desk.get("figures")
    assert page.status_code == 200
    assert page.text.count("In diesem Zeitraum gibt es dazu nichts.") == 5


def test_an_unknown_period_is_the_usual_one(desk: Person) -> None:
    assert '<option value="30d" selected>' in desk.get("figures?period=<script>").text


def test_the_file_opens_in_a_german_spreadsheet(app: FastAPI, editor: Person) -> None:
    fill(app)
    file = editor.get("figures.csv?period=7d")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.content.startswith(b"\xef\xbb\xbf")
    lines = file.content.decode("utf-8-sig").split("\r\n")
    assert len(lines) == 1 + 7 + 1
    headings, last = lines[0].split(";"), lines[7].split(";")
    assert last[headings.index("Fragen")] == "3"
    assert last[headings.index("Sprache en")] == "1"
    assert last[headings.index("Hilfreich")] == "1"
    assert last[headings.index("Energie (Wh, geschätzt)")] == "0,03"


def test_weeks_and_months_are_steps_of_the_file(desk: Person) -> None:
    assert len(desk.get("figures.csv?period=26w").text.split("\r\n")) == 1 + 26 + 1
    assert len(desk.get("figures.csv?period=12m").text.split("\r\n")) == 1 + 12 + 1
