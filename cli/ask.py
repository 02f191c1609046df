"""`amtslotse ask` and `amtslotse replay`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from app.settings import get_settings

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
    with open_service(settings) as service, service.admit():
        for event in service.ask(asked):
            if isinstance(event, Stated) and not as_json:
                marks = "".join(f" [{number}]" for number in event.statement.citations)
                typer.echo(f"{event.statement.text}{marks}")
            if isinstance(event, Recorded):
                answer = AnswerOut.of(event)
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
        return
    typer.echo("")
    for source in answer.sources:
        typer.echo(f"[{source.number}] {source.title}, {source.module}: {source.url or ''}")
    if answer.office:
        typer.echo(f"{answer.office.name}, {answer.office.address}, {answer.office.phone}")
    for link in answer.suggestions:
        typer.echo(f"- {link.title}")
    typer.echo(f"\n{answer.disclosure}\nStatus: {answer.status}  Reference: {answer.answer_id}")


def replay(
    answer_id: Annotated[str, typer.Argument(help="Reference of the answer.")], tenant: TenantOption = None
) -> None:
    """Walk a recorded question again: prints `identical`, or the first difference and why, and exits with 1."""
    from app.answering.replay import replay as walk_again
    from cli.runtime import open_service

    settings = get_settings()
    with open_service(settings) as service:
        record = service.get(tenant or settings.default_tenant, answer_id)
        difference = walk_again(record, service.pipeline, service.generations)
    if difference is not None:
        typer.echo(str(difference))
        raise typer.Exit(1)
    typer.echo("identical")
