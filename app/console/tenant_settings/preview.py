"""What citizens would see of settings: the widget's first words, and an office's card at this moment."""

from dataclasses import dataclass
from datetime import datetime

from app.answering.compose import disclosure, office_card
from app.answering.values import OfficeCard
from app.tenants.tenant import Tenant
from app.wording.catalog import catalog
from app.wording.direction import direction


@dataclass(frozen=True, slots=True)
class Opening:
    """The widget before the first question, in one language."""

    language: str
    dir: str
    disclosure: str
    greeting: str
    questions: tuple[str, ...]


def openings(tenant: Tenant) -> tuple[Opening, ...]:
    """One for each of the town's languages."""
    return tuple(
        Opening(
            language=language,
            dir=direction(language),
            disclosure=disclosure(tenant, catalog(language)),
            greeting=tenant.greeting.get(language, tenant.greeting["de"]),
            questions=tenant.suggested_questions.get(language, ()),
        )
        for language in tenant.languages
    )


def card(tenant: Tenant, office_id: str, now: datetime) -> OfficeCard:
    """An office as citizens see it now, in German."""
    return office_card(tenant.office(office_id), tenant, now, catalog("de"))
