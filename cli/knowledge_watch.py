"""`amtslotse knowledge watch`."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from types import FrameType
from typing import Annotated

import typer

from app.errors import InvalidInputError
from app.settings import get_settings
from app.tenants.tenant import load_tenant
from cli.options import TenantOption, duration, reason_in_words

_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=31)


def watch(
    tenant: TenantOption = None,
    every: Annotated[
        str, typer.Option(help="Look again at least so often, for websites above all: 30m, 6h, 1d.")
    ] = "24h",
    settle_s: Annotated[
        float, typer.Option("--settle", min=0.0, max=3600.0, help="Seconds without a change before publishing.")
    ] = 5.0,
    poll_s: Annotated[
        float, typer.Option("--poll", min=0.1, max=3600.0, help="Seconds between two looks at the folder.")
    ] = 2.0,
    author: Annotated[str | None, typer.Option(help="Who publishes; your user name when not given.")] = None,
    accept_warnings: Annotated[
        str | None, typer.Option(metavar="REASON", help="Publish with warnings that would stop it.")
    ] = None,
    skip_gold: Annotated[
        str | None, typer.Option(metavar="REASON", help="Publish without asking the gold questions.")
    ] = None,
) -> None:
    """Publish whenever the town's folder changes, until stopped (Ctrl+C or SIGTERM).

    Texts with errors are reported and published after the next change that mends them.
    """
    from app.index.manifest import Reasons
    from cli.publishing import publish_town
    from ingest.publishing_log import account_name
    from ingest.watch import Rhythm, Watch

    settings = get_settings()
    name = tenant or settings.default_tenant
    folder = settings.knowledge_dir / name
    zone = load_tenant(folder).zone
    rhythm = Rhythm(every_s=_interval(every).total_seconds(), poll_s=poll_s, settle_s=settle_s)
    reasons = Reasons(
        warnings=reason_in_words("--accept-warnings", accept_warnings),
        skipped_gold=reason_in_words("--skip-gold", skip_gold),
    )

    def say(text: str) -> None:
        typer.echo(f"{datetime.now(zone):%Y-%m-%d %H:%M:%S} {name}: {text}")

    def publish() -> None:
        publish_town(settings, name, author or account_name(), reasons)

    with _stopped_by_signals():
        say(f"watching {folder}, at least every {every}; stop with Ctrl+C")
        Watch(folder, publish, say, rhythm).run(threading.Event())
    say("stopped, nothing is left half done")


def _interval(every: str) -> timedelta:
    interval = duration(every)
    if not _SHORTEST <= interval <= _LONGEST:
        raise InvalidInputError(f"--every {every}: give at least 1m and at most 31d.")
    return interval


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Ends what is under way, as Ctrl+C does: a generation that is not finished is removed. A second signal kills."""

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
