"""Whether a question clearly means a decision table, answers its question back, or goes on from its answer."""

from collections.abc import Iterable, Sequence
from datetime import date

from app.answering.decision_inputs import FoundInputs, find_inputs, typed
from app.answering.decision_words import decision_words, word_pattern
from app.answering.folding import fold
from app.tenants.rules.rule import DecisionRule
from app.tenants.rules.rule_file import Trigger

_LONGEST_QUESTION = 40
"""Words; a longer story seldom asks for one row of a table."""
_LONGEST_REPLY = 12
"""Words; who says more is asking something."""
_BARE_KINDS = ("costs", "dates")
"""What somebody may mean who only names a thing and its measures."""
_STRANGERS_IN_REPLY = 1
"""Words that a reply may hold besides the answer and idle words; a continuation, which nobody asked for, none."""


def triggered(
    text: str, said: str, rules: Sequence[DecisionRule], today: date
) -> tuple[DecisionRule, FoundInputs] | None:
    """The rule that a text means, with the inputs that `said` (the text without a carried topic) names.

    Of several the one with the most inputs, then with the most groups of words, then the first by id.
    """
    folded = fold(text)
    if len(folded.split()) > _LONGEST_QUESTION:
        return None
    found: list[tuple[int, int, DecisionRule, FoundInputs]] = []
    for rule in rules:
        if word_pattern(rule.file.unless).search(folded):
            continue
        topics = [trigger for trigger in rule.file.triggers if _names_topic(trigger, folded)]
        asking = [len(trigger.groups) for trigger in topics if _asks(trigger, folded)]
        if not topics:
            continue
        inputs = find_inputs(rule, said, today)
        if not asking and not _is_bare(said, rule, inputs, topics):
            continue
        named = {*inputs.values, *inputs.unlisted, *inputs.unclear}
        if not rule.file.starts_with or named.intersection(rule.file.starts_with):
            found.append((len(named), max(asking, default=1), rule, inputs))
    if not found:
        return None
    *_, rule, inputs = max(found, key=lambda each: each[:2])
    return rule, inputs


def replies(text: str, rule: DecisionRule, found: FoundInputs) -> bool:
    """Whether a turn answers the rule's question back and asks nothing else."""
    return bool(found.values or found.unlisted) and _strangers(text, rule, found) <= _STRANGERS_IN_REPLY


def continues(text: str, rule: DecisionRule, found: FoundInputs) -> bool:
    """Whether a turn varies the question that the rule has just answered ("Und bei drei?")."""
    return bool(found.values) and _strangers(text, rule, found) == 0


def _strangers(text: str, rule: DecisionRule, found: FoundInputs) -> int:
    """How many words belong to something else; more than any limit when the turn asks for that in so many words."""
    folded = fold(text)
    words = decision_words()
    asks = {trigger.asks for trigger in rule.file.triggers}
    others = [pattern for kind, pattern in words.excludes.items() if kind in asks]
    if len(folded.split()) > _LONGEST_REPLY:
        return _LONGEST_REPLY
    if any(word_pattern(each).search(folded) for each in (*others, rule.file.unless)):
        return _LONGEST_REPLY
    own = word_pattern(tuple(_own_words(rule)))
    known = {*words.idle, *found.unlisted.values()}
    return sum(word.isalpha() and word not in known and not own.fullmatch(word) for word in found.rest.split())


def _own_words(rule: DecisionRule) -> Iterable[str]:
    for trigger in rule.file.triggers:
        for group in trigger.groups:
            yield from (word for word in group if " " not in word)


def _names_topic(trigger: Trigger, folded: str) -> bool:
    return all(word_pattern(group).search(folded) for group in trigger.groups)


def _asks(trigger: Trigger, folded: str) -> bool:
    words = decision_words()
    if trigger.asks is None:
        return True
    asked = word_pattern(words.kinds[trigger.asks]).search(folded) is not None
    return asked and word_pattern(words.excludes[trigger.asks]).search(folded) is None


def _is_bare(text: str, rule: DecisionRule, found: FoundInputs, topics: Sequence[Trigger]) -> bool:
    """Whether a text is nothing but topic and inputs ("Biotonne 240 Liter"), so that it can only ask for the row.

    Only where the inputs tell what is asked: an age says nothing ("Personalausweis 16 Jahre"), a size does.
    """
    telling = rule.file.starts_with or any(len(trigger.groups) > 1 for trigger in topics)
    if not telling or not found.values or not any(trigger.asks in _BARE_KINDS for trigger in topics):
        return False
    return rule.asks_for(typed(rule, found.values)) is None and _strangers(text, rule, found) == 0
