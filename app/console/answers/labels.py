"""What the desk calls things: languages, statuses, generations, passages."""

from datetime import UTC, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from app.console.page import german_moment
from app.index.modules import GERMAN_HEADINGS, ModuleKind
from app.wording.catalog import catalog
from app.wording.console import console_catalog

AREA = "answers"
STATUS_KINDS = MappingProxyType(
    {
        "answered": "success",
        "answered_by_rule": "success",
        "answered_partly": "warning",
        "not_in_knowledge": "warning",
        "failed": "danger",
        "busy": "danger",
        "emergency": "danger",
    }
)
"""Colours of the badges; statuses that say nothing about quality have none."""


def status_label(status: str) -> str:
    """What citizens read, too; of an erased answer that it was erased."""
    return catalog("de").text(f"status.{status}.label") if status else console_catalog(AREA).text("erased")


def language_label(code: str) -> str:
    """The German name of a language, or its code where there is none."""
    texts = console_catalog(AREA).texts
    return texts.get(f"languages.{code}", code)


def generation_label(id_: str, zone: ZoneInfo) -> str:
    """When a generation was published, which its id says; ids of another shape stay as they are."""
    try:
        return german_moment(datetime.strptime(id_[:15], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(zone))
    except ValueError:
        return id_


def module_label(module: str) -> str:
    """The heading that citizens see above such a passage."""
    try:
        return GERMAN_HEADINGS[ModuleKind(module)][0]
    except ValueError:
        return module


def masked_label(kind: str) -> str:
    """A kind of personal data, as citizens are told that it was removed."""
    return catalog("de").text(f"personal_data.{kind}")


def stage_label(stage: str) -> str:
    """What a stage of the walk does."""
    return console_catalog(AREA).texts.get(f"why.stages.{stage}", stage)
