"""Passages and evidence that the tests of the answering stages share."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from app.answering.values import EvidenceSentence, Question, Screened, Status, Turn
from app.answering.weights import Weights
from app.index.chunk import Chunk, chunk_id
from app.index.modules import GERMAN_HEADINGS, ModuleKind
from app.text.terms import Vocabulary

COSTS = (
    "Personalausweis ab 24 Jahren: 37,00 Euro",
    "Personalausweis unter 24 Jahren: 22,80 Euro",
    "Die Gebühr wird nicht erstattet.",
)
DURATION = ("Die Herstellung dauert etwa 3 Wochen.", "Sie erhalten den Ausweis im Bürgeramt.")
PRICE_QUESTION = "Was kostet ein neuer Personalausweis?"
QUOTED = COSTS[0]
TOLD = "Der Personalausweis ab 24 Jahren kostet 37,00 Euro."
"""What a language model may say to that question with the first sentence as its evidence."""
MONDAY_MORNING = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
"""09:30 in Germany, on an ordinary working day."""
PROMPTS = Path(__file__).parents[2] / "prompts"
VOCABULARY = Vocabulary.of(
    [*COSTS, *DURATION, "Personalausweis beantragen", "Personal Ausweis Gebühr Reisepass Abholung"]
)


def chunk(
    sentences: tuple[str, ...] = COSTS,
    module: ModuleKind = ModuleKind.COSTS,
    *,
    document_id: str = "personalausweis",
    title: str = "Personalausweis beantragen",
    language: str = "de",
    online_service_url: str | None = None,
) -> Chunk:
    """A passage with these sentences as a list."""
    text = "\n".join(f"- {sentence}" for sentence in sentences)
    heading = GERMAN_HEADINGS[module][0]
    return Chunk(
        id=chunk_id(document_id, module, 0, text, language),
        document_id=document_id,
        service=document_id,
        title=title,
        module=module,
        heading=heading,
        position=0,
        text=text,
        context=f"{title}: {heading}",
        language=language,
        variant="standard",
        office="buergeramt",
        url=f"https://www.musterstadt.example/dienste/{document_id}",
        online_service_url=online_service_url,
        valid_from=None,
        valid_until=None,
        sentences=sentences,
    )


def evidence(*passages: Chunk) -> tuple[EvidenceSentence, ...]:
    """All sentences of the passages, numbered by passage from 1."""
    return tuple(
        EvidenceSentence(number=number, chunk=passage, position=position, text=text, score=0.9)
        for number, passage in enumerate(passages, start=1)
        for position, text in enumerate(passage.sentences)
    )


def screened(text: str, language: str = "de", verdict: Status | None = None) -> Screened:
    """A question after the first stage."""
    return Screened(text=text, masked=(), language=language, verdict=verdict, wording=None)


def question(
    text: str,
    *,
    language: str | None = None,
    style: str = "standard",
    conversation_id: str | None = None,
    history: tuple[Turn, ...] = (),
) -> Question:
    """A question to Musterstadt, asked on an ordinary Monday morning."""
    return Question(
        text=text,
        tenant="musterstadt",
        asked_at=MONDAY_MORNING,
        language=language,
        style=style,
        conversation_id=conversation_id,
        history=history,
    )


def always_answering(weights: Weights) -> Weights:
    """Weights that always answer: thresholds are tuned on a whole town's texts, not on nine."""
    always = {"cautious": 0.0, "helpful": 0.0}
    return replace(weights, answerable_thresholds=always, answerable_dense_thresholds=always, second_opinion=None)
