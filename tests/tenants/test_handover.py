"""How a town takes questions over: what `tenant.yaml` may say about it."""

import pytest
from pydantic import ValidationError

from app.tenants.handover import Handover
from app.tenants.tenant import load_tenant
from tests.knowledge import copy_knowledge


def test_without_a_word_there_is_no_form() -> None:
    assert Handover() == Handover(form=False, working_days=None)


@pytest.mark.parametrize(
    "way",
    [
        {"mail": {"sender": "dienst@stadt.example"}},
        {"webhook": {"url": "https://intern.stadt.example/fragen"}},
        {"zammad": {"url": "https://zammad.stadt.example", "group": "Bürgerservice"}},
    ],
)
def test_replies_go_one_way(way: dict[str, object]) -> None:
    assert Handover.model_validate({"form": True, **way}).form


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail": {"sender": "a@b.example"}, "webhook": {"url": "https://b.example"}},
        {"mail": {"sender": "niemand"}},
        {"webhook": {"url": "ftp://b.example"}},
        {"working_days": 0},
        {"fax": "123"},
    ],
)
def test_anything_else_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Handover.model_validate(wrong)


def test_the_map_is_configured_or_switched_off(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = copy_knowledge(tmp_path_factory.mktemp("map") / "knowledge") / "musterstadt"
    assert load_tenant(folder).map_url == "https://www.openstreetmap.org/search?query={address}"
    path = folder / "tenant.yaml"
    path.write_text(path.read_text("utf-8") + "\nmap_url: null\n", encoding="utf-8")
    assert load_tenant(folder).map_url is None
