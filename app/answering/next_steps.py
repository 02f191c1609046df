"""What a citizen can do after an answer, from the answered service's own text: what to bring, fees, what to ask next.

Derived from answer and generation alone, word for word from published passages, and no part of the record: the same
answer on the same generation has the same next steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.answering.trusted_texts import gives_orders
from app.answering.values import Answer, Status
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.modules import ModuleKind
from app.text.lists import Listed, listed
from app.wording.catalog import LEICHT
from app.wording.follow_ups import follow_up_question

MAX_FOLLOW_UPS = 3
_WITH_NEXT_STEPS = (Status.ANSWERED, Status.ANSWERED_PARTLY)
_ASKED_NEXT = (
    ModuleKind.REQUIRED_DOCUMENTS,
    ModuleKind.COSTS,
    ModuleKind.PROCESSING_TIME,
    ModuleKind.DEADLINE,
    ModuleKind.PROCEDURE,
    ModuleKind.PREREQUISITES,
)
"""What people want to know next, most wanted first."""


@dataclass(frozen=True, slots=True)
class Fee:
    """One line of a table of fees; both parts as the text has them."""

    what: str
    amount: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that the same text answers."""

    label: str
    """As it stands on a button: "Wie lange dauert das?"."""
    question: str
    """As it is asked: with the name of the service, so that it is understood by itself."""


@dataclass(frozen=True, slots=True)
class NextSteps:
    """From one service text; empty where that has nothing of the kind."""

    title: str
    url: str | None
    language: str
    """Language of all but the follow-ups, which are in the answer's."""
    documents: tuple[str, ...]
    """What to bring, one item a document."""
    document_notes: tuple[str, ...]
    fees: tuple[Fee, ...]
    fee_notes: tuple[str, ...]
    follow_ups: tuple[FollowUp, ...]


def next_steps(answer: Answer, generation: Generation) -> NextSteps | None:
    """The next steps after an answer that came from this generation; None without a cited service text."""
    if answer.status not in _WITH_NEXT_STEPS or answer.generation != generation.id:
        return None
    cited = _cited(answer, generation)
    if not cited:
        return None
    first = cited[0]
    passages = [generation.chunks[row] for row in generation.rows_of(first.document_id)]
    trusted = [chunk for chunk in passages if not gives_orders(chunk)]
    documents = _module(trusted, ModuleKind.REQUIRED_DOCUMENTS)
    costs = _module(trusted, ModuleKind.COSTS)
    fees = _fees(costs.items)
    shown = {chunk.module for chunk in cited if chunk.document_id == first.document_id}
    shown |= {ModuleKind.REQUIRED_DOCUMENTS} if documents.items else set()
    shown |= {ModuleKind.COSTS} if fees else set()
    return NextSteps(
        title=first.title,
        url=first.url,
        language=first.language,
        documents=documents.items,
        document_notes=documents.notes if documents.items else (),
        fees=fees,
        fee_notes=costs.notes if fees else (),
        follow_ups=_follow_ups(first.title, trusted, shown, answer.language),
    )


def _cited(answer: Answer, generation: Generation) -> list[Chunk]:
    """The cited passages, in the order in which the statements cite them."""
    sources = {source.number: source.chunk_id for source in answer.sources}
    numbers = dict.fromkeys(number for statement in answer.statements for number in statement.citations)
    ids = [sources[number] for number in numbers if number in sources]
    chunks = {chunk.id: chunk for chunk in generation.chunks if chunk.id in ids}
    return [chunks[id_] for id_ in ids if id_ in chunks]


def _module(passages: Sequence[Chunk], kind: ModuleKind) -> Listed:
    """A module of the text, put together again where it is split into several passages.

    Nothing of a text in Leichte Sprache: there the sentences around a list carry its meaning.
    """
    parts = [listed(chunk.text) for chunk in passages if chunk.module is kind and chunk.variant != LEICHT]
    return Listed(
        tuple(item for part in parts for item in part.items), tuple(note for part in parts for note in part.notes)
    )


def _fees(items: tuple[str, ...]) -> tuple[Fee, ...]:
    """Lines such as "ein Hund: 96,00 Euro im Jahr"; none when a line has another form, so that no table has gaps."""
    pairs = [item.rpartition(": ") for item in items]
    return tuple(Fee(what, amount) for what, colon, amount in pairs) if all(colon for _, colon, _ in pairs) else ()


def _follow_ups(title: str, passages: Sequence[Chunk], shown: set[ModuleKind], language: str) -> tuple[FollowUp, ...]:
    there = {chunk.module for chunk in passages} - shown
    questions = (follow_up_question(kind, language) for kind in _ASKED_NEXT if kind in there)
    return tuple(FollowUp(question, f"{title}: {question}") for question in questions if question)[:MAX_FOLLOW_UPS]
