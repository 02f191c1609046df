"""How fast and with how much memory a large town is published: `python -m evaluation.bench_ingest`."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from tempfile import TemporaryDirectory

from app.errors import AmtslotseError, NotReadyError
from app.settings import PROJECT_ROOT
from evaluation.bench_ingest_run import MEASURED, Measured

DOCUMENTS = 5000
SMALLER = 10
"""How many times fewer texts the smaller town has."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that was asked for, and what was measured."""

    name: str
    value: str
    goal: str
    met: bool


def main(arguments: Sequence[str]) -> int:
    """Prints both towns and the goals; the exit status says only whether it could be measured."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.bench_ingest", description=__doc__)
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help=f"Of the larger town; {DOCUMENTS} by default.")
    parser.add_argument(
        "--without-model",
        action="store_true",
        help="Stand-ins for the vectors: all but embedding at full size, in minutes instead of hours.",
    )
    parser.add_argument("--json", action="store_true", help="Print one JSON object.")
    options = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    try:
        smaller = max(1, options.documents // SMALLER)
        small = run(smaller, *(["--without-model"] if options.without_model else ["--beside-bare"]))
        large = run(options.documents, *(["--without-model"] if options.without_model else []))
    except AmtslotseError as error:
        sys.stderr.write(f"bench-ingest: {error.message}\n")
        return 1
    found = goals(small, large)
    if options.json:
        report = {"load_average": load, "towns": [asdict(small), asdict(large)], "goals": [asdict(g) for g in found]}
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{os.cpu_count()} cores, load average before: {load:.2f}\n\n{table(small, large, found)}\n")
    return 0


def run(documents: int, *options: str) -> Measured:
    """Measures a town of that size in a process of its own, with options of `evaluation.bench_ingest_run`.

    Raises NotReadyError when that fails.
    """
    sys.stderr.write(f"bench-ingest: {documents} documents …\n")
    with TemporaryDirectory(prefix="amtslotse-bench-") as folder:
        command = [sys.executable, "-m", "evaluation.bench_ingest_run", folder, str(documents), *options]
        result = subprocess.run(  # noqa: S603
            command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True, check=False
        )
    if result.returncode != 0:
        raise NotReadyError(f"{documents} documents could not be published; the reason stands above.")
    return MEASURED.validate_json(result.stdout)


def goals(small: Measured, large: Measured) -> list[Goal]:
    """What the issue asked for, on these two towns; shares of bare encode only where that was measured."""
    shares = []
    if small.bare_s is not None:
        share, embedding = small.bare_s / small.first_s, small.bare_s / small.embed_s
        name = "whole publishing, share of bare encode's throughput"
        shares = [
            Goal(name, f"{100 * share:.0f} %", ">= 90 %", share >= 0.9),
            Goal("embedding alone, the same", f"{100 * embedding:.0f} %", ">= 90 %", embedding >= 0.9),
        ]
    faster = large.first_s / large.unchanged_s
    growth = (large.first_s / large.documents) / (small.first_s / small.documents)
    return [
        *shares,
        Goal("peak memory of the publishing process", f"{large.peak_gb:.2f} GB", "< 2.5 GB", large.peak_gb < 2.5),
        Goal("unchanged texts again, times faster", f"{faster:.0f}", ">= 50", faster >= 50),
        Goal("one changed text, published", f"{large.changed_s:.1f} s", "< 5 s", large.changed_s < 5),
        Goal("time per text, larger over smaller town", f"{growth:.2f}", "< 1.2", growth < 1.2),
    ]


def table(small: Measured, large: Measured, found: Sequence[Goal]) -> str:
    """Both towns side by side, then the goals."""
    rows = [
        ("documents", *(f"{town.documents}" for town in (small, large))),
        ("passages", *(f"{town.passages}" for town in (small, large))),
        ("sentences", *(f"{town.sentences}" for town in (small, large))),
        ("published for the first time", *(f"{town.first_s:.1f} s" for town in (small, large))),
        ("  of that reading and checking", *(f"{town.read_s:.1f} s" for town in (small, large))),
        ("  of that embedding", *(f"{town.embed_s:.1f} s" for town in (small, large))),
        ("documents a second", *(f"{town.documents / town.first_s:.2f}" for town in (small, large))),
        ("seconds a document", *(f"{town.first_s / town.documents:.3f}" for town in (small, large))),
        ("bare encode of the same texts", *(_seconds(town.bare_s) for town in (small, large))),
        ("unchanged texts again", *(f"{town.unchanged_s:.1f} s" for town in (small, large))),
        ("one changed text", *(f"{town.changed_s:.1f} s" for town in (small, large))),
        ("  of that reading and checking", *(f"{town.changed_read_s:.1f} s" for town in (small, large))),
        ("generation on disk", *(f"{town.generation_mb:.0f} MB" for town in (small, large))),
        ("peak memory", *(f"{town.peak_gb:.2f} GB" for town in (small, large))),
    ]
    lines = [f"{name:34}{left:>14}{right:>14}" for name, left, right in rows]
    lines += ["", f"{'':52}{'value':>10}{'goal':>10}"]
    lines += [f"{g.name:52}{g.value:>10}{g.goal:>10}  {'met' if g.met else 'not met'}" for g in found]
    return "\n".join(lines)


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
