"""The gold report as one HTML file that needs nothing else: no script, no font, no picture, no network."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from evaluation.report import GoldReport
from evaluation.report_changes import Verdict, changes, dropped
from evaluation.report_rows import STAGE_NAMES, figure_rows, named_tables

TEMPLATES = Path(__file__).with_name("templates")


def gold_html(report: GoldReport, previous: GoldReport | None) -> str:
    """The page; with a previous report every answer stands beside the one of that time."""
    found = changes(report, previous)
    return _template().render(
        report=report,
        previous=previous,
        changes=found,
        better=[change for change in found if change.verdict is Verdict.BETTER],
        worse=[change for change in found if change.verdict is Verdict.WORSE],
        dropped=dropped(report, previous) if previous else (),
        figure_rows=figure_rows(report.splits),
        tables=[(split.split, named_tables(split)) for split in report.splits],
        stage_names=STAGE_NAMES,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("gold_report.html")
