"""What pages say about generations and about publishing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from app.console.access import Signed
from app.console.page import render
from app.errors import NotFoundError
from app.index.generation import active_id, generations_folder
from app.index.manifest import EvaluationEntry, GenerationState, Manifest
from app.tenants.publishing import Publishing
from app.wording.console import console_catalog

if TYPE_CHECKING:
    from ingest.publishing_log import PublishingEvent


@dataclass(frozen=True, slots=True)
class Shown:
    """One generation of the list."""

    manifest: Manifest
    live: bool
    can_return: bool
    """Whether somebody may go back (or forward) to it."""
    waits: bool
    is_own: bool
    """Whether the person who looks published it, and so cannot approve it."""

    @property
    def state(self) -> str:
        return "live" if self.live else self.manifest.state.value


def generations_page(request: Request, signed: Signed, template: str, **shown: Any) -> HTMLResponse:
    """A page of the area, with helpers for its figures."""
    return render(request, signed, "generations", template, percent=percent, reason=reason, **shown)


def shown_generations(signed: Signed) -> list[Shown]:
    """All that can be read, newest first."""
    from ingest.rollback import generations

    data_dir = signed.running.settings.data_dir
    active = active_id(data_dir, signed.town.id)
    return [_shown(signed, manifest, active) for manifest in reversed(generations(data_dir, signed.town.id))]


def shown_generation(signed: Signed, generation_id: str) -> Shown:
    """One of them. Raises NotFoundError."""
    found = next((shown for shown in shown_generations(signed) if shown.manifest.id == generation_id), None)
    if found is None:
        raise NotFoundError(console_catalog("generations").text("unknown"))
    return found


def damaged(signed: Signed) -> list[str]:
    """Ids of generations that nobody can read."""
    from ingest.rollback import damaged_generations

    return damaged_generations(signed.running.settings.data_dir, signed.town.id)


def publishing_events(signed: Signed) -> "tuple[PublishingEvent, ...]":
    """Who activated, approved, refused or took back what; newest first."""
    from ingest.publishing_log import read_log

    return tuple(reversed(read_log(signed.running.settings.data_dir, signed.town.id)))


def reason(told: str) -> str:
    """A reason of the publishing log, with the name of what it lets pass as editors know it."""
    name, colon, why = told.partition(": ")
    wording, key = console_catalog("generations"), f"log_reason.{name}"
    return f"{wording.text(key)}: {why}" if colon and key in wording.texts else told


def percent(share: float | None) -> str:
    """For example "82,5 %"; a dash where nothing was measured."""
    return "–" if share is None else f"{100 * share:.1f} %".replace(".", ",")


def why_refused(found: EvaluationEntry, goals: Publishing) -> Iterator[str]:
    """What of the gate a generation does not hold, each a German sentence."""
    say = console_catalog("generations").text
    if found.right is not None and found.right < goals.right:
        yield say("refused.right", is_=percent(found.right), goal=percent(goals.right))
    if found.right_refusals is not None and found.right_refusals < goals.right_refusals:
        yield say("refused.right_refusals", is_=percent(found.right_refusals), goal=percent(goals.right_refusals))
    if found.invented > goals.invented:
        yield say("refused.invented", is_=found.invented, goal=goals.invented)
    if found.regressions and goals.regressions == "forbid":
        yield say("refused.regressions", count=len(found.regressions), ids=", ".join(found.regressions[:8]))


def report_of(signed: Signed, manifest: Manifest) -> bytes:
    """The report of the gold questions beside a generation. Raises NotFoundError."""
    say = console_catalog("generations").text
    if manifest.evaluation is None:
        raise NotFoundError(say("no_report"))
    folder = generations_folder(signed.running.settings.data_dir, manifest.tenant) / manifest.id
    try:
        return (folder / manifest.evaluation.report).read_bytes()
    except OSError as error:
        raise NotFoundError(say("no_report")) from error


def _shown(signed: Signed, manifest: Manifest, active: str | None) -> Shown:
    live = manifest.id == active
    waits = manifest.state is GenerationState.PENDING
    own = manifest.created_by.casefold().split() == signed.account.display_name.casefold().split()
    return Shown(manifest, live, manifest.state is GenerationState.READY and not live, waits, own)
