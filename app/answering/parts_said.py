"""The answer to several questions in one message: every part in its turn, then what was not found."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Event

from app.answering import compose
from app.answering.part_answers import PartAnswer
from app.answering.phrase import Phrasing
from app.answering.values import (
    Evidence,
    EvidenceSentence,
    Origin,
    Progressed,
    RuleFinding,
    Source,
    Stated,
    Statement,
    Status,
)
from app.tenants.office import Office
from app.wording.catalog import Catalog

_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class PartsSaid:
    """What has been said so far; every passage has one number in the whole answer, and every sentence is said once."""

    phrasing: Phrasing
    wording: Catalog
    statements: list[Statement] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    """By chunk id, or by a rule's id and the text of its source."""

    def say(self, answers: Sequence[PartAnswer], cancel: Event | None) -> Iterator[Progressed | Stated]:
        """The statements of all parts; at least one part is answered."""
        self.phrasing.trace.evidence = None
        for answer in answers:
            if answer.finding is not None:
                yield from self._state_rule(answer.finding)
            elif answer.answered:
                yield from self._state_evidence(answer, cancel)
        for answer in answers:
            if not answer.answered:
                yield from self._state(
                    [compose.part_not_found(self._named(answer), self._office_for(answer), self.wording)]
                )

    @property
    def sources(self) -> tuple[Source, ...]:
        """What the statements cite, by number."""
        passages = compose.sources_of(self._evidence, self.statements)
        return tuple(sorted([*self.phrasing.trace.rule_sources, *passages], key=lambda source: source.number))

    @property
    def _evidence(self) -> tuple[EvidenceSentence, ...]:
        """Of all parts so far, numbered as in the statements: should the model break down, they keep their sources."""
        evidence = self.phrasing.trace.evidence
        return evidence.sentences if evidence is not None else ()

    def _state_rule(self, finding: RuleFinding) -> Iterator[Stated]:
        language = finding.language or self.wording.language
        number = self._number(f"{finding.rule}\n{finding.source_text}")
        source = compose.rule_source(finding, language, number)
        if number not in (other.number for other in self.phrasing.trace.rule_sources):
            self.phrasing.trace.rule_sources += (source,)
        said = [Statement(text, (number,), Origin.RULE, language) for text in finding.statements]
        if language != self.wording.language:
            said.insert(0, compose.in_german(self.phrasing.generation.tenant.office(finding.office), self.wording))
        yield from self._state(said)

    def _state_evidence(self, answer: PartAnswer, cancel: Event | None) -> Iterator[Progressed | Stated]:
        """What earlier parts didn't have. Drafting sees numbers from 1, as for a question of its own."""
        before = self._evidence
        known = {(sentence.chunk.id, sentence.position) for sentence in before}
        new = tuple(s for s in answer.evidence.sentences if (s.chunk.id, s.position) not in known)
        if not new:
            return
        numbers = {sentence.number: self._number(sentence.chunk.id) for sentence in new}
        numbered = (replace(sentence, number=numbers[sentence.number]) for sentence in new)
        topic = before[0].chunk if before else answer.evidence.topic
        self.phrasing.trace.evidence = Evidence((*before, *numbered), answer.evidence.answerable, topic)
        for event in self.phrasing.say(answer.resolved.text, new, cancel):
            if isinstance(event, Stated):
                cited = tuple(sorted(numbers[number] for number in event.statement.citations))
                yield from self._state([replace(event.statement, citations=cited)])
            else:
                yield event

    def _state(self, said: Sequence[Statement]) -> Iterator[Stated]:
        for statement in said:
            if statement not in self.statements:
                self.statements.append(statement)
                yield Stated(statement)

    def _number(self, source: str) -> int:
        return self._numbers.setdefault(source, len(self._numbers) + 1)

    def _named(self, answer: PartAnswer) -> str:
        """The part's question in the capitals of the message."""
        as_written = {word.casefold(): word for word in _WORD.findall(self.phrasing.screened.text)}
        words = _WORD.sub(lambda word: as_written.get(word[0].casefold(), word[0]), answer.part.words)
        return f"{words[:1].upper()}{words[1:]}?"

    def _office_for(self, answer: PartAnswer) -> Office:
        tenant = self.phrasing.generation.tenant
        near = answer.retrieval is not None and bool(
            compose.nearest_services(answer.retrieval, self.phrasing.generation)
        )
        return tenant.office(answer.office if near and answer.office else tenant.default_office)


def status_of(answers: Sequence[PartAnswer]) -> Status:
    """The status of an answer with at least one answered part."""
    if not all(answer.answered for answer in answers):
        return Status.ANSWERED_PARTLY
    by_rule = all(answer.finding is not None for answer in answers)
    return Status.ANSWERED_BY_RULE if by_rule else Status.ANSWERED
