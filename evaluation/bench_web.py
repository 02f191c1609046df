"""The widget on a slow phone, and the console over a full answer log: `python -m evaluation.bench_web`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from app.errors import AmtslotseError
from app.records.repository import RecordRepository
from app.settings import Settings, get_settings
from evaluation.bench_figures import Figure, as_rows, as_table
from evaluation.bench_process import copy_active, serving
from evaluation.bench_web_log import FilledLog, fill_log, sample_answers
from evaluation.bench_web_pages import FIRST_GOAL_MS, PAGE_GOAL_MS, PageTime, page_times
from evaluation.bench_web_widget import widget_figures
from evaluation.unrecorded import unrecorded_service

_ANSWERS = 100_000


def main(arguments: Sequence[str]) -> int:
    """Prints the figures; the exit status says only whether it could be measured."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.bench_web", description=__doc__)
    parser.add_argument("--answers", type=int, default=_ANSWERS, help=f"In the log; {_ANSWERS} by default.")
    parser.add_argument("--without-widget", action="store_true", help="Only the console; needs no browser.")
    parser.add_argument("--json", action="store_true", help="Print one JSON object.")
    options = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    try:
        figures, pages = run(get_settings(), max(1, options.answers), with_widget=not options.without_widget)
    except AmtslotseError as error:
        sys.stderr.write(f"bench: {error.message}\n")
        return 1
    if options.json:
        report = {"load_average": load, "figures": as_rows(figures), "pages": [asdict(page) for page in pages]}
        sys.stdout.write(json.dumps(report) + "\n")
    else:
        sys.stdout.write(f"load average before: {load:.2f}\n\n{as_table(figures)}\n\n{_as_lines(pages)}\n")
    return 0


def run(settings: Settings, answers: int, *, with_widget: bool = True) -> tuple[list[Figure], tuple[PageTime, ...]]:
    """All measurements, on a copy of the published knowledge with a log of its own.

    Raises:
        NotReadyError: nothing is published, no browser, or a page that fails.
    """
    with TemporaryDirectory() as name:
        data = Path(name)
        copy_active(settings, data)
        started = perf_counter()
        filled = _filled(settings, data, answers)
        took_s = perf_counter() - started
        _say("the server starts")
        with serving(settings, data, AMTSLOTSE_LLM_BACKEND="none", AMTSLOTSE_RATE_CALLS_PER_ADDRESS="0") as served:
            _say("pages of the console")
            pages = page_times(served.url, settings.default_tenant, filled.token, served.process)
            figures = [Figure(f"log of {filled.answers:,} answers written", took_s, "s"), *_page_figures(pages)]
            if with_widget:
                _say("the widget in Chromium")
                figures += widget_figures(served.url)
    return figures, pages


def _filled(settings: Settings, data: Path, answers: int) -> FilledLog:
    with unrecorded_service(settings) as service:
        _say("real answers to repeat")
        samples = sample_answers(service, settings)
    with closing(RecordRepository(data / "records.sqlite3")) as records:
        _say(f"a log of {answers:,} answers")
        return fill_log(records, samples, answers, datetime.now(UTC))


def _page_figures(pages: Sequence[PageTime]) -> list[Figure]:
    slowest = max(pages, key=lambda page: page.median_ms)
    busiest = max(pages, key=lambda page: page.processor_ms)
    first = max(pages, key=lambda page: page.first_ms)
    return [
        Figure(f"slowest of {len(pages)} pages, median: {slowest.path}", slowest.median_ms, "ms", goal=PAGE_GOAL_MS),
        Figure(f"most computing, per request: {busiest.path}", busiest.processor_ms, "ms", goal=PAGE_GOAL_MS),
        Figure(f"slowest page the first time: {first.path}", first.first_ms, "ms", goal=FIRST_GOAL_MS),
    ]


def _as_lines(pages: Sequence[PageTime]) -> str:
    """The pages, those with the most computing first."""
    ordered = sorted(pages, key=lambda page: -page.processor_ms)
    rows = (
        f"{page.processor_ms:9.1f} ms{page.median_ms:8.1f} ms{page.first_ms:10.1f} ms{page.size_kb:8.1f} kB  "
        f"{page.path}"
        for page in ordered
    )
    return "\n".join(["   processor     median        first       size  page", *rows])


def _say(step: str) -> None:
    sys.stderr.write(f"bench: {step} …\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
