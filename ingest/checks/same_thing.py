"""When two claims are about the same thing: by the words that they share, and the services that they name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingest.checks.claims import ClaimReader
from ingest.checks.subjects import Subject, Subjects

_BRACKETS = re.compile(r"\([^)]*\)")
_GERUND = re.compile(r"(?<=\w{4})ing$")
""" "Registering a dog": what is done, at the beginning of an English title."""
_MOST_SERVICES = 3
"""A word that more services have names none of them."""
_SHORTEST_ENDING = 4
""""Karte" is said of the "Ehrenamtskarte" (stems)."""
Key = tuple[str, ...]
"""Measure, service (or nothing) and the other words of a subject, in order."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a service is about."""

    things: frozenset[str]
    """Concepts of the nouns; all of them where there are none."""
    actions: frozenset[str]
    """Concepts of the other words: what is done with them."""

    @property
    def known(self) -> frozenset[str]:
        return self.things | self.actions

    def rest(self, subject: frozenset[str]) -> frozenset[str]:
        """A subject without the words that go without saying here; "Ausweis" is said of the "Parkausweis"."""
        return frozenset(
            word
            for word in subject - self.known
            if not (len(word) >= _SHORTEST_ENDING and any(title.endswith(word) for title in self.things))
        )


class Things:
    """Under which keys claims are compared: two claims with a key in common are about the same thing."""

    def __init__(self, titles: Mapping[str, Title], subjects: Iterable[tuple[str, Subject]]) -> None:
        self._titles = titles
        self._by_word = defaultdict[str, set[str]](set)
        for service, title in titles.items():
            for word in title.things:
                self._by_word[word].add(service)
        services = defaultdict[str, set[str]](set)
        for service, subject in subjects:
            for name in subject.names:
                services[name].add(service)
        self._names = {name for name, found in services.items() if len(found) <= _MOST_SERVICES}

    def keys_of(self, measure: str, own: str, subject: Subject) -> Iterator[tuple[Key, frozenset[str]]]:
        """One for the claim's own service (`own`), one for every other that it names, one for the bare words.

        With each the words of the service's title that the claim has.
        """
        concepts = subject.concepts
        named = {service for word in concepts if len(self._by_word[word]) <= _MOST_SERVICES
                 for service in self._by_word[word] if self._is_named(service, concepts)}  # fmt: skip
        for service in sorted(named | {own}):
            title = self._titles[service]
            yield (measure, f"service {service}", *sorted(title.rest(concepts))), concepts & title.known
        if named or subject.names & self._names:
            yield (measure, "", *sorted(concepts)), frozenset()

    def _is_named(self, service: str, subject: frozenset[str]) -> bool:
        """Whether a subject has all things of a title, and of services with the same things what is done with them."""
        title = self._titles[service]
        if not title.things <= subject:
            return False
        word = min(title.things)
        rivals = [self._titles[other] for other in self._by_word[word] - {service}]
        rivals = [other for other in rivals if other.things == title.things]
        return not rivals or any(action in subject for action in title.actions - _actions(rivals))


def _actions(titles: Iterable[Title]) -> frozenset[str]:
    return frozenset().union(*(title.actions for title in titles))


def title_of(title: str, reader: ClaimReader, subjects: Subjects) -> Title:
    """What a service is about; what its title adds in brackets is not needed to name it."""
    bare = _BRACKETS.sub(" ", title)
    concepts = subjects.concepts(reader.words_of(bare))
    nouns = [word for word in bare.split() if word[:1].isupper() and not _GERUND.search(word)]
    things = subjects.concepts(reader.words_of(" ".join(nouns))) or concepts
    return Title(things, concepts - things)
