"""One gold question with what became of it: the row that every table and report is made from."""

from pydantic import BaseModel, ConfigDict

from app.answering.values import Origin, Status
from app.index.modules import ModuleKind
from evaluation.gold_file import GoldForm, GoldKind
from evaluation.gold_stage import Stage
from evaluation.judge import Outcome

HIT_DEPTH = 5


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldStatement(_Row):
    text: str
    origin: Origin
    citations: tuple[int, ...]
    language: str


class GoldSource(_Row):
    number: int
    title: str
    module: str
    service: str | None
    """None for what is no service text, for example a rule's data."""
    url: str | None
    language: str


class GoldAnswer(_Row):
    """A question, its answer, the verdict, and the stage that lost it."""

    id: str
    split: str
    language: str
    kind: GoldKind
    form: GoldForm | None
    module: ModuleKind | None
    """Of the expected answer."""
    services: tuple[str, ...]
    after: tuple[str, ...]
    question: str
    status: Status
    statements: tuple[GoldStatement, ...]
    sources: tuple[GoldSource, ...]
    outcome: Outcome
    why: str
    stage: Stage | None
    """None when nothing is wrong."""
    invented: tuple[str, ...]
    unsupported: int
    searched: bool
    """Whether retrieval was asked at all."""
    rank: int | None
    """Place of the first passage of a right service among the candidates, from 1; None when there is none."""
    timings_ms: dict[str, float]

    @property
    def cluster(self) -> str:
        """What is resampled together: questions about one service."""
        return self.services[0] if self.services else f"question:{self.id}"

    @property
    def hit(self) -> bool:
        """Whether a right service was among the first five passages."""
        return self.rank is not None and self.rank <= HIT_DEPTH

    @property
    def text(self) -> str:
        """The whole answer, one statement a line."""
        return "\n".join(statement.text for statement in self.statements)
