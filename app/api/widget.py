"""What the widget shows before the first question."""

from fastapi import APIRouter

from app.answering.compose import disclosure, office_card, pause_notice
from app.api.answer_parts import OfficeOut
from app.api.dependencies import RunningDep
from app.api.widget_schemas import HandoverConfig, NoticeOut, PrivacyOut, WidgetConfig
from app.wording.catalog import catalog
from app.wording.direction import direction
from app.wording.widget import widget_texts

router = APIRouter(tags=["widget"])


@router.get("/api/v1/{tenant}/widget")
def config(tenant: str, running: RunningDep, language: str = "de") -> WidgetConfig:
    """Greeting, disclosure, privacy notice and interface texts in a language; German where it has none."""
    town = running.service.generations.active(tenant).tenant
    spoken = language if language in town.languages else "de"
    wording = catalog(spoken)
    now = running.clock()
    card = OfficeOut.of(office_card(town.office(town.default_office), town, now, wording))
    assert card is not None
    switches = running.service.switches(tenant, now)
    notices = pause_notice(switches, town, wording) if switches.bot_paused else ()
    return WidgetConfig(
        tenant=town.id,
        name=town.name,
        language=spoken,
        languages=town.languages,
        dir=direction(spoken),
        greeting=town.greeting.get(spoken, town.greeting["de"]),
        disclosure=disclosure(town, wording),
        privacy=PrivacyOut(**town.privacy.model_dump(), retention_days=running.settings.record_retention_days),
        suggested_questions=town.suggested_questions.get(spoken, ()),
        texts=dict(widget_texts(spoken)),
        office=card,
        map_url=town.map_url,
        handover=HandoverConfig(form=town.handover.form, retention_days=running.settings.handover_retention_days),
        notices=[NoticeOut.model_validate(notice) for notice in notices],
    )
