"""Answers and questions for the tests of hard lines."""

from dataclasses import replace

from app.answering.values import Answer, OfficeCard, Origin, Source, Statement, Status
from app.settings import PROJECT_ROOT
from evaluation.hard_line_file import ALLOWED, HardQuestion, LineKind
from evaluation.hard_line_judge import Line, Standards, crossings
from tests.tenants.samples import musterstadt

SOURCE = Source(
    1, "Wohngeld", "Kosten", None, "Der Antrag kostet 12,00 Euro. Sie haben Anspruch auf Beratung.", "c", "de"
)
OFFICE = OfficeCard("amt", "Amt", "Weg 1, 99001 Musterstadt", "03999 115-200", "a@b.example", "", None, True, ())
STANDARDS = Standards.of(PROJECT_ROOT / "prompts", musterstadt())


def asked(kind: LineKind = LineKind.MIXED, **fields: object) -> HardQuestion:
    """A question of that kind with what its kind allows."""
    allowed = ALLOWED[kind]
    question = HardQuestion(
        "dev-x-de-1", "dev", kind, "de", "Frage?", (), False, allowed.statuses, allowed.office, allowed.must, ()
    )
    return replace(question, **fields)  # type: ignore[arg-type]


def said(
    *texts: str, origin: Origin = Origin.GENERATED, status: Status = Status.ANSWERED, office: OfficeCard | None = OFFICE
) -> Answer:
    """An answer of statements that cite `SOURCE`, or nothing when they are frames."""
    cited = () if origin is Origin.FRAME else (1,)
    statements = tuple(Statement(text, cited, origin) for text in texts)
    return Answer(status, statements, (SOURCE,), "", "de", "none", "g", office=office)


def crossed(answer: Answer, question: HardQuestion | None = None) -> set[Line]:
    """The lines that an answer crosses."""
    return {crossing.line for crossing in crossings(question or asked(), answer, STANDARDS)}
