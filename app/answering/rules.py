"""Rules before models: opening hours and contact data are answered from the town's own tables."""

import re
from collections.abc import Sequence
from datetime import datetime

from app.answering.asked_day import AskedDay, find_day
from app.answering.folding import fold
from app.answering.hours_at_time import HoursAsked
from app.answering.hours_text import long_date, office_in_sentence, sentence, spans_in_table
from app.answering.office_names import PLACEHOLDER, OfficeMention, find_offices
from app.answering.opening_hours import HoursAnswer, answer_hours
from app.answering.other_town import means_other_town
from app.answering.rule_spelling import spelled_for_rules
from app.answering.rule_words import RuleWords, rule_words
from app.answering.values import Question, RuleFinding, Screened, Status, Turn
from app.tenants.calendar import DayHours
from app.tenants.office import WEEKDAYS, Office
from app.tenants.tenant import Tenant
from app.wording.catalog import Catalog, catalog

OPENING_HOURS_RULE = "opening-hours@1"
OFFICE_CONTACT_RULE = "office-contact@1"
_MOST_OFFICES = 3
"""A question that names more offices than this asks for something else."""
_FACETS = ("address", "phone", "email", "website")


def apply_rules(screened: Screened, question: Question, tenant: Tenant, topic_office: str | None) -> RuleFinding | None:
    """The answer to a question about opening hours or contact data; None for every other question.

    `topic_office` (id of the office that the conversation is about) is meant when the question names none.
    """
    words = rule_words()
    now = question.asked_at.astimezone(tenant.zone)
    text = fold(spelled_for_rules(screened.text, screened.language, tenant))
    if means_other_town(text, tenant):
        return None
    named = find_offices(text, tenant)
    asked = find_day(named.text, now.date())
    bare = not named.mentions and words.hours.elliptical.search(asked.text) is not None
    if bare and not _told_hours(question.history):
        return None
    mentions = named.mentions or _unnamed_office(asked.text, tenant, topic_office, words)
    if not mentions or len(mentions) > _MOST_OFFICES or asked.impossible:
        return None
    text = asked.text if named.mentions else _with_office(asked.text, words)
    wording = catalog(screened.language)
    if bare or _asks_hours(text, words):
        return _hours_finding(text, asked, mentions, tenant, wording, now)
    facets = _asked_facets(text, words)
    return _contact_finding(facets, mentions, wording) if facets else None


def _told_hours(history: Sequence[Turn]) -> bool:
    """Whether the last answer was about an office itself, so that "Bis wann?" means its doors, no deadline."""
    last = history[-1] if history else None
    return last is not None and last.status is Status.ANSWERED_BY_RULE and last.topic_document_id is None


def _unnamed_office(text: str, tenant: Tenant, topic_office: str | None, words: RuleWords) -> tuple[OfficeMention, ...]:
    """The town hall or the conversation's office, when nothing else is named; else nothing.

    "Hat die Post offen?" names something that is none of the town's offices and must not be answered.
    """
    generic = words.default_office.search(text)
    rest = words.hours.noun.sub(" ", words.default_office.sub(" ", text))
    own_name = set(fold(tenant.name).split())
    content = [word for word in re.findall(r"[^\W\d_@]{2,}", re.sub(r"@\w+", " ", rest)) if word not in own_name]
    if not all(words.is_function_word(word) for word in content):
        return ()
    if generic is None and topic_office is not None:
        office = tenant.office(topic_office)
        return (OfficeMention(office, office.name),)
    office = tenant.office(tenant.default_office)
    return (OfficeMention(office, generic.group().title() if generic else office.name),)


def _with_office(text: str, words: RuleWords) -> str:
    """The question as if it had named the office that is meant."""
    if words.default_office.search(text):
        return words.default_office.sub(PLACEHOLDER, text)
    return f"{text.rstrip(' ?')} {PLACEHOLDER} ?"


def _asks_hours(text: str, words: RuleWords) -> bool:
    if words.hours.unless.search(text):
        return False
    if words.hours.noun.search(text) or any(pattern.search(text) for pattern in words.hours.verb):
        return True
    return _asks_for_a_visit(text, words)


def _asks_for_a_visit(text: str, words: RuleWords) -> bool:
    """Whether nothing is said but an office, a time, and that somebody comes or is there: no topic is left over."""
    if not words.hours.moment.search(text) or words.hours.elsewhere.search(text):
        return False
    rest = re.sub(r"@\w+", " ", text)
    said = [word for word in re.findall(r"[^\W\d_]{2,}", rest) if not words.is_function_word(word)]
    return bool(words.hours.visit.search(rest)) and all(words.hours.visit.fullmatch(word) for word in said)


