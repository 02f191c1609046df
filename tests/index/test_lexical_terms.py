"""Terms of many texts at once are those of each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from app.index.lexical_terms import TermReader, pieces
from app.text.terms import Vocabulary

TEXTS = (
    "Personalausweis (Ausweis, Perso): Kosten\nDer Personalausweis kostet 37,00 Euro nach § 1 PAuswG.",
    "Melden Sie sich um; abzumelden ist das Auto\tin der Zulassungsstelle. Straße, Strasse, STRASSE",
    "Gebühr Gebu\u0308hr Büros\u00a0und Kitas\u2009Babys \u0308x e\u0301 \u2000",
)


def test_the_terms_are_those_of_the_vocabulary() -> None:
    reader = TermReader(Vocabulary.of(TEXTS))
    assert [reader.terms(text) for text in TEXTS * 2] == [Vocabulary.of(TEXTS).terms(text) for text in TEXTS * 2]


@given(st.lists(st.text(max_size=60), max_size=6))
def test_whatever_stands_in_the_texts(texts: list[str]) -> None:
    vocabulary = Vocabulary.of(texts)
    assert Vocabulary.of(pieces(texts)) == vocabulary
    reader = TermReader(vocabulary)
    assert [reader.terms(text) for text in texts] == [vocabulary.terms(text) for text in texts]
