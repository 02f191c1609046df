"""Fitting the maps from questions asked in several languages."""

import json

import pytest
from safetensors.numpy import load

from app.answering.question_maps import MAPS_FILE
from app.errors import InvalidInputError
from app.models.ports import Embedder
from evaluation.question_maps import RANK, maps_file

pytestmark = pytest.mark.models

QUESTIONS = {
    "de": {"1": "Was kostet ein Personalausweis?", "2": "Wo wird die Biotonne geleert?", "3": "Wie melde ich mich an?"},
    "fr": {"1": "Combien coûte la carte d'identité ?", "2": "Où vide-t-on la poubelle bio ?"},
}


def test_each_language_has_a_mean_and_a_map_of_the_same_rank(embedder: Embedder) -> None:
    tensors = load(maps_file(QUESTIONS, embedder))
    dimension = embedder.info.dimension
    assert {name: tensor.shape for name, tensor in tensors.items()} == {
        "de.mean": (dimension,),
        "de.down": (dimension, 0),
        "de.up": (0, dimension),
        "fr.mean": (dimension,),
        "fr.down": (dimension, RANK),
        "fr.up": (RANK, dimension),
    }


def test_the_same_questions_give_the_same_file(embedder: Embedder) -> None:
    assert maps_file(QUESTIONS, embedder) == maps_file(QUESTIONS, embedder)


def test_a_question_without_a_german_one_is_refused(embedder: Embedder) -> None:
    with pytest.raises(InvalidInputError, match="'fr'"):
        maps_file({"de": {"1": "Was?"}, "fr": {"9": "Quoi ?"}}, embedder)


def test_the_shipped_file_was_made_with_the_embedder_in_use(embedder: Embedder) -> None:
    content = MAPS_FILE.read_bytes()
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    assert header["__metadata__"]["embedder_revision"] == embedder.info.revision
    assert {name.split(".")[0] for name in load(content)} == {"ar", "de", "en", "fr", "uk"}
