"""Topics that the town has blocked: a question about one gets a notice, every other one never sees its texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from weakref import WeakKeyDictionary

from app.answering.evidence import select_evidence
from app.answering.retrieve import Retrieval
from app.answering.search_text import german_text
from app.answering.values import RuleFinding
from app.answering.weights import Weights
from app.index.chunk import Chunk
from app.index.generation import Generation
from app.switches.state import InForce

_NO_LANGUAGE = "-"
"""Language of a withheld passage in the view of the generation: no question is asked in it."""


@dataclass(frozen=True, slots=True)
class BlockedTopic:
    """Why a question is not answered, and who can help."""

    name: str
    """`words`, or kind and id of the service or document."""
    office: str | None
    """Id; None: the default office."""


@dataclass(frozen=True, slots=True)
class TopicGuard:
    """Finds out whether a message is about a blocked topic."""

    switches: InForce
    generation: Generation
    weights: Weights
    language: str
    """Of the message."""
    search: Callable[[str], Retrieval]
    """Looks in all texts, the blocked ones included."""

    def blocked(self, written: str, asked: Sequence[str], finding: RuleFinding | None) -> BlockedTopic | None:
        """The blocked topic that a message is about, if any; `asked` is what it asks as a whole, then its parts.

        A question is about what it names, or what it would be answered from; what a rule answers is about that rule's
        own text, and opening hours are about none. Blocked words count as written, as understood, and in German.
        """
        if self.switches.words:
            read = (german_text(text, self.language, self.generation).text for text in asked)
            if self.switches.asks_blocked_words([written, *asked, *read]):
                return BlockedTopic("words", finding.office if finding else self._office(asked[0]))
        if finding is not None:
            document = finding.table.document if finding.table else None
            if document is not None and document in {*self.switches.services, *self.switches.documents}:
                return BlockedTopic(f"service {document}", finding.office)
            if len(asked) == 1:
                return None
        if not (self.switches.services or self.switches.documents):
            return None
        return next((topic for text in asked if (topic := self._found(self.search(text)))), None)

    def _found(self, retrieval: Retrieval) -> BlockedTopic | None:
        """The blocked topic that a text names and that was found first, or that it would be answered from."""
        if not any(_withheld(candidate.chunk, self.switches) for candidate in retrieval.candidates):
            return None
        best = retrieval.candidates[0].chunk
        if _withheld(best, self.switches) and best.document_id in retrieval.pool.scores.named:
            return self._topic(best)
        evidence = select_evidence(retrieval, self.generation, self.weights)
        return next((self._topic(s.chunk) for s in evidence.sentences if _withheld(s.chunk, self.switches)), None)

    def _topic(self, chunk: Chunk) -> BlockedTopic:
        whole = chunk.service in self.switches.services
        return BlockedTopic(f"service {chunk.service}" if whole else f"document {chunk.document_id}", chunk.office)

    def _office(self, text: str) -> str | None:
        candidates = self.search(text).candidates
        return candidates[0].chunk.office if candidates else None


def without_blocked(generation: Generation, switches: InForce) -> Generation:
    """The generation as if the blocked texts and the decision tables that rest on them were not there.

    Passages keep their rows, but in no language: neither search nor suggestions find them.
    """
    blocked = (switches.services, switches.documents)
    with _lock:
        views = _views.setdefault(generation, {})
        view = views.get(blocked)
        if view is None:
            views.clear()  # switches change seldom, and then for all questions
            view = views[blocked] = _view(generation, switches)
    return view


def _view(generation: Generation, switches: InForce) -> Generation:
    blocked = {*switches.services, *switches.documents}
    return replace(
        generation,
        chunks=tuple(
            replace(chunk, language=_NO_LANGUAGE) if _withheld(chunk, switches) else chunk
            for chunk in generation.chunks
        ),
        rules=tuple(rule for rule in generation.rules if rule.file.source.document not in blocked),
    )


def _withheld(chunk: Chunk, switches: InForce) -> bool:
    return chunk.service in switches.services or chunk.document_id in switches.documents


_lock = Lock()
_views: WeakKeyDictionary[Generation, dict[tuple[tuple[str, ...], tuple[str, ...]], Generation]] = WeakKeyDictionary()
