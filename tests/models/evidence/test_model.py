"""The fitted model as it is shipped: it finds what answers and doubts what doesn't."""

from dataclasses import replace

import numpy as np
import pytest

from app.models.evidence.features import sentence_features
from app.models.evidence.model import EvidenceModel, context_features, load_evidence_model, page_features
from app.models.evidence.page import AskedPage, PageScores
from app.models.evidence.rarity import WordRarity
from app.models.ports import Embedder
from tests.models.evidence.samples import CENTRE, SENTENCES, page

PAGES = {
    "ausweis": (
        "Personalausweis beantragen",
        "de",
        (
            "Den Personalausweis beantragen Sie persönlich im Bürgeramt.",
            "Kosten",
            "Ab 24 Jahren kostet der Personalausweis 37,00 Euro.",
            "Unterlagen",
            "Bringen Sie ein biometrisches Foto mit.",
            "Öffnungszeiten",
            "Das Bürgeramt hat montags von 8:00 bis 12:00 Uhr geöffnet.",
        ),
    ),
    "hund": (
        "Hund anmelden",
        "de",
        (
            "Melden Sie Ihren Hund binnen zwei Wochen an.",
            "Die Hundesteuer beträgt 90 Euro im Jahr.",
            "Für Blindenhunde zahlen Sie keine Steuer.",
            "Die Steuermarke muss der Hund außerhalb der Wohnung tragen.",
        ),
    ),
    "kita": (
        "Childcare place",
        "en",
        (
            "Register your child by 31 January.",
            "The childcare centre decides who gets a place.",
            "Parents pay a monthly fee of 120 euros.",
            "Siblings are free of charge.",
        ),
    ),
}
TOWN = WordRarity.of(("\n".join((title, *sentences)), language) for title, language, sentences in PAGES.values())
ASKED = [
    ("Brauche ich ein Foto?", "ausweis", 4),
    ("Wann hat das Bürgeramt geöffnet?", "ausweis", 6),
    ("Bis wann muss ich meinen Hund anmelden?", "hund", 0),
    ("When do I have to register my child?", "kita", 0),
    ("Who decides who gets a place?", "kita", 1),
]
"""Questions, the page that answers, and which of its sentences does."""


@pytest.fixture(scope="module")
def model() -> EvidenceModel:
    return load_evidence_model()


def _asked(embedder: Embedder, question: str, name: str) -> AskedPage:
    title, language, sentences = PAGES[name]
    return AskedPage(
        question=question,
        question_vector=embedder.embed_query(question),
        title=title,
        title_vector=embedder.embed_passages([title])[0],
        sentences=sentences,
        sentence_vectors=embedder.embed_passages([f"{title}: {sentence}" for sentence in sentences]),
        language=language,
        rarity=TOWN,
    )


@pytest.mark.models
@pytest.mark.parametrize(("question", "name", "row"), ASKED)
def test_the_sentence_that_answers_scores_highest_and_is_selected(
    embedder: Embedder, model: EvidenceModel, question: str, name: str, row: int
) -> None:
    scores = model.score(_asked(embedder, question, name))
    assert int(scores.sentences.argmax()) == row
    assert row in model.select(scores)


@pytest.mark.models
@pytest.mark.parametrize(
    ("question", "name"),
    [
        *((question, name) for question, name, _ in ASKED),
        ("Was kostet ein neuer Personalausweis?", "ausweis"),
        ("Wie hoch ist die Hundesteuer?", "hund"),
        ("Wie viel Steuer zahle ich für meinen Hund?", "hund"),
        ("Muss ich für einen Blindenhund Steuer zahlen?", "hund"),
        ("How much does childcare cost?", "kita"),
    ],
)
def test_a_page_about_something_else_is_doubted_more(
    embedder: Embedder, model: EvidenceModel, question: str, name: str
) -> None:
    own = model.score(_asked(embedder, question, name)).unanswered
    others = [model.score(_asked(embedder, question, other)) for other in PAGES if other != name]
    assert all(own < other.unanswered for other in others)
    assert all(model.select(other) == () for other in others)


@pytest.mark.models
def test_a_page_is_scored_the_same_each_time(embedder: Embedder, model: EvidenceModel) -> None:
    one, other = (model.score(_asked(embedder, ASKED[0][0], "ausweis")) for _ in range(2))
    assert np.array_equal(one.sentences, other.sentences)
    assert one.unanswered == other.unanswered


@pytest.mark.models
def test_a_page_without_sentences_never_answers(embedder: Embedder, model: EvidenceModel) -> None:
    empty = replace(_asked(embedder, "Was kostet das?", "hund"), sentences=())
    scores = model.score(replace(empty, sentence_vectors=np.zeros((0, embedder.info.dimension), dtype=np.float32)))
    assert scores.sentences.shape == (0,)
    assert model.select(scores) == ()


def test_from_the_threshold_on_nothing_is_selected_and_below_it_at_least_one(model: EvidenceModel) -> None:
    scores = np.array([-3.0, -5.0, -4.0])
    cut = model.unanswered_threshold
    assert model.select(PageScores(scores, cut)) == ()
    assert 0 in model.select(PageScores(scores, np.nextafter(cut, -np.inf)))


@pytest.mark.parametrize("sentences", [SENTENCES, SENTENCES[1:2], SENTENCES * 9])
def test_every_feature_that_the_file_weighs_is_computed(model: EvidenceModel, sentences: tuple[str, ...]) -> None:
    features = sentence_features(page(sentences), CENTRE)
    first = model.alone.score(features)
    in_context = features | context_features(first)
    second = model.in_context.score(in_context)
    of_page = page_features(features, first, second)
    assert set(model.alone.names) == set(features)
    assert set(model.in_context.names) == set(in_context)
    assert set(model.unanswered.names) == set(of_page)
    assert all(values.shape == (len(sentences),) and np.isfinite(values).all() for values in in_context.values())
    assert all(values.shape == (1,) and np.isfinite(values).all() for values in of_page.values())


def test_the_surroundings_of_a_sentence_are_its_neighbours_scores() -> None:
    features = context_features(np.array([1.0, 5.0, 3.0]))
    assert features["first_previous"].tolist() == [1.0, 1.0, 5.0]  # before the first: the lowest
    assert features["first_next"].tolist() == [5.0, 3.0, 1.0]
    assert features["first_rank"].tolist() == [1.0, 0.0, 0.5]
    assert features["first_gap"].tolist() == [-4.0, 0.0, -2.0]
