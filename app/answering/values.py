"""The values that pass between the stages. Frozen: a stage gives back a new value, it never edits one."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.index.chunk import Chunk
from app.switches.state import NOTHING_OFF, InForce


class Status(StrEnum):
    """How a question ended. A closed set; each has wording in every catalog."""

    ANSWERED = "answered"
    ANSWERED_PARTLY = "answered_partly"
    ANSWERED_BY_RULE = "answered_by_rule"
    NEEDS_CLARIFICATION = "needs_clarification"
    NOT_IN_KNOWLEDGE = "not_in_knowledge"
    OUT_OF_SCOPE = "out_of_scope"
    DECIDED_BY_STAFF = "decided_by_staff"
    EMERGENCY = "emergency"
    DECLINED = "declined"
    BUSY = "busy"
    FAILED = "failed"
    PAUSED = "paused"
    """The town has switched the bot or this topic off."""


class Origin(StrEnum):
    """Who made a statement's words: told apart in API and page (AI Act Art. 50)."""

    GENERATED = "generated"
    """Drafted by the language model and verified against its citations."""
    QUOTE = "quote"
    """Verbatim from the cited passage."""
    RULE = "rule"
    """Composed by a deterministic rule from the town's own data."""
    FRAME = "frame"
    """Fixed wording from the catalog."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation, as far as follow-ups need it."""

    question: str
    """Masked."""
    topic_document_id: str | None
    topic_title: str | None
    office: str | None
    """Office that the answer named."""
    status: Status
    table: "TableUse | None" = None
    """The decision table that answered or asked back."""
    language: str | None = None
    """Language of the question."""
    answer_id: str | None = None
    """Its record, which later records name instead of copying it; None for a turn that no record holds."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and everything besides the published generation that the answer depends on."""

    text: str
    tenant: str
    asked_at: datetime
    """Timezone-aware; rules about "today" use it, and a replay uses the recorded one."""
    language: str | None = None
    """As the client asked for it (ISO 639-1); None means: detect."""
    style: str = "standard"
    """`standard`, `einfach` for Einfache Sprache, or `leicht` for Leichte Sprache."""
    conversation_id: str | None = None
    history: tuple[Turn, ...] = ()
    """Oldest first. Left empty, it is what the log holds of the conversation."""
    switches: InForce = NOTHING_OFF
    """What the town has switched off at that moment."""


@dataclass(frozen=True, slots=True)
class Screened:
    """The question after the first stage: safe to log, store and prompt with."""

    text: str
    """Control characters removed, spaces collapsed, personal data replaced by labels such as [E-Mail]."""
    masked: tuple[str, ...]
    """Kinds of personal data that were masked, in order of appearance; empty when none."""
    language: str
    """Language of the question: the client's choice, or detected. The frame is in it, or in English without catalog."""
    verdict: Status | None
    """Set when the walk ends here."""
    wording: str | None
    """Catalog key of the text that ends it (for example `emergency.life`); None without a verdict."""
    signals: tuple[str, ...] = ()
    """Which patterns fired, for the record; or the learned model with its version."""
    probability: float | None = None
    """How sure the learned model is of the verdict, 0 to 1; None when patterns decided or there is no verdict."""


@dataclass(frozen=True, slots=True)
class TableUse:
    """How a decision table was used."""

    rule: str
    """Id and version."""
    inputs: dict[str, str]
    """What the conversation says, by name of the input: digits, a choice's value, an ISO date, a street, a letter."""
    rows: tuple[int, ...] = ()
    """Rows of the table that answered, from 1; several in a summary and where rows add up."""
    asks_for: str | None = None
    """Name of the input that is missing: the finding is a question back."""
    lacks: str | None = None
    """Name of the input that a summary of several rows leaves open."""
    suggestions: tuple[str, ...] = ()
    """Answers offered with the question back."""
    document: str | None = None
    """Id of the text that the rule's source quotes."""
    document_title: str | None = None


@dataclass(frozen=True, slots=True)
class RuleFinding:
    """What a deterministic rule answers."""

    rule: str
    """Id and version, for example `opening-hours@1`."""
    statements: tuple[str, ...]
    source_title: str
    source_text: str
    """The data that the rule used, as a citizen can read it; cited by every statement."""
    source_url: str | None
    office: str
    facts: dict[str, str] = field(default_factory=dict)
    table: TableUse | None = None
    """Set when the rule is a decision table."""
    language: str | None = None
    """Language of statements and source; None: that of the frame."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that retrieval found, with the score of every stage."""

    chunk: Chunk
    dense: float
    """Cosine similarity with the question, -1 to 1."""
    lexical: float
    """BM25 score, 0 when no term matched."""
    coverage: float
    """Share of the question's content terms (idf-weighted, 0 to 1) that the document knows."""
    fused: float
    """What candidates are ranked by."""


@dataclass(frozen=True, slots=True)
class EvidenceSentence:
    """One sentence of a candidate, scored for the question."""

    number: int
    """Citation number, from 1; sentences of one passage share it."""
    chunk: Chunk
    position: int
    """Index into `chunk.sentences`."""
    text: str
    score: float
    """Calibrated probability (0 to 1) that the sentence answers the question."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences that answer; empty means: not in the knowledge."""

    sentences: tuple[EvidenceSentence, ...]
    answerable: float
    """Probability (0 to 1) that the knowledge answers the question at all."""
    topic: Chunk | None
    """Best passage, also when nothing answers: names office and nearest service."""
    refusal: float | None = None
    """The language model's log odds of refusing to answer from the sentences; None when it wasn't asked."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One verified sentence of the answer. `citations` are numbers into the answer's sources."""

    text: str
    citations: tuple[int, ...]
    origin: Origin
    language: str = "de"
    """Language of `text` (ISO 639-1): a German quote stays German in an answer for an Arabic question."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """A drafted statement that verification dropped."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A cited passage as the citizen can open it."""

    number: int
    title: str
    module: str
    url: str | None
    text: str
    chunk_id: str
    language: str


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """Who to turn to: from tenant.yaml, never from a model."""

    id: str
    name: str
    address: str
    phone: str
    email: str
    url: str
    appointment_url: str | None
    open_now: bool
    hours: tuple[tuple[str, str], ...]
    """Pairs of weekday name and hours, both in the answer's language; all seven days."""


@dataclass(frozen=True, slots=True)
class Link:
    """A next step: a title and where it leads."""

    title: str
    url: str | None
    language: str = "de"
    """Language of `title`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the citizen gets. Same question, history, time and generation: the same value."""

    status: Status
    statements: tuple[Statement, ...]
    sources: tuple[Source, ...]
    disclosure: str
    language: str
    """Language of frame, notices and disclosure; every statement has its own."""
    model: str
    generation: str
    notices: tuple[str, ...] = ()
    """Hints beside the answer, for example that personal data was masked."""
    office: OfficeCard | None = None
    online_service: Link | None = None
    suggestions: tuple[Link, ...] = ()
    """Nearest services on a refusal, or the choices of a clarification."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """First event of every answer: a machine answers."""

    text: str
    language: str
    model: str


@dataclass(frozen=True, slots=True)
class Progressed:
    """A stage has begun; `text` says so to the citizen."""

    stage: str
    text: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A verified statement; it is never taken back."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Finished:
    """The walk is over; everything stated before is part of `answer`."""

    answer: Answer


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer is in the log; only now it counts as given."""

    answer_id: str
    conversation_id: str | None
    answer: Answer
    timings_ms: dict[str, float]


WalkEvent = Disclosed | Progressed | Stated | Finished
AnswerEvent = Disclosed | Progressed | Stated | Recorded
