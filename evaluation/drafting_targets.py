"""What the adapter is taught to say: the written answer where it keeps to its source, the source's own words elsewhere.

A model of 270 million parameters that has learned to shorten sentences drops a condition as readily as a filler. So a
statement that leaves out much of its source, or that verification rejects, is replaced by the source's sentence,
behind the same yes or no.
"""

from collections.abc import Sequence

from app.answering.values import EvidenceSentence
from app.answering.verify import verify_statement
from app.text.terms import STOP_WORDS, Vocabulary, stem, words

_KEPT = 0.8
"""Share of the source's content words that a statement must keep."""
_LEADS = {"ja": "Ja", "nein": "Nein", "yes": "Yes", "no": "No"}
_STAY_CAPITAL = frozenset(("sie", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres", "ihnen", "i"))


def taught(says: str, citations: str, told: Sequence[EvidenceSentence], question: str, simple: bool) -> str:
    """The statement with its citations as it is taught.

    Args:
        says: the written statement, without citations.
        citations: its numbers, "[1]" or "[1][2]".
        told: the sentences that carry it.
        question: the citizen's question.
        simple: whether the answer is in Einfache Sprache, which has to shorten: then it stays as written.
    """
    written = f"{says} {citations}"
    source = " ".join(sentence.text for sentence in told)
    complete = all(sentence.text.endswith((".", "!")) for sentence in told)
    if simple or len(told) != 1 or not complete:
        return written
    if _share(source, says) >= _KEPT and _passes(written, question, told):
        return written
    lead = _LEADS.get(words(says)[0], "")
    verbatim = f"{lead}, {_lowered(source)} {citations}" if lead else f"{source} {citations}"
    return verbatim if _passes(verbatim, question, told) else written


def _passes(statement: str, question: str, evidence: Sequence[EvidenceSentence]) -> bool:
    vocabulary = Vocabulary.of(sentence.text for sentence in evidence)
    return verify_statement(statement, question, evidence, [], vocabulary).statement is not None


def _lowered(sentence: str) -> str:
    """The sentence as it goes on behind "Ja,": only function words lose their capital, a noun keeps it."""
    first = sentence.split()[0]
    plain = first.strip(",").lower()
    lowers = plain in STOP_WORDS and plain not in _STAY_CAPITAL
    return first.lower() + sentence[len(first) :] if lowers else sentence


def _share(source: str, says: str) -> float:
    own = _stems(source)
    return len(own & _stems(says)) / max(1, len(own))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text) if word not in STOP_WORDS}
