"""Conversations that the tests of the service desk's pages read."""

from datetime import UTC, datetime
from typing import cast

from fastapi import FastAPI

from app.answering.service import AnsweringService
from app.answering.values import Question, Recorded
from app.api.dependencies import Running
from tests.console.staff import TENANT

CONVERSATION = "conversation-of-a-test"


def service_of(app: FastAPI) -> AnsweringService:
    """The running service."""
    return cast(Running, app.state.running).service


def ask(app: FastAPI, text: str, conversation_id: str | None = CONVERSATION) -> str:
    """Asks as a citizen does; gives back the answer's id."""
    service = service_of(app)
    question = Question(
        text=text, tenant=TENANT, asked_at=datetime.now(UTC), language="de", conversation_id=conversation_id
    )
    with service.admit():
        *_, last = service.ask(question)
    assert isinstance(last, Recorded)
    return last.answer_id
