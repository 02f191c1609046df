"""Checks a town in a process of its own, so that its memory, files and connections can be watched.

python -m tests.ingest.hostile.run TOWN REPORT [--public-loopback]
"""

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import wraps
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

from app.tenants.tenant import load_tenant
from ingest.findings import Finding
from ingest.quality import CheckedKnowledge, check_knowledge
from ingest.quality_html import quality_html
from ingest.sources import crawl_network, isolated, read
from tests.ingest.hostile.memory import peak_mb, watched_children
from tests.ingest.hostile.report import Kept, Report, Said

TODAY = date(2026, 6, 1)


def main(town: Path, report: Path, *, public_loopback: bool) -> None:
    if public_loopback:
        _let_loopback_count_as_public()
    milliseconds: dict[str, float] = {}
    _time(isolated.IsolatedReader, "read", milliseconds)
    _time(read, "read_markdown", milliseconds)
    tenant = load_tenant(town)
    with watched_children() as children:
        started = time.monotonic()
        checked = check_knowledge(town, tenant, TODAY, crawl_cache=town.parent / "crawl")
        page = quality_html(checked, tenant, town, TODAY)
        seconds = time.monotonic() - started
    result = Report(
        findings=tuple(map(_said, checked.findings)),
        documents=tuple(_kept(checked)),
        html=page,
        milliseconds=milliseconds,
        seconds=seconds,
        cpu_seconds=_cpu_seconds(),
        parent_mb=peak_mb(),
        children_mb=children.megabytes,
    )
    report.write_text(result.model_dump_json(), encoding="utf-8")


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _time(owner: Any, name: str, milliseconds: dict[str, float]) -> None:
    """Notes how long each call takes, under the last argument but one that is a name."""
    function: Callable[..., Any] = getattr(owner, name)

    @wraps(function)
    def timed(*arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        result = function(*arguments, **named)
        called = next((each for each in reversed(arguments) if isinstance(each, str)), "")
        milliseconds[called] = milliseconds.get(called, 0.0) + 1000 * (time.perf_counter() - started)
        return result

    setattr(owner, name, timed)


def _said(finding: Finding) -> Said:
    return Said(
        file=finding.file, code=finding.code, severity=finding.severity, line=str(finding), fix=finding.fix
    )  # fmt: skip


def _kept(checked: CheckedKnowledge) -> list[Kept]:
    return [
        Kept(
            id=text.document.id,
            name=text.name,
            title=text.document.title,
            texts=tuple(module.text for module in text.document.modules),
        )
        for text in checked.texts
    ]


def _let_loopback_count_as_public() -> None:
    """For the crawl of the local website, which must not lead to other private addresses."""
    is_public = crawl_network.is_public

    def pretend(address: IPv4Address | IPv6Address) -> bool:
        return address == ip_address("127.0.0.1") or is_public(address)

    crawl_network.is_public = pretend


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), public_loopback="--public-loopback" in sys.argv)
