"""`python -m evaluation.privacy`: recall and precision of the masking on the labelled sentences."""

import argparse

from rich.console import Console
from rich.table import Table

from app.settings import get_settings
from app.tenants.tenant import load_tenant
from evaluation.privacy.measure import Outcome, figures, outcome
from evaluation.privacy.sentences import HALVES, load_sentences

_TENANT = "musterstadt"


def main() -> None:
    """Prints the figures of both halves; with `--show` what went wrong in the half for tuning."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.privacy", description=__doc__)
    parser.add_argument(
        "--show", nargs="?", const="dev", choices=HALVES, help="print what was missed and masked for nothing"
    )
    shown = parser.parse_args().show
    console = Console(highlight=False, markup=False)
    tenant = load_tenant(get_settings().knowledge_dir / _TENANT)
    for half in HALVES:
        outcomes = [outcome(sentence, tenant) for sentence in load_sentences(half)]
        console.print(_table(half, outcomes))
        if shown == half:
            _show(console, outcomes)


def _table(half: str, outcomes: list[Outcome]) -> Table:
    clean = sum(not result.sentence.spans for result in outcomes)
    table = Table(title=f"{half}: {len(outcomes)} sentences, {clean} without personal data", title_justify="left")
    for heading in ("kind", "spans", "found", "recall", "masks", "false alarms", "precision"):
        table.add_column(heading, justify="left" if heading == "kind" else "right")
    for name, count in figures(outcomes).items():
        table.add_row(
            name, str(count.there), str(count.found), f"{count.recall:.1%}",
            str(count.masked), str(count.masked - count.right), f"{count.precision:.1%}",
        )  # fmt: skip
    return table


def _show(console: Console, outcomes: list[Outcome]) -> None:
    for result in outcomes:
        text = result.sentence.text
        for span in result.missed:
            console.print(f"missed       {span.kind:18} {text[span.start : span.end]}   in: {text}")
        for span in result.false_alarms:
            console.print(f"false alarm  {span.kind:18} {text[span.start : span.end]}   in: {text}")


if __name__ == "__main__":
    main()
