"""The register follows what runs: model or none, here or elsewhere, switched on or off."""

import pytest

from app.answering.service import AnsweringService
from app.models.openai_compatible import OpenAICompatibleLanguageModel
from app.models.ports import Embedder
from app.settings import Settings
from app.starting import build_service
from app.switches.state import InForce
from app.tenants.tenant import Tenant
from app.transparency.build import energy_days
from app.transparency.models import is_remote
from app.transparency.register import ModelRole
from tests.transparency.samples import register_of

OWN = {ModelRole.EMBEDDING, ModelRole.EVIDENCE, ModelRole.SCREENING, ModelRole.RANKING, ModelRole.QUESTION_MAPS}


def test_every_model_has_its_files_hashes_and_licence(service: AnsweringService, settings: Settings) -> None:
    models = register_of(service, settings).models
    assert {model.role for model in models} == OWN | {ModelRole.LANGUAGE_MODEL}
    assert models[0].role is ModelRole.LANGUAGE_MODEL
    for model in models:
        assert model.files
        assert model.licence
        assert model.location == "local"
    embedder = next(model for model in models if model.role is ModelRole.EMBEDDING)
    assert embedder.files[0].sha256 == service.pipeline.embedder.info.revision
    assert embedder.licence == "MIT"


def test_without_a_language_model_nothing_is_said_to_be_generated(
    service: AnsweringService, settings: Settings, embedder: Embedder
) -> None:
    quoting = register_of(build_service(settings, embedder, None, service.records), settings)
    assert {model.role for model in quoting.models} == OWN
    assert quoting.models_note == "Es läuft kein Sprachmodell. Der Chatbot zitiert wörtlich."
    assert quoting.risk.articles == ("Art. 50(1)",)
    assert not any("KI-erzeugt" in reason for reason in quoting.risk.why)
    writing = register_of(service, settings)
    assert writing.models_note is None
    assert writing.risk.articles == ("Art. 50(1)", "Art. 50(2)")


def test_a_model_on_another_server_is_said_and_its_address_is_not(
    service: AnsweringService, settings: Settings, embedder: Embedder
) -> None:
    elsewhere = settings.model_copy(
        update={"llm_backend": "openai", "llm_model": "grosses-modell", "llm_base_url": "http://10.1.2.3:8080/v1"}
    )
    model = OpenAICompatibleLanguageModel(elsewhere)
    try:
        assert is_remote(model.info)
        register = register_of(build_service(elsewhere, embedder, model, service.records), elsewhere)
    finally:
        model.close()
    first = register.models[0]
    assert (first.name, first.location, first.files) == ("grosses-modell", "remote", ())
    assert first.licence == "nicht angegeben"
    assert "10.1.2.3" not in register.model_dump_json()
    assert "anderen Server" in register.data_note
    assert "Servers" in register.energy.method


@pytest.mark.parametrize(
    ("now", "state", "blocked"),
    [
        (InForce(), "running", 0),
        (InForce(generation_paused=True), "generation_paused", 0),
        (InForce(bot_paused=True, generation_paused=True), "paused", 0),
        (InForce(services=("wohngeld",), words=("wahl",)), "running", 2),
    ],
)
def test_what_is_switched_off_shows_at_once(
    service: AnsweringService, settings: Settings, now: InForce, state: str, blocked: int
) -> None:
    switched = AnsweringService(
        service.pipeline, service.generations, service.records, service.slots, service.power_watts, lambda *_: now
    )
    oversight = register_of(switched, settings).oversight
    assert (oversight.state, oversight.blocked) == (state, blocked)
    assert ("gesperrte" in oversight.state_text) == bool(blocked)


def test_retention_is_that_of_the_settings(service: AnsweringService, settings: Settings) -> None:
    short = settings.model_copy(update={"record_retention_days": 7})
    register = register_of(service, short)
    answer = next(entry for entry in register.data if entry.id == "answer")
    assert answer.retention_days == 7
    assert answer.retention.startswith("7 Tage")
    assert energy_days(short) == register.energy.days == 7
    assert energy_days(settings) == 30


def test_complaints_go_to_the_towns_contact_or_to_the_office_in_charge(
    service: AnsweringService, settings: Settings
) -> None:
    register = register_of(service, settings)
    town: Tenant = service.generations.active("musterstadt").tenant
    assert town.transparency.complaints is not None
    assert register.complaints.contact.email == town.transparency.complaints.email
    assert register.responsible.office.name == "Hauptamt"
    assert register.oversight.contact.name == "Bürgeramt"
    assert register.complaints.authority == "Datenschutzaufsicht, Land Nordrhein-Westfalen: LDI NRW"
