"""The question as the rules read it: German in the spelling of the rules' own words, "reisepas" as "Reisepass"."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from app.answering.spelling import spell
from app.answering.town_words import TownWords
from app.tenants.rules.rule import DecisionRule
from app.tenants.rules.rule_inputs import ChoiceInput
from app.tenants.tenant import Tenant

_GERMAN: Final = "de"


def spelled_for_rules(text: str, language: str, tenant: Tenant, rules: Sequence[DecisionRule] = ()) -> str:
    """The text with its misspelt words put right by the offices' names and the rules' titles, quotes, labels and lists.

    Only for reading: what is recorded and shown stays as it was written. Other languages are left alone.
    """
    if language != _GERMAN:
        return text
    return spell(text, _words((*_office_names(tenant), *(each for rule in rules for each in _texts(rule))))).text


@lru_cache(maxsize=16)
def _words(texts: tuple[str, ...]) -> TownWords:
    return TownWords.of(texts)


def _office_names(tenant: Tenant) -> Iterator[str]:
    for office in tenant.offices:
        yield from (office.name, *office.synonyms)


def _texts(rule: DecisionRule) -> Iterator[str]:
    file = rule.file
    yield from (file.title[_GERMAN], *file.source.quotes)
    for each in file.inputs:
        yield each.label[_GERMAN]
        if isinstance(each, ChoiceInput):
            yield from (option.label[_GERMAN] for option in each.options)
    yield from (entry.key for entries in rule.lists.values() for entry in entries)
