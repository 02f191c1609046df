"""Trials in the database: links, answers, votes, and that they go."""

from datetime import timedelta

import pytest

from app.database.connection import Database
from app.errors import InvalidInputError, NotFoundError
from app.trials import repository
from app.trials.expiry import purge_trials
from app.trials.repository import TrialRepository
from app.trials.setup import QUOTES_ONLY, SetUp
from app.trials.trial import Choice, Trial
from tests.trials.conftest import NOW, TOWN

LATER = NOW + timedelta(days=14)


def test_a_trial_comes_back_as_it_was_made(trials: TrialRepository, trial: Trial) -> None:
    assert trials.get(TOWN, trial.id) == trial
    assert trial.left == SetUp() and trial.right.model == QUOTES_ONLY
    assert trials.all(TOWN) == (trial,)
    assert trials.all("anderswo") == ()
    with pytest.raises(NotFoundError):
        trials.get("anderswo", trial.id)


def test_only_the_newest_open_link_leads_to_the_trial(trials: TrialRepository, trial: Trial) -> None:
    first = trials.share(trial, LATER, visitors_may_ask=False)
    second = trials.share(trial, LATER, visitors_may_ask=True)
    assert len(second) >= 43 and first != second
    assert trials.by_token(second, NOW).visitors_may_ask
    with pytest.raises(NotFoundError):
        trials.by_token(first, NOW)
    with pytest.raises(NotFoundError):
        trials.by_token(second, LATER)
    trials.close(trial, NOW)
    with pytest.raises(NotFoundError):
        trials.by_token(second, NOW)
    assert not trials.get(TOWN, trial.id).is_open(NOW)


def test_the_token_itself_is_nowhere_in_the_database(database: Database, trials: TrialRepository, trial: Trial) -> None:
    token = trials.share(trial, LATER, visitors_may_ask=False)
    with database.reading() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM trials").all())
    assert token not in kept


def test_questions_of_visitors_are_left_out_where_others_look(trials: TrialRepository, trial: Trial) -> None:
    ours = trials.add_answer(trial, "Was kostet das?", {"a": 1}, {"a": 2}, NOW, by_visitor=False)
    theirs = trials.add_answer(trial, "Und für mich?", {}, {}, NOW + timedelta(seconds=1), by_visitor=True)
    assert trials.answers(trial, with_visitors=True) == (ours, theirs)
    assert trials.answers(trial, with_visitors=False) == (ours,)
    assert ours.left == {"a": 1} and ours.right == {"a": 2}


def test_of_staff_the_last_vote_counts_and_of_visitors_every_one(trials: TrialRepository, trial: Trial) -> None:
    answer = trials.add_answer(trial, "Was kostet das?", {}, {}, NOW, by_visitor=False)
    for account, choice in (("petra", Choice.LEFT), ("petra", Choice.RIGHT), (None, Choice.BOTH), (None, Choice.BOTH)):
        trials.vote(answer, TOWN, choice, "", NOW, account)
    votes = trials.votes(trial)
    assert sorted((vote.account_name or "", vote.choice.value) for vote in votes) == [
        ("", "both"), ("", "both"), ("petra", "right"),
    ]  # fmt: skip


def test_a_trial_takes_no_more_than_a_disk_should(
    trials: TrialRepository, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repository, "MOST_ANSWERS", 1)
    monkeypatch.setattr(repository, "MOST_VOTES", 1)
    answer = trials.add_answer(trial, "Was kostet das?", {}, {}, NOW, by_visitor=True)
    trials.vote(answer, TOWN, Choice.LEFT, "", NOW, None)
    with pytest.raises(InvalidInputError):
        trials.add_answer(trial, "Noch eine?", {}, {}, NOW, by_visitor=True)
    with pytest.raises(InvalidInputError):
        trials.vote(answer, TOWN, Choice.LEFT, "", NOW, None)


def test_deleting_leaves_nothing(database: Database, trials: TrialRepository, trial: Trial) -> None:
    answer = trials.add_answer(trial, "Was kostet das?", {}, {}, NOW, by_visitor=False)
    trials.vote(answer, TOWN, Choice.LEFT, "gut", NOW, "petra")
    trials.delete(TOWN, trial.id)
    with database.reading() as connection:
        for table in ("trials", "trial_answers", "trial_votes"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0


def test_an_answer_that_comes_after_the_deletion_is_not_kept(
    database: Database, trials: TrialRepository, trial: Trial
) -> None:
    trials.delete(TOWN, trial.id)
    with pytest.raises(NotFoundError):
        trials.add_answer(trial, "Was kostet das?", {}, {}, NOW, by_visitor=True)
    assert trials.answers(trial, with_visitors=True) == ()


def test_what_is_old_goes_by_itself(database: Database, trials: TrialRepository, trial: Trial) -> None:
    old = trials.add_answer(trial, "Alt?", {}, {}, NOW, by_visitor=False)
    trials.vote(old, TOWN, Choice.LEFT, "gut", NOW + timedelta(days=3), None)
    new = trials.add_answer(trial, "Neu?", {}, {}, NOW + timedelta(days=80), by_visitor=False)
    assert purge_trials(database, 90, NOW + timedelta(days=91)) == 1
    assert trials.answers(trial, with_visitors=True) == (new,)
    assert trials.votes(trial) == ()
    assert purge_trials(database, 90, NOW + timedelta(days=200)) == 1
    assert trials.all(TOWN) == ()
