"""`amtslotse`: the command line. Errors are one line that says what to do, and exit code 1."""

import sys
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS

import typer

from app.errors import AmtslotseError
from cli import ask, compliance, embed, evaluate, knowledge, models, records, replay, rules, serve, switches, users

app = typer.Typer(
    help="Amtslotse: the citizen chatbot that a town hall runs itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve.serve)
app.command()(ask.ask)
app.command()(embed.embed)
for command in (switches.pause, switches.resume, switches.block, switches.unblock, switches.switches):
    app.command()(command)
app.command()(replay.replay)
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(models.app, name="models")
app.add_typer(records.app, name="records")
app.add_typer(rules.app, name="rules")
app.add_typer(users.app, name="users")
app.add_typer(compliance.app, name="compliance")
_DISK = frozenset({EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS})
"""What the operator can mend; every other OSError is a mistake of the program and keeps its traceback."""


def main() -> None:
    """Entry point of the console script."""
    try:
        app()
    except AmtslotseError as error:
        typer.echo(f"amtslotse: {error.message}", err=True)
        sys.exit(1)
    except OSError as error:
        if error.errno not in _DISK:
            raise
        what = f"{error.filename or 'A file'} cannot be read or written ({error.strerror})"
        typer.echo(f"amtslotse: {what}: check its permissions and the free space on its disk.", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
