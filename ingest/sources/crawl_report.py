"""What a crawl has to say about pages that it could not read or left out, gathered into few findings."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.findings import Finding, Severity

_MOST_ALONE = 20
"""Addresses with the same problem that get a finding each, before the rest are gathered."""
_MOST_NOTES = 10_000
"""Addresses with one problem; a sitemap may name a million."""
_LONGEST_REASON = 500
_SHOWN = 5
"""Addresses that a gathered finding names."""


class Problem(StrEnum):
    """Why a page gave no text, or not its present one; the values are finding codes."""

    FAILED = "crawl-failed"
    PRIVATE = "crawl-private-address"
    SITEMAP = "crawl-sitemap"
    FOREIGN = "crawl-foreign-host"
    ROBOTS = "crawl-robots"
    NOINDEX = "crawl-noindex"
    SKIPPED = "crawl-skipped"
    STALE = "crawl-stale"
    PAGE_LIMIT = "crawl-page-limit"
    TIME_LIMIT = "crawl-time-limit"
    EMPTY = "crawl-empty"


@dataclass(frozen=True, slots=True)
class _Wording:
    english: str
    german: str
    fix: str
    alone: bool = False
    """Whether each address gets a finding of its own, since each is mended by itself."""


_WORDINGS = {
    Problem.FAILED: _Wording(
        "could not be read", "Die Seite ließ sich nicht lesen", "mend the page, or the link that leads to it",
        alone=True,
    ),
    Problem.PRIVATE: _Wording(
        "leads into the own network",
        "Die Adresse führt in das eigene Netz und wurde deshalb nicht gelesen",
        "remove the link; only for a site in the town's own network set 'allow_private_addresses: true'",
        alone=True,
    ),
    Problem.SITEMAP: _Wording(
        "the sitemap is not as it should be", "Mit der Sitemap stimmt etwas nicht", "correct the sitemap", alone=True
    ),
    Problem.FOREIGN: _Wording(
        "lie on hosts that are not allowed",
        "Diese Seiten liegen auf anderen Servern und wurden nicht gelesen",
        "add the host to 'allowed_hosts' if the town answers for it",
    ),
    Problem.ROBOTS: _Wording(
        "are left out since robots.txt asks not to read them",
        "Diese Seiten wurden ausgelassen, weil die robots.txt sie sperrt",
        "allow them to 'Amtslotse' in robots.txt, or name them in 'exclude'",
    ),
    Problem.NOINDEX: _Wording(
        "are left out since they say 'noindex'",
        "Diese Seiten wurden ausgelassen, weil sie „noindex“ sagen",
        "remove 'noindex' from pages that citizens shall find, or name them in 'exclude'",
    ),
    Problem.SKIPPED: _Wording(
        "are neither HTML nor PDF nor Word",
        "Diese Adressen sind weder HTML noch PDF noch Word und wurden ausgelassen",
        "offer the text in one of these formats, or name them in 'exclude'",
    ),
    Problem.STALE: _Wording(
        "are as an earlier crawl found them",
        "Diese Seiten waren jetzt nicht zu lesen; es gilt ihr Text vom letzten Mal",
        "crawl again when the site works",
    ),
    Problem.PAGE_LIMIT: _Wording(
        "and what they link to were not asked for: 'max_pages' is reached",
        "Die Höchstzahl der Seiten ist erreicht, weitere wurden nicht gelesen",
        "raise 'max_pages', or narrow the crawl with 'exclude'",
    ),
    Problem.TIME_LIMIT: _Wording(
        "were not asked for: 'max_minutes' is reached",
        "Die Zeit für das Lesen der Website war um, diese Seiten fehlen",
        "raise 'max_minutes', or narrow the crawl with 'exclude'",
    ),
    Problem.EMPTY: _Wording(
        "the crawl found no text", "Auf der Website fand sich kein Text", "check 'start', 'sitemap' and 'include'",
        alone=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Note:
    address: str
    reason: str
    severity: Severity


class CrawlReport:
    """Collects problems while pages are read."""

    def __init__(self) -> None:
        self._notes: dict[Problem, dict[str, _Note]] = {}

    def add(self, problem: Problem, address: str, reason: str = "", severity: Severity = Severity.WARNING) -> None:
        """Notes one address, the first time that it has this problem."""
        notes = self._notes.setdefault(problem, {})
        if len(notes) < _MOST_NOTES or severity is Severity.ERROR:
            notes.setdefault(address, _Note(address, reason[:_LONGEST_REASON], severity))

    def has(self, problem: Problem) -> bool:
        return problem in self._notes

    def findings(self, name: str) -> tuple[Finding, ...]:
        """In the order of `Problem`. `name`: what findings about many pages are filed under."""
        found: list[Finding] = []
        for problem in Problem:
            notes = list(self._notes.get(problem, {}).values())
            alone = _MOST_ALONE if _WORDINGS[problem].alone else 0
            found.extend(_about_one(problem, note) for note in notes[:alone])
            if len(notes) > alone:
                found.append(_about_all(problem, notes[alone:], name))
        return tuple(found)


def _about_one(problem: Problem, note: _Note) -> Finding:
    wording = _WORDINGS[problem]
    message = f"{wording.english}: {note.reason}" if note.reason else wording.english
    return Finding(
        problem.value, note.severity, note.address, 0, message, wording.fix, german=f"{wording.german}: {note.address}"
    )


def _about_all(problem: Problem, notes: list[_Note], name: str) -> Finding:
    wording = _WORDINGS[problem]
    severity = max((note.severity for note in notes), key=lambda severity: severity is Severity.ERROR)
    shown = ", ".join(f"{note.address} ({note.reason})" if note.reason else note.address for note in notes[:_SHOWN])
    addresses = ", ".join(note.address for note in notes[:_SHOWN])
    more = len(notes) - _SHOWN
    pages = "1 page" if len(notes) == 1 else f"{len(notes)} pages"
    return Finding(
        problem.value,
        severity,
        name,
        0,
        f"{pages} {wording.english}: {shown}" + (f" and {more} more" if more > 0 else ""),
        wording.fix,
        german=f"{wording.german}: {addresses}" + (f" und {more} weitere" if more > 0 else ""),
    )
