"""The terms of many texts: the same as one by one, but everything is looked at only once."""

from collections.abc import Iterable

from app.text.terms import Vocabulary, search_words, stem


def pieces(texts: Iterable[str]) -> set[str]:
    """What stands between blanks in the texts. Neither folding nor the name of a law reaches across a blank."""
    return {piece for text in texts for piece in text.split()}


class TermReader:
    """Reads texts piece by piece, by one vocabulary, and remembers every piece."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._terms: dict[str, tuple[str, ...]] = {}
        self._of_word: dict[str, tuple[str, ...]] = {}

    def terms(self, text: str) -> list[str]:
        """Like `Vocabulary.terms`."""
        found: list[str] = []
        for piece in text.split():
            terms = self._terms.get(piece)
            if terms is None:
                terms = tuple(term for word in search_words(piece) for term in self._word(word))
                self._terms[piece] = terms
            found += terms
        return found

    def _word(self, word: str) -> tuple[str, ...]:
        found = self._of_word.get(word)
        if found is None:
            found = (stem(word), *(stem(part) for part in self._vocabulary.parts(word)))
            self._of_word[word] = found
        return found
