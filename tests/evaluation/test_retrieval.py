import pytest

from app.answering.weights import load_weights
from app.models.ports import Embedder
from evaluation.corpus import page_corpus
from evaluation.passages_file import Page, PageQuestion
from evaluation.retrieval import RetrievalQuestion, RetrievalReport, evaluate_retrieval, page_questions, rank_services

pytestmark = pytest.mark.models

QUESTIONS = [
    ("Was kostet ein neuer Personalausweis?", "ausweis"),
    ("Wie hoch ist die Steuer für meinen Hund?", "hund"),
    ("Wann wird die Biotonne geleert?", "muell"),
    ("Wir wollen heiraten", "heirat"),
]


@pytest.fixture(scope="module")
def report(embedder: Embedder, pages: tuple[Page, ...]) -> RetrievalReport:
    asked = [RetrievalQuestion(text, "de", frozenset((service,))) for text, service in QUESTIONS]
    elsewhere = RetrievalQuestion("Wo ist das Schwimmbad?", "de", frozenset(("schwimmbad",)))
    with page_corpus(pages, embedder, lambda _name, _done, _total: None) as corpus:
        return evaluate_retrieval(
            [*asked, elsewhere], corpus.generation, embedder, load_weights(), lambda _done, _total: None
        )


def test_the_right_page_is_among_the_first_by_meaning(report: RetrievalReport) -> None:
    assert report.dense.r_at_5 == 1
    assert report.dense.mrr >= 0.75


def test_words_that_stand_nowhere_are_lost_to_the_lexical_side_alone(report: RetrievalReport) -> None:
    assert report.lexical.r_at_10 == 0.75  # nobody writes "heiraten" on that page


def test_the_fusion_finds_what_either_side_finds(report: RetrievalReport) -> None:
    assert report.fused.r_at_5 == 1
    assert report.fused.ndcg_at_10 >= 0.75


def test_questions_whose_page_is_not_there_are_counted_not_asked(report: RetrievalReport) -> None:
    assert (report.questions, report.left_out) == (4, 1)
    assert (report.services, report.passages) == (6, 6)


@pytest.mark.parametrize(("question", "language"), [("How much is the dog tax?", "en"), ("Ile za psa?", "pl")])
def test_a_question_in_another_language_is_ranked_with_and_without_german_words(
    embedder: Embedder, pages: tuple[Page, ...], question: str, language: str
) -> None:
    with page_corpus(pages, embedder, lambda _name, _done, _total: None) as corpus:
        ranked = rank_services(question, language, corpus.generation, embedder, load_weights())
    assert ranked.fused[0] == "hund"
    assert bool(ranked.lexical) == (language == "en")
    assert len(set(ranked.fused)) == len(ranked.fused) == 6


def test_only_answerable_questions_are_asked_of_a_data_set() -> None:
    answered = PageQuestion("1", "Was?", "de", "31", "31-de", answerable=True)
    unanswerable = PageQuestion("2", "Wo?", "de", "31", "31-de", answerable=False)
    assert page_questions([answered, unanswerable]) == [RetrievalQuestion("Was?", "de", frozenset(("31",)))]
