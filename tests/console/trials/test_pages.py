"""The trial room's pages for staff."""

import re

from app.accounts.audit import AuditFilter, AuditLog
from app.answering.service import AnsweringService
from app.console.trials.room import TrialRoom
from app.trials.repository import TrialRepository
from app.trials.trial import Choice, Trial
from tests.console.staff import TENANT, Person, text_of

QUESTION = "Was kostet ein Bewohnerparkausweis?"
SIDES = {
    "left-model": "running", "left-caution": "town", "right-model": "none", "right-caution": "town",
    "right-threshold": "0,5",
}  # fmt: skip


def test_an_editor_makes_a_trial_and_asks_both_sides(
    editor: Person, trials: TrialRepository, service: AnsweringService, room: TrialRoom
) -> None:
    made = editor.post("trials/new", {"name": "Vergleich", **SIDES})
    assert "Der Versuch ist angelegt" in text_of(made)
    (trial,) = trials.all(TENANT)
    assert trial.left.is_live and trial.right.threshold == 0.5
    page = editor.post(f"trials/{trial.id}/questions", {"question": QUESTION})
    assert page.status_code == 200 and "/questions/" in str(page.url)
    assert "Antwort links" in text_of(page) and "Antwort rechts" in text_of(page)
    assert service.records.count(TENANT) == 0


def test_what_is_wrong_with_a_set_up_is_said_and_what_was_typed_stays(editor: Person, trials: TrialRepository) -> None:
    for wrong in ({"name": ""}, {"left-threshold": "viel"}, {"right-generation": "20200101T000000000000Z"}):
        page = editor.post("trials/new", {"name": "Vergleich", **SIDES, **wrong})
        assert page.status_code >= 400
        assert "Das hat nicht geklappt" in text_of(page)
    assert trials.all(TENANT) == ()


def test_the_desk_asks_and_votes_but_makes_no_trial_and_no_link(desk: Person, trial: Trial, room: TrialRoom) -> None:
    assert desk.get("trials").status_code == 200
    assert "Neuer Versuch" not in text_of(desk.get("trials"))
    assert desk.post("trials/new", {"name": "Vergleich", **SIDES}).status_code == 403
    assert desk.post(f"trials/{trial.id}/link", {"days": "7"}).status_code == 403
    page = desk.post(f"trials/{trial.id}/questions", {"question": QUESTION})
    voted = desk.client.post(
        f"{page.url.path}/vote", data={"csrf": desk.csrf, "choice": "right", "comment": "Ruf an: 0151 23456789"}
    )
    assert "Ihr Urteil bisher: rechts" in text_of(voted)
    assert "23456789" not in voted.text


def test_a_form_of_another_page_is_refused(editor: Person, trial: Trial) -> None:
    foreign = editor.client.post(f"/console/{TENANT}/trials/{trial.id}/delete", data={"csrf": "x"})
    assert foreign.status_code == 403


def test_a_list_of_questions_is_asked_in_the_background(editor: Person, trial: Trial, room: TrialRoom) -> None:
    assert "eine je Zeile" in text_of(editor.post(f"trials/{trial.id}/list", {"questions": " "}))
    editor.post(f"trials/{trial.id}/list", {"questions": f"{QUESTION}\nWie lange gilt ein Reisepass?"})
    room._lists.submit(lambda: None).result(timeout=120)
    assert 'data-state="done"' in editor.get(f"trials/{trial.id}/progress").text
    page = text_of(editor.get(f"trials/{trial.id}"))
    assert "2 von 2 Fragen wurden gestellt" in page
    assert QUESTION in page


def test_a_link_is_shown_once_and_can_be_closed(editor: Person, trial: Trial, trials: TrialRepository) -> None:
    assert editor.post(f"trials/{trial.id}/link", {"days": "0"}).status_code == 422
    shown = editor.post(f"trials/{trial.id}/link", {"days": "7"})
    match = re.search(r'value="http://testserver(/trial/[\w-]+)"', shown.text)
    assert match is not None
    assert match[1] not in editor.get(f"trials/{trial.id}").text
    assert editor.client.get(match[1]).status_code == 200
    editor.post(f"trials/{trial.id}/link/close")
    assert editor.client.get(match[1]).status_code == 404


def test_the_votes_come_as_a_file_and_a_deleted_trial_is_gone(
    editor: Person, trial: Trial, trials: TrialRepository, room: TrialRoom
) -> None:
    answer = room.ask(trial, QUESTION, trial.created_at)
    trials.vote(answer, TENANT, Choice.LEFT, "klarer", trial.created_at, None)
    file = editor.get(f"trials/{trial.id}/results.csv")
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.content.decode("utf-8-sig").splitlines()[1] == f"{QUESTION};1;0;0;0;1;klarer"
    assert "Der Versuch ist gelöscht" in text_of(editor.post(f"trials/{trial.id}/delete"))
    assert editor.get(f"trials/{trial.id}").status_code == 404


def test_every_action_stands_in_the_audit_log(editor: Person, trial: Trial, service: AnsweringService) -> None:
    editor.post(f"trials/{trial.id}/link", {"days": "7"})
    editor.post(f"trials/{trial.id}/link/close")
    events = AuditLog(service.records.database).events(AuditFilter(tenants=(TENANT,)), 10)
    assert {"trial.share", "trial.close"} <= {event.action for event in events}
