import pytest

from app.models.ports import Embedder
from evaluation.corpus import page_corpus
from evaluation.passages_file import Page
from ingest.chunking import MAX_CHARS

pytestmark = pytest.mark.models


def _silent(_name: str, _done: int, _total: int) -> None:
    pass


def test_a_long_page_is_cut_between_sentences_and_every_sentence_is_found_again(embedder: Embedder) -> None:
    sentences = tuple(f"Satz {number} über die Bestattung {'auf dem Friedhof ' * 10}." for number in range(20))
    page = Page("lang-de", "lang", "Bestattung", sentences, "de")
    with page_corpus([page], embedder, _silent) as corpus:
        generation = corpus.generation
        chunks = [generation.chunks[row] for row in corpus.rows["lang-de"]]
        assert len(chunks) > 1
        assert all(len(chunk.text) <= MAX_CHARS for chunk in chunks)
        for row, chunk in enumerate(chunks):
            start = corpus.first_sentence[chunk.id]
            assert chunk.sentences == sentences[start : start + len(chunk.sentences)]
            assert generation.vectors_of(row).shape == (len(chunk.sentences), embedder.info.dimension)
        assert sum(len(chunk.sentences) for chunk in chunks) == len(sentences)


def test_a_page_that_is_only_a_title_can_be_searched(embedder: Embedder) -> None:
    page = Page("kurz-de", "kurz", "Fundbüro", (), "de")
    with page_corpus([page], embedder, _silent) as corpus:
        assert [chunk.text for chunk in corpus.generation.chunks] == ["Fundbüro"]


def test_nothing_stays_behind(embedder: Embedder, pages: tuple[Page, ...]) -> None:
    with page_corpus(pages, embedder, _silent) as corpus:
        folder = corpus.generation.folder
        assert folder.is_dir()
    assert not folder.exists()
