"""The questions that the learned numbers are fitted on: gold questions as retrieval saw them, and plain ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.answering.evidence import select_evidence
from app.answering.language import answer_language
from app.answering.retrieve import Pool, gather, rank
from app.answering.second_opinion import SecondOpinion
from app.answering.weights import load_weights
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.index.modules import ModuleKind
from app.models.ports import Embedder, LanguageModel
from app.settings import Settings
from evaluation.gold_file import GoldKind, GoldQuestion, read_gold
from evaluation.judge import has_fact
from evaluation.retrieval import standalone

TRAINING_FOLDER = Path(__file__).with_name("training")
_PLAIN = "plain-"
_PLAIN_FORMS = {
    ModuleKind.COSTS: ("Was kostet: {}?", "{} kosten"),
    ModuleKind.REQUIRED_DOCUMENTS: ("Welche Unterlagen brauche ich: {}?", "{} unterlagen"),
    ModuleKind.PROCESSING_TIME: ("Wie lange dauert das: {}?",),
    ModuleKind.DEADLINE: ("Bis wann muss ich das machen: {}?",),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One gold question as retrieval saw it."""

    question: GoldQuestion
    pool: Pool
    answerable: bool
    plain: bool
    """Made from a title by `plain_questions`, not written by a person."""
    refusal: float | None
    """The language model's log odds of refusing to answer from the sentences that the shipped weights choose."""

    @property
    def group(self) -> str:
        """Questions about one service stay together; unanswerable ones form groups of their own."""
        return self.question.services[0] if self.question.services else self.question.id

    def is_right(self, chunk: Chunk, text: str | None = None) -> bool:
        """Whether a passage (or a sentence of it) belongs to a right service and contains a fact."""
        told = chunk.text if text is None else text
        return chunk.service in self.question.services and any(has_fact(fact, told) for fact in self.question.facts)

    def is_complete(self, told: str) -> bool:
        """Whether a text contains every fact."""
        return all(has_fact(fact, told) for fact in self.question.facts)


def read_cases(settings: Settings, generation: Generation, embedder: Embedder, model: LanguageModel) -> list[Case]:
    """The training questions and those of the tenant's dev split, with plain ones. Held-out is never used."""
    gold_folder = settings.knowledge_dir / settings.default_tenant / "gold"
    gold = [*read_gold(TRAINING_FOLDER, "training"), *read_gold(gold_folder, "dev")]
    asked = [question for question in gold if question.kind in (GoldKind.ANSWERABLE, GoldKind.UNANSWERABLE)]
    cases = [_case(question, generation, embedder) for question in (*asked, *plain_questions(gold, generation))]
    return [case if case.plain else _with_refusal(case, generation, model, settings.prompts_dir) for case in cases]


def plain_questions(gold: Sequence[GoldQuestion], generation: Generation) -> list[GoldQuestion]:
    """The simplest questions there are, made from titles and synonyms: the written ones are mostly hard.

    One a module and service, only about services that have written questions; the facts are the module's sentences.
    """
    services = {service for question in gold for service in question.services}
    made = []
    for chunk in generation.chunks:
        forms = _PLAIN_FORMS.get(chunk.module)
        if forms and chunk.language == "de" and chunk.service in services:
            names = [
                a.text for a in generation.aliases.aliases if a.document_id == chunk.document_id and not a.question
            ]
            for number, form in enumerate(forms):
                made.append(
                    GoldQuestion(
                        id=f"{_PLAIN}{chunk.id}-{number}", split="training", question=form.format(names[number % 3]),
                        language="de", kind=GoldKind.ANSWERABLE, services=(chunk.service,), facts=(chunk.sentences,),
                    )
                )  # fmt: skip
    return made


def _case(question: GoldQuestion, generation: Generation, embedder: Embedder) -> Case:
    language = answer_language(None, question.question)
    day = generation.manifest.created_at.date()
    pool = gather(standalone(question, generation), language, day, generation, embedder)
    return Case(question, pool, question.kind is GoldKind.ANSWERABLE, question.id.startswith(_PLAIN), None)


def _with_refusal(case: Case, generation: Generation, model: LanguageModel, prompts_dir: Path) -> Case:
    weights = load_weights().certain
    retrieval = rank(case.pool, generation, weights.passage if case.pool.lexical else weights.passage_dense)
    sentences = select_evidence(retrieval, generation, weights).sentences
    opinion = SecondOpinion(model, prompts_dir, standalone(case.question, generation), None)
    return replace(case, refusal=opinion.refusal(sentences)) if sentences else case
