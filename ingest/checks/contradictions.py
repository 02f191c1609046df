"""Texts that contradict each other: different amounts, deadlines or durations for the same thing.

Two claims are of the same thing when they measure the same, and every word that says of what is in both, whatever its
form, order or compound. Within a service the words of its title go without saying; a claim in another service's text
must name the thing. So a different age group, product, period or condition makes no contradiction.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter

from app.answering.verification.lexicon import flat
from app.tenants.rules.load import read_rules
from app.tenants.rules.rule import DecisionRule
from app.tenants.tenant import Tenant
from ingest.checks.check import CheckedText, CheckInput
from ingest.checks.claim_words import claim_words
from ingest.checks.claims import Claim, ClaimReader
from ingest.checks.place import line_of
from ingest.checks.rule_claims import rule_sentences
from ingest.checks.same_thing import Key, Things, Title, title_of
from ingest.checks.subjects import Subject, Subjects
from ingest.document import Module
from ingest.findings import Finding, Severity

_LANGUAGES = ("de", "en")
"""Languages whose figures and words are understood."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST_COMPARED = 24
"""Claims of one thing that are compared; in a town's texts there are two or three."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What a text says, before it is set against others."""

    words: tuple[str, ...]
    """All flat words, each once: what compounds may be made of."""
    claims: tuple[tuple[int, str, Claim], ...]
    """Each with the place of its module in the document, and its sentence."""


_READ = TypeAdapter(_Read)


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim, what it is about, and where it stands."""

    claim: Claim
    subject: Subject
    quote: str
    service: str
    name: str
    module: Module | None
    """None for the row of a decision table."""
    line: int = 0


def check_contradictions(given: CheckInput) -> Iterator[Finding]:
    """Pairs of sentences in one language that can't both be right; each pair once, at the later text."""
    rules = read_rules(given.folder).rules
    for language in _LANGUAGES:
        texts = [text for text in given.texts if text.document.language == language]
        standard = [text for text in texts if text.document.variant == "standard"]
        if standard:
            yield from _findings(standard, rules, given, language)


def _findings(
    texts: Sequence[CheckedText], rules: Sequence[DecisionRule], given: CheckInput, language: str
) -> Iterator[Finding]:
    reader = ClaimReader(claim_words(language), _names_of(given.tenant, language))
    read = [_read(text, reader, given) for text in texts]
    subjects = Subjects(reader.words, {word for one in read for word in one.words})
    titles = {text.document.service: title_of(text.document.title, reader, subjects) for text in texts}
    said = [one for text, its in zip(texts, read, strict=True) for one in _said_in(text, its, subjects)]
    said += _said_in_rules(rules, titles, reader, subjects)
    known = Things(titles, [(one.service, one.subject) for one in said])
    things = defaultdict[Key, list[tuple[_Said, frozenset[str]]]](list)
    for one in said:
        for key, named in known.keys_of(one.claim.measure, one.service, one.subject):
            if len(things[key]) < _MOST_COMPARED:
                things[key].append((one, named))
    reported: set[frozenset[tuple[str, str]]] = set()
    for claims in things.values():
        for earlier, later in _contradicting(claims):
            pair = frozenset({(earlier.name, earlier.quote), (later.name, later.quote)})
            if pair not in reported:
                reported.add(pair)
                yield _finding(earlier, later, given)


def _contradicting(claims: Sequence[tuple[_Said, frozenset[str]]]) -> Iterator[tuple[_Said, _Said]]:
    """Claims that differ, if at all, in words of the title only, and not by naming different parts of it."""
    for index, (later, named) in enumerate(claims):
        for earlier, named_before in claims[:index]:
            if (
                earlier.quote != later.quote
                and (named <= named_before or named_before <= named)
                and earlier.claim.value.differs(later.claim.value)
            ):
                yield earlier, later


def _read(text: CheckedText, reader: ClaimReader, given: CheckInput) -> _Read:
    """What a text says; depends on its words and the names of the town and its offices alone."""
    document = text.document
    whole = "\x1f".join((document.title, *document.synonyms, *(module.text for module in document.modules)))

    def read() -> str:
        places = {module.kind: place for place, module in enumerate(document.modules)}
        claims = [
            (places[sentence.module.kind], sentence.text, claim)
            for sentence in text.running
            for claim in reader.claims(sentence.text)
        ]
        words = sorted({flat(word) for word in _WORD.findall(whole)})
        return _READ.dump_json(_Read(tuple(words), tuple(claims))).decode()

    names = reader.ignored.pattern if reader.ignored else ""
    kinds = ",".join(module.kind for module in document.modules)
    return _READ.validate_json(given.readings.of("claims", f"{document.language}{names}{kinds}{whole}", read))


def _said_in(text: CheckedText, read: _Read, subjects: Subjects) -> Iterator[_Said]:
    document = text.document
    for place, quote, claim in read.claims:
        yield _Said(claim, subjects.of(claim), quote, document.service, text.name, document.modules[place])


def _said_in_rules(
    rules: Sequence[DecisionRule], titles: Mapping[str, Title], reader: ClaimReader, subjects: Subjects
) -> Iterator[_Said]:
    for rule in rules:
        service = rule.file.source.document
        if service in titles:
            for sentence, path, line in rule_sentences(rule, reader.words.lexicon.language):
                for claim in reader.claims(sentence):
                    yield _Said(claim, subjects.of(claim), sentence, service, path, None, line)


def _names_of(tenant: Tenant, language: str) -> re.Pattern[str]:
    """The names of the town and its offices, inflected as well."""
    names = {tenant.name}
    for office in tenant.offices:
        names |= {office.name, *office.synonyms, *office.names.get(language, ())}
    longest_first = sorted(map(re.escape, names), key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?:e?s|en)?(?!\w)", re.IGNORECASE)


def _finding(earlier: _Said, later: _Said, given: CheckInput) -> Finding:
    first, second = (_line(said, given) for said in (earlier, later))
    other = f"{earlier.name}:{first}" if first else earlier.name
    return Finding(
        "contradiction", Severity.WARNING, later.name, second,
        f"“{later.quote}” ({later.claim.shown}), but {other} says “{earlier.quote}” ({earlier.claim.shown})",
        "find out which is right and correct the other; if both are, say in each sentence what makes the difference",
        quote=later.quote,
        german=f"Hier steht „{later.quote}“, in {other} dagegen „{earlier.quote}“.",
    )  # fmt: skip


def _line(said: _Said, given: CheckInput) -> int:
    if said.module is None:
        return said.line
    return line_of(given.folder, said.name, said.module, said.quote)
