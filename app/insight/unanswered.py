"""What the bot could not answer: open questions in groups of the same meaning, each with the nearest text."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.answering.pipeline import Pipeline
from app.answering.retrieve import retrieve
from app.database.connection import Database
from app.index.generation import Generation
from app.insight.clusters import grouped
from app.insight.documents import PublishedText, published_texts
from app.insight.meaning import MeaningCache
from app.insight.questions import OpenQuestion, Reason, open_questions

WINDOW = timedelta(days=90)
"""How far back questions are looked at: as long as answers are usually kept."""
MOST_TEXTS = 2_000
FIRST_TEXTS = 100
"""So few are grouped first when nothing is known yet, so that there soon is something to see."""
_MOST_NEAREST = 300
"""Clusters, the largest first, for which the nearest text is looked up."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that ask for the same thing."""

    central: OpenQuestion
    questions: tuple[OpenQuestion, ...]
    """Newest first, the central one among them."""
    nearest: PublishedText | None
    """The published text that retrieval puts first for the central question."""

    def count_since(self, moment: datetime) -> int:
        """How many of the questions were asked at that moment or later: the first so many."""
        return bisect_right(self.questions, -moment.timestamp(), key=lambda question: -question.at.timestamp())

    def since(self, moment: datetime) -> "Cluster | None":
        """With the questions since that moment alone; None without any."""
        count = self.count_since(moment)
        return Cluster(self.central, self.questions[:count], self.nearest) if count else None

    def without(self, answer_ids: frozenset[str]) -> "Cluster | None":
        """Without the questions of these answers; when the central one is gone, the newest one names it."""
        if not answer_ids:
            return self
        left = tuple(question for question in self.questions if question.answer_id not in answer_ids)
        central = left[0] if left and self.central.answer_id in answer_ids else self.central
        return Cluster(central, left, self.nearest) if left else None

    def reasons(self) -> dict[Reason, int]:
        """How many of the questions are open for which reason; one may be for several."""
        together = Counter(question.reasons for question in self.questions)  # thousands of questions, few combinations
        counts = {reason: sum(n for reasons, n in together.items() if reason in reasons) for reason in Reason}
        return {reason: count for reason, count in counts.items() if count}


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The state at one moment."""

    at: datetime
    generation: str
    clusters: tuple[Cluster, ...]
    """The largest first."""
    out_of_scope: tuple[Cluster, ...]
    """Questions that are not for the town hall, the same way."""
    left_out: int
    """Older questions that are not grouped: there are too many, or not yet."""


def find_unanswered(
    database: Database,
    generation: Generation,
    pipeline: Pipeline,
    meanings: MeaningCache,
    now: datetime,
    stopped: Callable[[], bool] = lambda: False,
    most_texts: int = MOST_TEXTS,
) -> Unanswered:
    """Reads the log and groups what is open; takes seconds to minutes when the questions are new to `meanings`.

    When `stopped` says so, the questions looked at until then are grouped. `most_texts`: different questions, of more
    the newest.
    """
    found = open_questions(database, generation.tenant.id, now - WINDOW)
    meanings.keep_only(question.text for question in found)
    ours = [question for question in found if question.reasons != {Reason.OUT_OF_SCOPE}]
    others = [question for question in found if question.reasons == {Reason.OUT_OF_SCOPE}]
    today = now.astimezone(generation.tenant.zone).date()
    finder = _Finder(generation, pipeline, meanings, today, stopped, most_texts)
    clusters, foreign = finder.clusters(ours), finder.clusters(others)
    grouped_questions = sum(len(cluster.questions) for cluster in (*clusters, *foreign))
    return Unanswered(now, generation.id, clusters, foreign, len(found) - grouped_questions)


@dataclass(frozen=True)
class _Finder:
    generation: Generation
    pipeline: Pipeline
    meanings: MeaningCache
    day: date
    stopped: Callable[[], bool]
    most_texts: int

    def clusters(self, questions: Sequence[OpenQuestion]) -> tuple[Cluster, ...]:
        by_text: dict[str, list[OpenQuestion]] = {}
        for question in questions:  # newest first
            by_text.setdefault(question.text, []).append(question)
        asked = [same for _, same in zip(range(self.most_texts), by_text.values(), strict=False)]
        read = []
        for same in asked:
            if self.stopped():
                break
            first = same[0]
            read.append(self.meanings.of(first.text, first.language, self.generation, self.pipeline.embedder))
        groups = grouped(read, [len(same) for same in asked[: len(read)]], [same[0].language for same in asked])
        found = []
        for group in groups:
            members = [question for place in group.members for question in asked[place]]
            found.append(Cluster(asked[group.central][0], _newest_first(members), None))
        found.sort(key=lambda cluster: -len(cluster.questions))
        texts = published_texts(self.generation)
        return tuple(
            replace(cluster, nearest=self._nearest(cluster.central, texts)) if place < _MOST_NEAREST else cluster
            for place, cluster in enumerate(found)
        )

    def _nearest(self, question: OpenQuestion, texts: dict[str, PublishedText]) -> PublishedText | None:
        if self.stopped():
            return None
        found = self.meanings.nearest(question.text, lambda: self._retrieved(question))
        return texts.get(found) if found else None

    def _retrieved(self, question: OpenQuestion) -> str | None:
        """Id of the text that retrieval puts first; about 30 ms."""
        pipeline = self.pipeline
        candidates = retrieve(
            question.text, question.language, self.day, self.generation, pipeline.embedder, pipeline.weights
        ).candidates
        return candidates[0].chunk.document_id if candidates else None


def _newest_first(questions: Iterable[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    return tuple(sorted(questions, key=lambda question: (question.at, question.answer_id), reverse=True))
