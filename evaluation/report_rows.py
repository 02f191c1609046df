"""Figures as words: the rows that console and HTML report share."""

from dataclasses import dataclass

from evaluation.bootstrap import Share
from evaluation.gold_stage import Stage
from evaluation.report import SplitReport
from evaluation.report_figures import GroupFigures

STAGE_NAMES = {
    Stage.SCREENING: "screening",
    Stage.RULES: "rules",
    Stage.RETRIEVAL_NOT_FOUND: "retrieval: not found",
    Stage.RETRIEVAL_NOT_FIRST: "retrieval: not first",
    Stage.CLARIFICATION: "asked back",
    Stage.EVIDENCE: "evidence",
    Stage.DRAFTING: "drafting",
    Stage.VERIFICATION: "verification",
}
GROUP_COLUMNS = ("questions", "as expected", "wrong refusals", "right refusals", "invented")
STAGE_COLUMNS = ("lost", "wrong", "partly", "refused")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure with a cell for every split."""

    label: str
    goal: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One group or stage."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedTable:
    """Groups or stages of one split."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[NamedRow, ...]


def figure_rows(splits: tuple[SplitReport, ...]) -> tuple[FigureRow, ...]:
    """The main table, one column a split."""
    figures = [split.figures for split in splits]

    def shares(label: str, name: str, goal: str = "") -> FigureRow:
        return FigureRow(label, goal, tuple(percent(getattr(entry, name)) for entry in figures))

    def numbers(label: str, name: str, goal: str = "") -> FigureRow:
        return FigureRow(label, goal, tuple(str(getattr(entry, name)) for entry in figures))

    def seconds(label: str, name: str, goal: str = "") -> FigureRow:
        return FigureRow(label, goal, tuple(f"{getattr(entry, name):.2f} s" for entry in figures))

    return (
        numbers("questions", "questions"),
        FigureRow("answerable", "", tuple(str(entry.right.questions) for entry in figures)),
        shares("right", "right", "≥ 92 %"),
        shares("partly right (counts as wrong)", "partly"),
        shares("wrong", "wrong"),
        shares("wrong refusals", "wrong_refusals", "≤ 3 %"),
        shares("  of which asked back", "asked_back"),
        shares("right refusals", "right_refusals", "≥ 95 %"),
        shares("passed to staff", "staff"),
        shares("by rule", "rules"),
        shares("small talk, emergency, injection", "conversation"),
        numbers("invented figures", "invented_figures", "0"),
        numbers("unsupported statements", "unsupported_statements", "0"),
        shares("right service in first 5 passages", "retrieval_hits"),
        seconds("first statement p50", "first_statement_p50_s"),
        seconds("done p50", "done_p50_s"),
        seconds("done p95", "done_p95_s"),
    )


def named_tables(split: SplitReport) -> tuple[NamedTable, ...]:
    """By language, module, form and stage; a stage's cells are counts of answers."""
    stages = tuple(
        NamedRow(STAGE_NAMES[row.stage], tuple(map(str, (row.questions, row.wrong, row.partly, row.refused))))
        for row in split.stages
    )
    return (
        NamedTable("By language", GROUP_COLUMNS, tuple(map(_group, split.languages))),
        NamedTable("By module of the expected answer", GROUP_COLUMNS, tuple(map(_group, split.modules))),
        NamedTable("By kind of question", GROUP_COLUMNS, tuple(map(_group, split.forms))),
        NamedTable("Where answers were lost", STAGE_COLUMNS, stages),
    )


def percent(share: Share) -> str:
    """For example `72.6 % (63.2–81.1)`; a dash without questions."""
    if share.value is None or share.low is None or share.high is None:
        return "–"
    return f"{share.value:.1%} ({100 * share.low:.1f}–{100 * share.high:.1f})".replace("%", " %")


def _group(row: GroupFigures) -> NamedRow:
    cells = (
        str(row.questions),
        percent(row.right),
        percent(row.wrong_refusals),
        percent(row.right_refusals),
        str(row.invented_figures),
    )
    return NamedRow(row.name, cells)
