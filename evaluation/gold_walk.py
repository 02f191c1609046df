"""What an answer's record says about the walk, as far as judging where an answer was lost needs it."""

from pydantic import BaseModel, ConfigDict

from app.answering.values import Status
from app.errors import RecordsError
from app.records.record import StoredRecord


class _View(BaseModel):
    """Part of a record: what else the record holds is none of its business."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class WalkScreened(_View):
    verdict: Status | None


class WalkRule(_View):
    rule: str


class WalkCandidate(_View):
    chunk_id: str


class WalkSentence(_View):
    chunk_id: str
    text: str


class WalkEvidence(_View):
    sentences: tuple[WalkSentence, ...]


class WalkRejection(_View):
    text: str


class GoldWalk(_View):
    """The stages of one walk, in their order; None or empty where the walk didn't come by."""

    screened: WalkScreened
    rule: WalkRule | None
    candidates: tuple[WalkCandidate, ...]
    """Best first."""
    evidence: WalkEvidence | None
    rejections: tuple[WalkRejection, ...]

    @property
    def evidence_sentences(self) -> tuple[WalkSentence, ...]:
        return self.evidence.sentences if self.evidence else ()

    @property
    def evidence_text(self) -> str:
        """All sentences that drafting had to work with."""
        return "\n".join(sentence.text for sentence in self.evidence_sentences)


def walk_of(record: StoredRecord) -> GoldWalk:
    """The walk that a record holds. Raises RecordsError when its content was erased."""
    if record.payload is None:
        raise RecordsError(f"The answer {record.id} was erased before it could be judged: evaluate again.")
    return GoldWalk.model_validate(record.payload["walk"])