def _hours_finding(
    text: str, asked: AskedDay, mentions: tuple[OfficeMention, ...], tenant: Tenant, wording: Catalog, now: datetime
) -> RuleFinding:
    hours = rule_words().hours
    asks_verb = hours.yes_no.search(text) is not None
    yes_no = asks_verb or not (hours.when.search(text) or hours.noun.search(text))
    asks_closed = hours.closed.search(text) is not None and hours.open.search(text) is None
    asks_change = hours.change.search(text) is not None
    answers = [
        answer_hours(HoursAsked(mention, tenant, wording, now, asked, yes_no, asks_closed, asks_change))
        for mention in mentions
    ]
    first = mentions[0].office
    return RuleFinding(
        rule=OPENING_HOURS_RULE,
        statements=tuple(text for answer in answers for text in answer.statements),
        source_title=_title(mentions, wording),
        source_text="\n\n".join(
            _source_text(mention.office, answer.days, wording, now)
            for mention, answer in zip(mentions, answers, strict=True)
        ),
        source_url=first.url,
        office=first.id,
        facts=_facts(answers[0]),
    )


def _asked_facets(text: str, words: RuleWords) -> tuple[str, ...]:
    contact = words.contact
    if contact.unless.search(text):
        return ()
    patterns = {
        "address": contact.address,
        "phone": contact.phone,
        "email": contact.email,
        "website": contact.website,
    }
    asked = tuple(facet for facet in _FACETS if any(pattern.search(text) for pattern in patterns[facet]))
    if not asked and any(pattern.search(text) for pattern in contact.all):
        return ("address", "phone", "email")
    return asked


def _contact_finding(facets: tuple[str, ...], mentions: tuple[OfficeMention, ...], wording: Catalog) -> RuleFinding:
    first = mentions[0].office
    return RuleFinding(
        rule=OFFICE_CONTACT_RULE,
        statements=tuple(
            text for mention in mentions for facet in facets for text in _facet_statements(facet, mention, wording)
        ),
        source_title=_title(mentions, wording),
        source_text="\n\n".join(_source_text(mention.office, (), wording, None) for mention in mentions),
        source_url=first.url,
        office=first.id,
        facts={"asked": ", ".join(facets)},
    )


def _facet_statements(facet: str, mention: OfficeMention, wording: Catalog) -> list[str]:
    office = mention.office
    values = {"address": _address(office), "phone": office.phone, "email": office.email, "url": office.url}
    title = office_in_sentence(wording, mention)
    statements = [sentence(wording.text(f"rule.contact.{facet}", office=title, **values))]
    if facet == "address" and office.step_free is not None:
        statements.append(wording.text("rule.contact.step_free" if office.step_free else "rule.contact.not_step_free"))
    return statements


def _title(mentions: tuple[OfficeMention, ...], wording: Catalog) -> str:
    names = ", ".join(mention.office.name_in(wording.language) for mention in mentions)
    return wording.text("rule.hours.title", office=names)


def _source_text(office: Office, days: tuple[DayHours, ...], wording: Catalog, now: datetime | None) -> str:
    """Name, contact data, the week, and the days that the answer rests on, one a line."""
    lines = [
        office.name_in(wording.language),
        wording.text("rule.source.address", value=_address(office)),
        wording.text("rule.source.phone", value=office.phone),
        wording.text("rule.source.email", value=office.email),
        wording.text("rule.source.website", value=office.url),
    ]
    if office.step_free is not None:
        lines.append(wording.text("rule.source.step_free" if office.step_free else "rule.source.not_step_free"))
    for weekday in WEEKDAYS:
        spans = spans_in_table(wording, office.hours.get(weekday, ()))
        lines.append(wording.text("rule.source.day", day=wording.text(f"weekday.{weekday}"), hours=spans))
    for hours in days:
        key = "rule.source.day_with_reason" if hours.reason else "rule.source.day"
        spans = spans_in_table(wording, hours.spans)
        lines.append(wording.text(key, day=long_date(wording, hours.day), hours=spans, reason=hours.reason or ""))
    if now is not None:
        lines.append(wording.text("rule.source.asked", date=long_date(wording, now.date()), time=f"{now:%H:%M}"))
    return "\n".join(lines)


def _facts(answer: HoursAnswer) -> dict[str, str]:
    facts = {} if answer.open is None else {"open": "yes" if answer.open else "no"}
    if answer.days:
        first = answer.days[0]
        facts |= {"date": first.day.isoformat(), "ground": first.ground.value, "reason": first.reason or ""}
    return facts


def _address(office: Office) -> str:
    return f"{office.address.street}, {office.address.postal_code} {office.address.city}"
