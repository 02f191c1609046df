"""Progress of long commands, on the error stream so that results can be piped."""

import typer

_EVERY = 20


def progress(done: int, total: int) -> None:
    """Every twentieth step and the last."""
    if done % _EVERY == 0 or done == total:
        typer.echo(f"{done}/{total}", err=True)


def step(name: str, done: int, total: int) -> None:
    """The same, with the name of what is under way."""
    if done % _EVERY == 0 or done == total:
        typer.echo(f"{name}: {done}/{total}", err=True)
