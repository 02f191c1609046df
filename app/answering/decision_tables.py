"""The town's decision tables: which one a question means, what it still needs, and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.answering.decision_answer import say, source_text
from app.answering.decision_facts import Answering, Typed, facts_of
from app.answering.decision_inputs import FoundInputs, find_inputs, near_entries, typed
from app.answering.decision_triggers import continues, replies, triggered
from app.answering.folding import fold
from app.answering.follow_up import ResolvedQuestion
from app.answering.other_town import means_other_town
from app.answering.rule_spelling import spelled_for_rules
from app.answering.values import Question, RuleFinding, Screened, Status, TableUse, Turn
from app.tenants.rules.rule import MOST_SUMMARY_ROWS, DecisionRule
from app.tenants.rules.rule_file import Sentence
from app.tenants.rules.rule_inputs import ChoiceInput, Language, ListedInput
from app.tenants.tenant import Tenant
from app.wording.catalog import catalog

_MOST_SUGGESTIONS = 6
Documents = Mapping[tuple[str, str], tuple[str, str | None]]
"""Title and address of a published text by service and language."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """The rule that a question means, with all that the conversation says for it."""

    rule: DecisionRule
    found: FoundInputs
    values: dict[str, str]


def apply_tables(
    screened: Screened,
    question: Question,
    resolved: ResolvedQuestion,
    tenant: Tenant,
    rules: Sequence[DecisionRule],
    documents: Documents,
) -> RuleFinding | None:
    """What a decision table answers or asks back; None when no table is clearly meant."""
    now = question.asked_at.astimezone(tenant.zone)
    valid = [rule for rule in rules if rule.file.holds_on(now.date())]
    text = spelled_for_rules(screened.text, screened.language, tenant, valid)
    if means_other_town(fold(text), tenant):
        return None
    about = replace(resolved, text=spelled_for_rules(resolved.text, screened.language, tenant, valid))
    meant = _meant(text, about, question.history, valid, now.date())
    if meant is None:
        return None
    return _Case(meant, screened, tenant, now.date(), documents).finding()


def _meant(
    text: str, resolved: ResolvedQuestion, history: Sequence[Turn], rules: Sequence[DecisionRule], today: date
) -> _Meant | None:
    """By the question's own words; as a reply or continuation of the last answer; by the topic carried over."""
    last = history[-1] if history else None
    before = last.table if last and last.status in (Status.ANSWERED_BY_RULE, Status.NEEDS_CLARIFICATION) else None
    earlier = next((rule for rule in rules if before and rule.reference == before.rule), None)
    own = triggered(text, text, rules, today)
    if own is None and before is not None and earlier is not None:
        asked = before.asks_for
        found = find_inputs(earlier, text, today, reply_to=asked or before.lacks)
        if (asked and replies(text, earlier, found)) or (not asked and continues(text, earlier, found)):
            return _Meant(earlier, found, _merged(before.inputs, found))
    if own is None and resolved.carried_topic is not None:
        own = triggered(resolved.text, text, rules, today)
    if own is None:
        return None
    rule, found = own
    same = before is not None and before.asks_for is not None and before.rule == rule.reference
    values = _merged(before.inputs, found) if before is not None and same else dict(found.values)
    return _Meant(rule, found, values)


def _merged(before: Mapping[str, str], found: FoundInputs) -> dict[str, str]:
    return {name: value for name, value in before.items() if name not in found.unclear} | found.values


@dataclass(frozen=True, slots=True)
class _Case:
    """One rule on one question."""

    meant: _Meant
    screened: Screened
    tenant: Tenant
    today: date
    documents: Documents

    @property
    def rule(self) -> DecisionRule:
        return self.meant.rule

    @property
    def language(self) -> Language:
        return "en" if catalog(self.screened.language).language == "en" and "en" in self.rule.file.answer else "de"

    def finding(self) -> RuleFinding | None:
        values = self._known()
        asked = self.rule.asks_for(values)
        if asked is None:
            rows = self.rule.table.hits(values)
            return self._answer(rows, values, self.rule.file.answer[self.language]) if rows else None
        possible = self.rule.table.possible(values)
        summary = (self.rule.file.summary or {}).get(self.language)
        if summary and len(possible) <= MOST_SUMMARY_ROWS and asked not in self.meant.found.unlisted:
            return self._answer(possible, values, summary, lacks=asked)
        return self._question_back(asked, values)

    def _known(self) -> dict[str, Decimal | str]:
        """Values, defaults and what lists give; an input that the question leaves unclear is unknown."""
        values = typed(self.rule, self.meant.values)
        return {name: value for name, value in values.items() if name not in self.meant.found.unclear}

    def _answer(
        self, rows: tuple[int, ...], values: Typed, sentences: Sequence[Sentence], lacks: str | None = None
    ) -> RuleFinding | None:
        answering = self._answering(rows, values)
        facts = facts_of(answering)
        statements = say(sentences, facts, answering)
        if not statements:
            return None
        used = replace(self._use(), rows=tuple(row + 1 for row in rows), lacks=lacks)
        return self._finding(statements, source_text(answering, facts, sentences), used)

    def _question_back(self, asked: str, values: Typed) -> RuleFinding:
        each = self.rule.file.input_named(asked)
        assert each is not None
        given = self.meant.found.unlisted.get(asked)
        if isinstance(each, ListedInput) and given is not None:
            wording = each.ask_unknown.get(self.language, each.ask_unknown["de"])
            text = wording.format_map({"given": self._as_written(given)})
            offered = near_entries(self.rule, asked, given)
            offered = offered if len(offered) > 1 else ()
        else:
            text = each.ask.get(self.language, each.ask["de"])
            offered = each.suggestions.get(self.language, ())
            if isinstance(each, ChoiceInput):
                offered = tuple(option.label.get(self.language, option.label["de"]) for option in each.options)
        answering = self._answering((), values)
        used = replace(self._use(), asks_for=asked, suggestions=offered[:_MOST_SUGGESTIONS])
        return self._finding((text,), source_text(answering, facts_of(answering)), used)

    def _answering(self, rows: tuple[int, ...], values: Typed) -> Answering:
        return Answering(
            rule=self.rule,
            values=values,
            rows=tuple(self.rule.rows[row] for row in rows),
            language=self.language,
            wording=catalog(self.language),
            today=self.today,
            tenant=self.tenant,
        )

    def _use(self) -> TableUse:
        document = self._document()
        return TableUse(
            rule=self.rule.reference,
            inputs=self.meant.values,
            document=self.rule.file.source.document,
            document_title=document[0] if document else None,
        )

    def _finding(self, statements: tuple[str, ...], source: str, used: TableUse) -> RuleFinding:
        document = self._document()
        return RuleFinding(
            rule=self.rule.reference,
            statements=statements,
            source_title=self.rule.file.title.get(self.language, self.rule.file.title["de"]),
            source_text=source,
            source_url=document[1] if document else None,
            office=self.rule.file.office,
            table=used,
            language=self.language,
        )

    def _document(self) -> tuple[str, str | None] | None:
        service = self.rule.file.source.document
        return self.documents.get((service, self.language)) or self.documents.get((service, "de"))

    def _as_written(self, folded: str) -> str:
        """A street's name as the citizen wrote it."""
        words = (word.strip('.,;:!?()„“"') for word in self.screened.text.split())
        return next((word for word in words if fold(word) == folded), folded.capitalize())
