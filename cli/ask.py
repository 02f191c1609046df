"""`amtslotse ask`: one question and its answer."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app.settings import get_settings

if TYPE_CHECKING:
    from app.answering.service import AnsweringService
    from app.answering.values import Question

TenantOption = Annotated[str | None, typer.Option(help="Municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def ask(
    question: Annotated[str, typer.Argument(help="The question, as a citizen would write it.")],
    tenant: TenantOption = None,
    language: Annotated[str | None, typer.Option(help="ISO 639-1 code; detected when not given.")] = None,
    conversation: Annotated[str | None, typer.Option(help="Id of a conversation, for follow-up questions.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask one question and print the answer with its sources. The answer is recorded like any other."""
    from app.answering.values import Question, Recorded, Stated
    from app.api.schemas import AnswerOut
    from cli.runtime import open_service

    settings = get_settings()
    asked = Question(
        text=question,
        tenant=tenant or settings.default_tenant,
        asked_at=datetime.now(UTC),
        language=language,
        conversation_id=conversation,
    )
    if as_json:
        with open_service(settings) as service:
            typer.echo(answer_as_json(service, asked))
        return
    with open_service(settings) as service, service.admit():
        for event in service.ask(asked):
            if isinstance(event, Stated):
                marks = "".join(f" [{number}]" for number in event.statement.citations)
                typer.echo(f"{event.statement.text}{marks}")
            if isinstance(event, Recorded):
                answer = AnswerOut.of(event, None)
    typer.echo("")
    for source in answer.sources:
        typer.echo(f"[{source.number}] {source.title}, {source.module}: {source.url or ''}")
    if answer.office:
        typer.echo(f"{answer.office.name}, {answer.office.address}, {answer.office.phone}")
    for link in answer.suggestions:
        typer.echo(f"- {link.title}")
    typer.echo(f"\n{answer.disclosure}\nStatus: {answer.status}  Reference: {answer.answer_id}")


def answer_as_json(service: "AnsweringService", asked: "Question") -> str:
    """What `ask --json` prints."""
    from app.answering.values import Recorded
    from app.api.schemas import AnswerOut

    with service.admit():
        *_, last = service.ask(asked)
    assert isinstance(last, Recorded)
    return AnswerOut.of(last, service.next_steps(asked.tenant, last.answer)).model_dump_json(indent=2)
