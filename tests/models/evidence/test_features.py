"""Every feature is one finite value a sentence, whatever the page looks like, and the same in every process."""

import os
import subprocess
import sys
from hashlib import sha256

import numpy as np
import pytest

from app.models.evidence.features import sentence_features
from app.models.evidence.page import AskedPage, Scores
from tests.models.evidence.samples import CENTRE, QUESTION, SENTENCES, page


def _features(asked: AskedPage) -> dict[str, Scores]:
    return sentence_features(asked, CENTRE)


def features_digest() -> str:
    """SHA-256 over names and bytes of all features of the sample page: what another process must get as well."""
    features = _features(page())
    return sha256(b"".join(name.encode() + features[name].tobytes() for name in features)).hexdigest()


@pytest.mark.parametrize(
    "asked",
    [
        page(),
        page(SENTENCES[1:2]),
        page(SENTENCES[:1]),
        page(SENTENCES[:2]),
        page(SENTENCES * 20),
        page(("",) * 3),
        page(question="???"),
        page(title=""),
        page(language="uk"),
    ],
    ids=["usual", "one sentence", "one heading", "two", "long", "empty sentences", "no word", "no title", "no stemmer"],
)
def test_every_feature_has_one_finite_value_a_sentence(asked: AskedPage) -> None:
    features = _features(asked)
    assert list(features) == list(_features(page()))
    for name, values in features.items():
        assert values.shape == (len(asked.sentences),), name
        assert values.dtype == np.float64, name
        assert np.isfinite(values).all(), name


def test_a_single_sentence_is_compared_with_nothing() -> None:
    features = _features(page(SENTENCES[1:2]))
    for name in ("cosine_z", "window_z", "centred_z", "cosine_rank", "cosine_gap", "distance", "place"):
        assert features[name] == [0.0], name
    assert features["cosine_previous"] == features["cosine_next"] == features["cosine"]


def test_without_headings_the_title_stands_above_every_sentence() -> None:
    asked = page(SENTENCES[1:3] + SENTENCES[4:])
    features = _features(asked)
    assert not features["is_heading"].any()
    assert np.allclose(features["heading"], asked.title_vector @ asked.question_vector)
    assert features["section_size"].tolist() == [np.log(3)] * 3


def test_a_heading_stands_above_its_section() -> None:
    asked = page()
    features = _features(asked)
    cosine = asked.sentence_vectors @ asked.question_vector
    assert features["is_heading"].tolist() == [1, 0, 0, 1, 0]
    assert np.allclose(features["heading"], cosine[[0, 0, 0, 3, 3]])
    assert np.allclose(features["section_size"], np.log([3, 3, 3, 2, 2]))


def test_rare_words_of_the_question_count_more_than_common_ones() -> None:
    stems = _features(page(("Der Personalausweis.", "Ein Euro.", "Es regnet."), "Personalausweis Euro"))["stems"]
    assert 1 > stems[0] > stems[1] > stems[2] == 0


def test_what_was_asked_for_is_told_from_what_a_sentence_holds() -> None:
    sentences = ("Schreiben Sie an amt@stadt.example.", "Es kostet 5 Euro.", "Geöffnet ab 8:00 Uhr.", "Sonst nichts.")
    asked = {
        "where_contact": _features(page(sentences, "An wen wende ich mich?"))["where_contact"],
        "cost_money": _features(page(sentences, "Was kostet das?"))["cost_money"],
        "when_time": _features(page(sentences, "Wann ist offen?"))["when_time"],
    }
    assert {name: values.tolist() for name, values in asked.items()} == {
        "where_contact": [1, 0, 0, 0],
        "cost_money": [0, 1, 0, 0],
        "when_time": [0, 0, 1, 0],
    }
    assert not _features(page(sentences, "Muss ich kommen?"))["cost_money"].any()


def test_other_words_in_another_order_share_the_same_words() -> None:
    turned = " ".join(reversed(QUESTION.split()))
    one, other = _features(page()), _features(page(question=turned))
    assert all(np.array_equal(one[name], other[name]) for name in ("stems", "pieces", "page_stems", "page_pieces"))


@pytest.mark.parametrize("hash_seed", ["0", "1", "42"])
def test_a_process_that_orders_sets_differently_gets_the_same_bytes(hash_seed: str) -> None:
    code = "from tests.models.evidence.test_features import features_digest; print(features_digest())"
    other = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert other.stdout.strip() == features_digest()
