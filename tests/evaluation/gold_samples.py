"""Gold answers and reports as a run would have made them."""

from datetime import UTC, datetime

from app.answering.values import Origin, Status
from app.index.modules import ModuleKind
from evaluation.gold_answer import GoldAnswer, GoldSource, GoldStatement
from evaluation.gold_file import GoldForm, GoldKind
from evaluation.gold_stage import Stage
from evaluation.judge import Outcome
from evaluation.report import GoldEnvironment, GoldReport, split_report

RIGHT = GoldAnswer(
    id="ausweis-kosten",
    split="dev",
    language="de",
    kind=GoldKind.ANSWERABLE,
    form=GoldForm.STANDARD,
    module=ModuleKind.COSTS,
    services=("personalausweis",),
    after=(),
    question="Was kostet ein Personalausweis?",
    status=Status.ANSWERED,
    statements=(GoldStatement(text="Er kostet 37 Euro.", origin=Origin.QUOTE, citations=(1,), language="de"),),
    sources=(
        GoldSource(
            number=1, title="Personalausweis", module="Kosten", service="personalausweis", url=None, language="de"
        ),
    ),
    outcome=Outcome.RIGHT,
    why="",
    stage=None,
    invented=(),
    unsupported=0,
    searched=True,
    rank=1,
    timings_ms={"first_statement": 900.0, "done": 1000.0},
)
REFUSED = RIGHT.model_copy(
    update={
        "id": "hund-kosten",
        "question": "Was kostet ein Hund?",
        "services": ("hund-anmelden",),
        "status": Status.NOT_IN_KNOWLEDGE,
        "statements": (GoldStatement(text="Das weiß ich nicht.", origin=Origin.FRAME, citations=(), language="de"),),
        "sources": (),
        "outcome": Outcome.REFUSED,
        "why": "status not_in_knowledge",
        "stage": Stage.EVIDENCE,
        "rank": 6,
    }
)
UNANSWERABLE = REFUSED.model_copy(
    update={
        "id": "mars",
        "question": "Wann fliegt der Bus zum Mars?",
        "kind": GoldKind.UNANSWERABLE,
        "form": None,
        "module": None,
        "services": (),
        "outcome": Outcome.RIGHT,
        "why": "",
        "stage": None,
        "rank": None,
    }
)


def report(*answers: GoldAnswer, hour: int = 8) -> GoldReport:
    """A report with these answers, made at that hour."""
    splits = sorted({answer.split for answer in answers})
    return GoldReport(
        created_at=datetime(2026, 11, 2, hour, tzinfo=UTC),
        command="amtslotse evaluate gold",
        tenant="musterstadt",
        generation="20261102T080000000000Z",
        environment=GoldEnvironment(
            code="0.1.0+00000000",
            weights="0" * 12,
            model="none",
            model_file=None,
            model_sha256=None,
            embedder="multilingual-e5-small",
            embedder_revision="0" * 64,
            processor="test",
        ),
        splits=tuple(split_report(name, [a for a in answers if a.split == name]) for name in splits),
        answers=answers,
    )
