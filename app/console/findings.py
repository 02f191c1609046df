"""The quality findings of a town's saved texts, for pages that must not wait until all texts are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Condition, Thread

from app.console.access import Signed
from app.errors import AmtslotseError
from app.insight.concerns import TextFinding

_FRESH = timedelta(minutes=1)
_FROM_DATES = frozenset({"expired", "expiring", "not-reviewed"})
"""Codes of findings that say what the published text's own dates say."""
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """The findings at one moment."""

    at: datetime
    by_text: Mapping[str, tuple[TextFinding, ...]]
    """By id of the text."""
    complete: bool
    """Whether comparisons with other texts are in, too."""


_changed = Condition()
_found: dict[_Key, Found] = {}
_looking: set[_Key] = set()


def latest_findings(signed: Signed, wait_s: float = 0.5) -> Found | None:
    """What was found last, a fresh state soon; None while the first is being found.

    Waits that many seconds at most, and only when there is nothing to show yet.
    """
    key = (str(signed.running.settings.knowledge_dir), signed.town.id)
    now = signed.running.clock()
    with _changed:
        last = _found.get(key)
        is_old = last is None or not last.complete or now - last.at > _FRESH
        if is_old and key not in _looking:
            _looking.add(key)
            Thread(target=_look, args=(signed, key), name="findings", daemon=True).start()
        if last is None:
            _changed.wait_for(lambda: key in _found or key not in _looking, timeout=wait_s)
        return _found.get(key)


def _look(signed: Signed, key: _Key) -> None:
    try:
        found = _read(signed)
        with _changed:
            _found[key] = found
        signed.running.insight.upkeep.note("findings", found.at)
    except AmtslotseError as error:
        signed.running.insight.upkeep.note("findings", signed.running.clock(), error.message)
    finally:
        with _changed:
            _looking.discard(key)
            _changed.notify_all()


def _read(signed: Signed) -> Found:
    from app.console.texts.desk import TextsDesk
    from ingest.codes import info

    desk = TextsDesk(signed)
    by_text = {}
    for row in desk.rows:
        if row.document is not None:
            by_text[row.document.id] = tuple(
                TextFinding(
                    title=info(finding.code).title,
                    message=finding.german or info(finding.code).meaning,
                    fix=info(finding.code).fix,
                    is_error=finding.severity.value == "error",
                )
                for finding in desk.findings(row)
                if finding.code not in _FROM_DATES
            )
    return Found(signed.running.clock(), by_text, desk.town.complete)
