"""A town's texts as editors work on them: read again only where a file changed, checked quickly, compared with live."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock, Thread

from app.errors import AmtslotseError, GenerationError
from app.index.generation import active_id, generations_folder
from app.index.manifest import Manifest, read_manifest
from app.tenants.tenant import Tenant, load_tenant
from ingest.checks.all import FAST_CHECKS
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.config import load_quality_config
from ingest.checks.readings import Readings
from ingest.findings import Finding, gathered
from ingest.overrides import apply_overrides, load_overrides
from ingest.prepared import checked_today
from ingest.quality import kept_findings_file
from ingest.quick_findings import QuickFindings
from ingest.rereading import Fingerprint, Rereading, fingerprint
from ingest.sources.config import SourcesConfig, load_sources
from ingest.sources.result import ReadResult

_Key = tuple[Fingerprint, date]


@dataclass(frozen=True, slots=True)
class TownState:
    """What there is at one moment. Pages of a crawled website are not among it: nobody edits them here."""

    tenant: Tenant
    """As tenant.yaml says now, published or not."""
    folder: Path
    today: date
    sources: SourcesConfig
    results: tuple[ReadResult, ...]
    """One a file or text, also those that give no document."""
    active: Manifest | None
    """None when nothing is published."""
    findings: Mapping[str, tuple[Finding, ...]]
    """By file; without those that somebody lets stand."""
    readings: Path
    """What whole checks have read in the texts before; only read here."""
    complete: bool
    """Whether the findings are all; otherwise comparisons with other texts and with the rules are still under way."""
    unchecked: frozenset[str] = frozenset()
    """Files whose texts are not even checked by themselves yet; their findings are missing."""

    @property
    def texts(self) -> tuple[CheckedText, ...]:
        return tuple(CheckedText(result.document, result.name) for result in self.results if result.document)

    def given(self, texts: tuple[CheckedText, ...]) -> CheckInput:
        """What checks of these texts of the town get to see."""
        config, readings = load_quality_config(self.folder), Readings(self.readings)
        return CheckInput(texts, self.tenant, self.folder, self.today, config, readings)


class TownTexts:
    """The texts of one town. Safe to share between threads; remembers what it read."""

    def __init__(self, knowledge_dir: Path, data_dir: Path, tenant_id: str) -> None:
        kept = kept_findings_file(data_dir, tenant_id)
        self._folder = knowledge_dir / tenant_id
        self._data_dir = data_dir
        self._readings = kept.with_name(f"{kept.stem}-readings.json")
        self._quick = QuickFindings(kept.with_stem(f"{kept.stem}-of-files"), kept)
        self._lock = Lock()
        self._starting = Lock()
        self._reading = Rereading(self._folder)
        self._state: tuple[_Key, str | None, TownState] | None = None
        self._full: tuple[_Key, tuple[Finding, ...] | None] | None = None
        """What the last whole check found, None when it failed."""
        self._checker: Thread | None = None
        self._reader: Thread | None = None

    def soon(self, wait_s: float) -> TownState | None:
        """The same as `now`; None when the texts are read for the first time and that takes longer, in seconds.

        Raises as `now`.
        """
        if self._state is None:
            with self._starting:
                if self._reader is None or not self._reader.is_alive():
                    self._reader = Thread(target=self._read_ahead, name=f"texts-{self._folder.name}", daemon=True)
                    self._reader.start()
            self._reader.join(wait_s)
            if self._reader.is_alive():
                return None
        return self.now()

    def now(self) -> TownState:
        """The texts as their files are now; those findings that take longer follow with a later call.

        Raises:
            UnknownTenantError, ConfigurationError: a settings file of the town is missing or wrong.
        """
        with self._lock:
            tenant = load_tenant(self._folder)
            key = (fingerprint(self._folder.rglob("*")), datetime.now(tenant.zone).date())
            active = active_id(self._data_dir, tenant.id)
            full = self._full[1] if self._full is not None and self._full[0] == key else None
            known = self._state
            if known is None or known[:2] != (key, active) or _may_know_more(known[2], full):
                known = (key, active, self._look(tenant, key[1], active, full))
                self._state = known
            if self._full is None or self._full[0] != key:
                self._check_behind(tenant, known[2], key)
            return known[2]

    def checked(self) -> TownState:
        """The same with all findings, however long that takes: seconds in a large town."""
        for _ in range(3):  # whoever saves meanwhile starts it anew
            state = self.now()
            checker = self._checker
            if state.complete or checker is None:
                break
            checker.join()
        return self.now()

    def _read_ahead(self) -> None:
        with suppress(AmtslotseError, OSError):  # whoever waits reads again, and is told
            self.now()

    def _look(self, tenant: Tenant, today: date, active: str | None, full: tuple[Finding, ...] | None) -> TownState:
        sources = load_sources(self._folder)
        results = tuple(result for source in sources.sources for result in self._reading.results(source))
        manifest = _manifest(self._data_dir, tenant.id, active)
        is_whole = full is not None
        state = TownState(tenant, self._folder, today, sources, results, manifest, {}, self._readings, is_whole)
        if full is not None:
            return replace(state, findings=_by_file(full))
        found, unchecked = self._quick.of(state.given(state.texts))
        return replace(state, findings=_by_file(self._quick_findings(state, found)), unchecked=unchecked)

    def _quick_findings(self, state: TownState, of_texts: Iterable[Finding]) -> list[Finding]:
        every = state.given(state.texts)
        findings = [finding for result in state.results for finding in result.findings]
        findings += [finding for check in FAST_CHECKS for finding in check(every)]
        findings = gathered(sorted((*findings, *of_texts), key=lambda finding: (finding.file, finding.line)))
        reviewed = apply_overrides(findings, load_overrides(state.folder), state.today)
        return [finding for finding in reviewed.open if finding.code != "stale-override"]  # not all was looked at

    def _check_behind(self, tenant: Tenant, state: TownState, key: _Key) -> None:
        if self._checker is not None and self._checker.is_alive():
            return

        def check() -> None:
            found: tuple[Finding, ...] | None = None
            with suppress(AmtslotseError, OSError):  # the publishing page says it again, where somebody can act on it
                self._quick.check(state.given(state.texts))  # first what pages can show soon
                found = checked_today(self._folder, self._data_dir, tenant, crawl=False).findings
            with self._lock:
                self._full = (key, found)

        self._checker = Thread(target=check, name=f"checks-{tenant.id}", daemon=True)
        self._checker.start()


def _may_know_more(state: TownState, full: object) -> bool:
    return bool(state.unchecked) or (full is not None and not state.complete)


def _by_file(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.file].append(finding)
    return {file: tuple(found) for file, found in by_file.items()}


def _manifest(data_dir: Path, tenant_id: str, active: str | None) -> Manifest | None:
    try:
        return read_manifest(generations_folder(data_dir, tenant_id) / active) if active else None
    except GenerationError:
        return None
