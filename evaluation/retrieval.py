"""How well the right service is found: by the dense side, by the lexical side, and by both fused."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.answering.follow_up import resolve_follow_up
from app.answering.language import answer_language
from app.answering.readings import readings
from app.answering.retrieve import POOL, Pool, PooledPassage, gather
from app.answering.scope import search_scope
from app.answering.values import Screened, Status, Turn
from app.answering.weights import Weights
from app.index.generation import Generation
from app.models.ports import Embedder
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.passages_file import PageQuestion
from evaluation.ranking import RankingFigures, ranking_figures


@dataclass(frozen=True, slots=True)
class RetrievalQuestion:
    """A question and the services any of which is the right one."""

    text: str
    language: str
    services: frozenset[str]


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """The table; `left_out` counts questions whose right service is not in the corpus."""

    questions: int
    left_out: int
    services: int
    passages: int
    dense: RankingFigures
    lexical: RankingFigures
    fused: RankingFigures


@dataclass(frozen=True, slots=True)
class ServiceRankings:
    """Services in the order of their best passage, best first."""

    dense: tuple[str, ...]
    lexical: tuple[str, ...]
    fused: tuple[str, ...]


def evaluate_retrieval(
    questions: Sequence[RetrievalQuestion],
    generation: Generation,
    embedder: Embedder,
    weights: Weights,
    progress: Callable[[int, int], None],
) -> RetrievalReport:
    """Ranks the services of a generation for every question that has its answer in it."""
    services = {chunk.service for chunk in generation.chunks}
    asked = [question for question in questions if question.services & services]
    found = []
    for number, question in enumerate(asked):
        progress(number, len(asked))
        found.append(rank_services(question.text, question.language, generation, embedder, weights))
    progress(len(asked), len(asked))
    right = [question.services & services for question in asked]
    return RetrievalReport(
        questions=len(asked),
        left_out=len(questions) - len(asked),
        services=len(services),
        passages=len(generation.chunks),
        dense=ranking_figures([(ranked.dense, wanted) for ranked, wanted in zip(found, right, strict=True)]),
        lexical=ranking_figures([(ranked.lexical, wanted) for ranked, wanted in zip(found, right, strict=True)]),
        fused=ranking_figures([(ranked.fused, wanted) for ranked, wanted in zip(found, right, strict=True)]),
    )


def rank_services(
    text: str, language: str, generation: Generation, embedder: Embedder, weights: Weights
) -> ServiceRankings:
    """The product's own pool of candidates (40 passages a side), ordered by either side alone and by the fusion."""
    day = generation.manifest.created_at.date()
    pool = gather(text, language, day, generation, embedder)
    usable = search_scope(generation, language, day).usable
    compared = readings(text, language, generation, embedder).compared
    nearest = [hit.row for hit in generation.dense.search(compared, POOL, usable)]
    model = weights.passage if pool.lexical else weights.passage_dense

    def services(passages: Iterable[PooledPassage], score: Callable[[PooledPassage], float]) -> tuple[str, ...]:
        ordered = sorted(passages, key=lambda passage: (-score(passage), generation.chunks[passage.row].id))
        return tuple(dict.fromkeys(generation.chunks[passage.row].service for passage in ordered))

    return ServiceRankings(
        dense=tuple(dict.fromkeys(generation.chunks[row].service for row in nearest)),
        lexical=services(_best_lexical(pool), lambda p: p.lexical),
        fused=services(pool.passages, lambda p: model.probability(p.features)),
    )


def gold_questions(questions: Iterable[GoldQuestion], generation: Generation) -> list[RetrievalQuestion]:
    """The answerable ones; a follow-up as the walk resolves it after a right answer to the question before."""
    return [
        RetrievalQuestion(
            text=standalone(question, generation),
            language=answer_language(None, question.question),
            services=frozenset(question.services),
        )
        for question in questions
        if question.kind is GoldKind.ANSWERABLE
    ]


def page_questions(questions: Iterable[PageQuestion]) -> list[RetrievalQuestion]:
    """The questions that their page answers."""
    return [
        RetrievalQuestion(question.text, question.language, frozenset((question.service,)))
        for question in questions
        if question.answerable
    ]


def standalone(question: GoldQuestion, generation: Generation) -> str:
    """The question as retrieval gets it: a follow-up carries the topic of the turn before."""
    topic = next((chunk for chunk in generation.chunks if chunk.service in question.services), None)
    if not question.after or topic is None:
        return question.question
    turn = Turn(question.after[-1], topic.document_id, topic.title, topic.office, Status.ANSWERED)
    language = answer_language(None, question.question)
    screened = Screened(text=question.question, masked=(), language=language, verdict=None, wording=None)
    return resolve_follow_up(screened, (turn,), generation).text


def _best_lexical(pool: Pool) -> list[PooledPassage]:
    """The passages of the lexical side: the best with any matching term, however the dense side saw them."""
    matching = [passage for passage in pool.passages if passage.lexical > 0]
    return sorted(matching, key=lambda passage: -passage.lexical)[:POOL]
