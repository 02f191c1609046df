"""What visitors of a link can do: without an account, without knowing which side is which."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.answering.service import AnsweringService
from app.console.trials.room import TrialRoom
from app.switches.board import SwitchBoard
from app.switches.state import Pausable, Pause
from app.trials.repository import TrialRepository
from app.trials.trial import BlindChoice, Choice, Trial
from app.wording.console import console_catalog
from tests.console.staff import TENANT, text_of

QUESTION = "Was kostet ein Bewohnerparkausweis?"
Shared = Callable[[bool], str]


@pytest.fixture
def visitor(app: FastAPI) -> TestClient:
    return TestClient(app)


@pytest.fixture
def shared(trial: Trial, trials: TrialRepository) -> Shared:
    """Makes a link; gives its path."""
    expires = trial.created_at + timedelta(days=7)
    return lambda may_ask: f"/trial/{trials.share(trial, expires, visitors_may_ask=may_ask)}"


def test_a_visitor_reads_that_a_machine_answers_and_votes_blindly(
    visitor: TestClient, shared: Shared, trial: Trial, trials: TrialRepository, room: TrialRoom
) -> None:
    answer, link = room.ask(trial, QUESTION, trial.created_at), shared(False)
    start = visitor.get(link)
    assert "eine Maschine" in text_of(start) and "Versuch" in text_of(start)
    assert "set-cookie" not in start.headers and start.headers["cache-control"] == "no-store"
    page = visitor.get(f"{link}/questions/{answer.id}")
    for told in ("scripted", "wörtliche Zitate", " links", " rechts "):
        assert told not in text_of(page)
    form = {"choice": "second", "comment": "Schreibt an max@example.org"}
    after = visitor.post(f"{link}/questions/{answer.id}", data=form)
    assert "Vielen Dank" in text_of(after)
    (vote,) = trials.votes(trial)
    assert vote.choice is BlindChoice.SECOND.revealed(answer) and vote.account_name is None
    assert "max@example.org" not in vote.comment


def test_without_a_choice_nothing_is_kept(
    visitor: TestClient, shared: Shared, trial: Trial, trials: TrialRepository, room: TrialRoom
) -> None:
    answer, link = room.ask(trial, QUESTION, trial.created_at), shared(False)
    page = visitor.post(f"{link}/questions/{answer.id}", data={"comment": "gut"})
    assert page.status_code == 422 and "Wählen Sie bitte aus" in text_of(page)
    assert trials.votes(trial) == ()


def test_a_form_that_is_sent_twice_is_one_vote_and_the_last_choice_counts(
    visitor: TestClient, shared: Shared, trial: Trial, trials: TrialRepository, room: TrialRoom
) -> None:
    answer, link = room.ask(trial, QUESTION, trial.created_at), shared(False)
    path = f"{link}/questions/{answer.id}"
    page = visitor.get(path)
    assert page.headers["cache-control"] == "private, no-cache"
    forgotten = visitor.post(path, data={"ballot": _ballot(page.text)})
    assert _ballot(forgotten.text) == _ballot(page.text)
    for choice in ("first", "first", "both"):
        visitor.post(path, data={"ballot": _ballot(page.text), "choice": choice})
    assert [vote.choice for vote in trials.votes(trial)] == [Choice.BOTH]
    visitor.post(path, data={"ballot": _ballot(visitor.get(path).text), "choice": "first"})
    assert len(trials.votes(trial)) == 2


def _ballot(page: str) -> str:
    match = re.search(r'name="ballot" value="([\w-]+)"', page)
    assert match is not None
    return match[1]


def test_own_questions_only_where_the_trial_allows_them_and_only_for_who_asked(
    visitor: TestClient, shared: Shared, trial: Trial, service: AnsweringService
) -> None:
    assert visitor.post(f"{shared(False)}/questions", data={"question": QUESTION}).status_code == 422
    link = shared(True)
    page = visitor.post(f"{link}/questions", data={"question": QUESTION})
    assert page.status_code == 200 and "Antwort A" in text_of(page)
    assert QUESTION not in text_of(visitor.get(link))
    assert service.records.count(TENANT) == 0


def test_a_form_of_another_site_is_refused(visitor: TestClient, shared: Shared, trial: Trial) -> None:
    page = visitor.post(f"{shared(True)}/questions", data={"question": "x"}, headers={"Origin": "https://evil.example"})
    assert page.status_code == 403


def test_questions_are_limited_by_address(app: FastAPI, shared: Shared, trial: Trial) -> None:
    visitor, link = TestClient(app), shared(False)
    limit = app.state.running.settings.rate_questions_per_address
    seen = [visitor.post(f"{link}/questions", data={"question": QUESTION}).status_code for _ in range(limit + 1)]
    assert seen[-1] == 429 and 429 not in seen[:-1]


def test_english_is_one_link_away_and_every_word_is_in_both(visitor: TestClient, shared: Shared, trial: Trial) -> None:
    page = visitor.get(f"{shared(True)}?language=en")
    assert '<html lang="en">' in page.text and "Which answer is better" not in text_of(visitor.get(shared(True)))
    german, english = console_catalog("visitors"), console_catalog("visitors", "en")
    assert list(german.texts) == list(english.texts)
    assert all(german.placeholders(key) == english.placeholders(key) for key in german.texts)


def test_a_wrong_link_says_so_in_the_pages_own_look(visitor: TestClient) -> None:
    for path in ("/trial/falsch", "/trial/falsch/questions/x", "/trial/a/b/c/d"):
        page = visitor.get(path)
        assert page.status_code == 404 and "<h1>Das hat nicht geklappt</h1>" in page.text


def test_a_paused_bot_shows_visitors_nothing(
    app: FastAPI, published_copy: Path, visitor: TestClient, shared: Shared, trial: Trial
) -> None:
    link = shared(False)
    running = app.state.running
    board = SwitchBoard(published_copy)
    board.pause(TENANT, Pausable.BOT, Pause(by="petra", reason="falsche Gebühr", at=running.clock()))
    object.__setattr__(running.service, "switches", board.in_force)
    page = visitor.get(link)
    assert page.status_code == 503 and "angehalten" in text_of(page)
