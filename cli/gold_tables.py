"""Gold reports as plain text."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evaluation.modes import ModeFigures
    from evaluation.report import GoldReport


def summary(report: "GoldReport") -> str:
    """The main table with a column a split, then each split's groups and stages."""
    from evaluation.report_rows import figure_rows, named_tables

    names = [split.split for split in report.splits]
    rows = [(row.label, *row.cells, row.goal) for row in figure_rows(report.splits)]
    parts = [_table(("", *names, "goal"), rows), "Shares with 95 % intervals (bootstrap over services)."]
    for split in report.splits:
        for table in named_tables(split):
            title = f"{table.title} ({split.split})"
            parts.append("\n" + _table((title, *table.columns), [(row.name, *row.cells) for row in table.rows]))
    return "\n".join(parts)


def not_right(report: "GoldReport") -> str:
    """Every answer that something is wrong with: verdict, the stage that lost it, and what was said."""
    from evaluation.report_rows import STAGE_NAMES

    lines = []
    for answer in report.answers:
        if answer.stage is None and not answer.unsupported:
            continue
        lost = f"lost at {STAGE_NAMES[answer.stage]}" if answer.stage else "unsupported"
        lines.append(f"{answer.outcome:8} {answer.id}: {answer.question}\n         {lost}; {answer.why}")
        lines += [f"           {statement.origin}: {statement.text}" for statement in answer.statements]
    return "\n".join(lines)


def comparison(report: "GoldReport", previous: "GoldReport") -> str:
    """Counts of what changed since the previous report, and the ids of what became worse or better."""
    from evaluation.report_changes import Verdict, changes, dropped

    found = changes(report, previous)
    counts = ", ".join(f"{sum(change.verdict is verdict for change in found)} {verdict}" for verdict in Verdict)
    lines = [f"\nSince {previous.created_at:%Y-%m-%d %H:%M} UTC: {counts}, {len(dropped(report, previous))} dropped"]
    for verdict in (Verdict.WORSE, Verdict.BETTER):
        for change in found:
            if change.verdict is verdict and change.before is not None:
                lines.append(f"  {verdict}: {change.now.id}: {change.before.outcome} -> {change.now.outcome}")
    return "\n".join(lines)


def modes(figures: "Iterable[ModeFigures]") -> str:
    """One row a mode."""
    from evaluation.report_rows import percent

    columns = ("mode", "right", "wrong", "refused", "right refusals", "invented", "generated", "answered p50")
    rows = [
        (
            mode.mode,
            percent(mode.right),
            percent(mode.wrong),
            percent(mode.refused),
            percent(mode.right_refusals),
            str(mode.invented_figures),
            "–" if mode.generated is None else f"{100 * mode.generated:.1f} %",
            "–" if mode.answered_p50_s is None else f"{mode.answered_p50_s:.2f} s",
        )
        for mode in figures
    ]
    return _table(columns, rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; the first is left-aligned."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        ).rstrip()
        for row in (head, *rows)
    )
