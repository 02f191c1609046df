"""Texts of another town: taken over as files, never unread into an answer, never over somebody's work."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from app.errors import InvalidInputError, KnowledgeError
from app.signing import make_signing_key, public_key
from app.tenants.tenant import load_tenant
from ingest.generation import publish
from ingest.prepared import checked_today
from ingest.sources.markdown import read_markdown
from ingest.taken_text import Fate
from ingest.texts_import import Order, TextsImport, import_texts
from tests.ingest.cheap_embedder import CheapEmbedder
from tests.ingest.towns import OTHER, export_other, exported_lines, forged, key_of_other, make_other_town
from tests.knowledge import TENANT, copy_knowledge, silent

SHARED = ("personalausweis", "personalausweis.en", "hund-anmelden")
OWN = ("sperrmuell", "hund-anmelden")
IMPORTED = Path("imported") / OTHER


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the other town's `knowledge`, `data` and `package`. Don't change it."""
    folder = tmp_path_factory.mktemp("other")
    export_other(make_other_town(folder / "knowledge", SHARED), folder / "data", folder / "package")
    return folder


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """The folder of the town that takes texts over."""
    return copy_knowledge(tmp_path / "knowledge", OWN) / TENANT


@pytest.fixture
def order(other: Path) -> Order:
    return Order("Bo", key_of_other(other / "data"))


def bring(town: Path, package: Path, order: Order) -> TextsImport:
    return import_texts(town.parent, town.parent.parent / "data", TENANT, package, order)


def fates(done: TextsImport) -> dict[str, Fate]:
    return {text.id: text.fate for text in done.texts}


def test_texts_become_files_but_those_that_the_town_has(town: Path, other: Path, order: Order) -> None:
    done = bring(town, other / "package", order)
    assert fates(done) == {
        "personalausweis": Fate.WRITTEN, "personalausweis-en": Fate.WRITTEN, "hund-anmelden": Fate.OWN,
    }  # fmt: skip
    assert done.texts[0].note == "this town has it: services/hund-anmelden.md"
    assert sorted(path.name for path in (town / IMPORTED).iterdir()) == ["personalausweis-en.md", "personalausweis.md"]
    assert (done.origin, done.folder, done.gone) == (OTHER, town / IMPORTED, ())


def test_none_is_published_before_somebody_of_this_town_reviewed_it(town: Path, other: Path, order: Order) -> None:
    done = bring(town, other / "package", order)
    (town / "sources.yaml").write_text(done.source_lines, "utf-8")
    data_dir = town.parent.parent / "data"
    with pytest.raises(KnowledgeError, match=r"personalausweis\.md:\d+: error invalid-field: 'reviewed_by': it is"):
        publish(town.parent, data_dir, TENANT, CheapEmbedder(), "Bo", silent)
    for path in (town / IMPORTED).iterdir():
        text = path.read_text("utf-8").replace("\nowner:\n", "\nowner: Bürgeramt\n")
        text = text.replace("\nreviewed_by:\nreviewed_on:\n", "\nreviewed_by: Bo\nreviewed_on: 2026-01-02\n")
        path.write_text(text, "utf-8")
    assert checked_today(town, data_dir, load_tenant(town)).errors == ()
    published = publish(town.parent, data_dir, TENANT, CheapEmbedder(), "Bo", silent)
    assert {entry.id for entry in published.documents} == {*(name.replace(".en", "-en") for name in SHARED), *OWN}
    assert fates(bring(town, other / "package", order))["personalausweis"] is Fate.KEPT


def test_texts_that_are_only_published_count_as_the_towns_own(town: Path, other: Path, order: Order) -> None:
    """Pages of a website have no file, and the website is not asked."""
    path = town / "services" / "personalausweis.md"
    shutil.copyfile(other / "knowledge" / OTHER / "services" / path.name, path)
    publish(town.parent, town.parent.parent / "data", TENANT, CheapEmbedder(), "Bo", silent)
    path.unlink()
    done = bring(town, other / "package", order)
    assert {text.id: text.note for text in done.texts if text.fate is Fate.OWN} == {
        "hund-anmelden": "this town has it: services/hund-anmelden.md",
        "personalausweis": "this town has it: what is published",
    }


def test_texts_of_a_third_town_that_wait_for_review_are_not_brought_twice(
    town: Path, other: Path, order: Order
) -> None:
    (town / "imported" / "neustadt").mkdir(parents=True)
    (town / "imported" / "neustadt" / "personalausweis.md").write_text("---\nid: personalausweis\n---\n", "utf-8")
    done = bring(town, other / "package", order)
    assert fates(done)["personalausweis"] is Fate.OWN


def test_edited_files_stay_until_somebody_wants_them_replaced(
    town: Path, other: Path, order: Order, tmp_path: Path
) -> None:
    bring(town, other / "package", order)
    path = town / IMPORTED / "personalausweis.md"
    written = path.read_text("utf-8")
    edited = written.replace("\nowner:\n", "\nowner: Bürgeramt\n")
    path.write_text(edited, "utf-8")
    assert fates(bring(town, other / "package", order)) == {
        "personalausweis": Fate.KEPT, "personalausweis-en": Fate.UNCHANGED, "hund-anmelden": Fate.OWN,
    }  # fmt: skip
    dearer = [line.replace("37,00", "46,00") for line in exported_lines(other / "data") if "personalausweis" in line]
    package = forged(tmp_path, other / "data", dearer)
    done = bring(town, package, order)
    assert fates(done) == {"personalausweis": Fate.DIFFERS, "personalausweis-en": Fate.UNCHANGED}
    assert path.read_text("utf-8") == edited
    assert fates(bring(town, package, replace(order, force=True)))["personalausweis"] is Fate.REPLACED
    assert "46,00 Euro" in path.read_text("utf-8")
    assert fates(bring(town, other / "package", order))["personalausweis"] is Fate.RENEWED
    assert path.read_text("utf-8") == written


def test_texts_that_the_other_town_withdrew_are_named(town: Path, other: Path, order: Order, tmp_path: Path) -> None:
    bring(town, other / "package", order)
    package = forged(tmp_path, other / "data", exported_lines(other / "data")[:1])
    assert bring(town, package, order).gone == ("personalausweis", "personalausweis-en")


def test_a_text_is_chosen_with_its_translations(town: Path, other: Path, order: Order) -> None:
    done = bring(town, other / "package", replace(order, only=frozenset(["personalausweis"])))
    assert fates(done) == {"personalausweis": Fate.WRITTEN, "personalausweis-en": Fate.WRITTEN}
    with pytest.raises(InvalidInputError, match="no text 'reisepass': --dry-run without --only lists"):
        bring(town, other / "package", replace(order, only=frozenset(["reisepass"])))


def test_the_office_is_one_of_this_town_or_left_for_its_editors(town: Path, other: Path, order: Order) -> None:
    with pytest.raises(InvalidInputError, match=r"has no office 'zoo': use one of .*buergeramt"):
        bring(town, other / "package", replace(order, office="zoo"))
    settings = yaml.safe_load((town / "tenant.yaml").read_text("utf-8"))
    settings["offices"] = [office for office in settings["offices"] if office["id"] != "buergeramt"]
    settings["default_office"] = "steueramt"
    (town / "tenant.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    assert bring(town, other / "package", order).unknown_offices == {"buergeramt": 2}
    assert "\noffice: buergeramt\n" in (town / IMPORTED / "personalausweis.md").read_text("utf-8")
    done = bring(town, other / "package", replace(order, office="steueramt"))
    assert (done.unknown_offices, fates(done)["personalausweis"]) == ({}, Fate.RENEWED)
    assert "\noffice: steueramt\n" in (town / IMPORTED / "personalausweis.md").read_text("utf-8")


def test_a_trial_writes_nothing_and_another_folder_leaves_the_usual_one(
    town: Path, other: Path, order: Order, tmp_path: Path
) -> None:
    assert fates(bring(town, other / "package", replace(order, dry_run=True)))["personalausweis"] is Fate.WRITTEN
    assert not (town / "imported").exists()
    bring(town, other / "package", order)
    elsewhere = bring(town, other / "package", replace(order, to=tmp_path / "look"))
    assert (fates(elsewhere)["personalausweis"], elsewhere.source_lines) == (Fate.WRITTEN, "")
    assert read_markdown(tmp_path / "look" / "personalausweis.md", "text").findings[0].message == "'owner': it is empty"


@pytest.mark.parametrize("name", ["../../../../tmp/evil", "/tmp/evil", "..", ".hidden", "a/b", "evil\n", "Evil", ""])
def test_no_id_leads_out_of_the_folder(town: Path, other: Path, order: Order, tmp_path: Path, name: str) -> None:
    line = exported_lines(other / "data")[0].replace('"id":"hund-anmelden"', f'"id":{yaml_text(name)}', 1)
    before = sorted(tmp_path.rglob("*"))
    package = forged(tmp_path / "knowledge", other / "data", [line])
    with pytest.raises(KnowledgeError, match=r"documents\.jsonl, line 1: 'id': "):
        bring(town, package, order)
    shutil.rmtree(package.with_suffix(""))
    package.unlink()
    assert [path for path in sorted(tmp_path.rglob("*")) if "data" not in path.parts] == before


def yaml_text(text: str) -> str:
    return '"' + text.replace("\n", "\\n") + '"'


@pytest.mark.parametrize("tenant", ["../musterdorf", "..", "Musterdorf", ""])
def test_no_town_name_leads_out_of_the_folder(
    town: Path, other: Path, order: Order, tmp_path: Path, tenant: str
) -> None:
    with pytest.raises(KnowledgeError, match="nothing was imported"):
        import_texts(town.parent, tmp_path / "data", TENANT, _named(tmp_path, other, tenant), order)


def _named(tmp_path: Path, other: Path, tenant: str) -> Path:
    package = forged(tmp_path, other / "data", exported_lines(other / "data"))
    content = package.read_bytes()
    package.write_bytes(content.replace(f'"tenant": "{OTHER}"'.encode(), f'"tenant": "{tenant}"'.encode()))
    return package


def test_a_link_in_the_place_of_a_file_is_not_followed(town: Path, other: Path, order: Order, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", "utf-8")
    (town / IMPORTED).mkdir(parents=True)
    (town / IMPORTED / "personalausweis.md").symlink_to(victim)
    assert fates(bring(town, other / "package", replace(order, force=True)))["personalausweis"] is Fate.REPLACED
    assert victim.read_text("utf-8") == "mine"


def test_what_no_file_can_hold_is_named_and_the_others_are_written(
    town: Path, other: Path, order: Order, tmp_path: Path
) -> None:
    lines = exported_lines(other / "data")
    lines[0] = lines[0].replace('"hund-anmelden"', '"hund"', 1).replace('"license":"', '"license":"\\u0007', 1)
    done = bring(town, forged(tmp_path, other / "data", lines), order)
    assert fates(done) == {"hund": Fate.UNFIT, "personalausweis": Fate.WRITTEN, "personalausweis-en": Fate.WRITTEN}
    assert "U+0007 is not allowed" in done.texts[0].note


def test_a_folder_that_cannot_be_written_is_told(town: Path, other: Path, order: Order) -> None:
    (town / "imported").write_text("a file", "utf-8")
    with pytest.raises(KnowledgeError, match=r"imported.* cannot be written .* run it again"):
        bring(town, other / "package", order)


def test_own_texts_are_no_other_towns(other: Path, order: Order) -> None:
    with pytest.raises(KnowledgeError, match=f"the texts of '{OTHER}' itself: import the generation, without --texts"):
        import_texts(other / "knowledge", other / "data", OTHER, other / "package", order)


def test_a_key_is_trusted_for_one_towns_texts_alone(town: Path, other: Path, tmp_path: Path) -> None:
    """Whoever may share texts cannot send whole generations, nor texts in the name of a third town."""
    key = key_of_other(other / "data")
    with pytest.raises(KnowledgeError, match=rf"signed by {key}, whom '{TENANT}' doesn't know as '{OTHER}'.*--trust"):
        bring(town, other / "package", Order("Bo", public_key(make_signing_key(tmp_path / "else", "town"))))
    bring(town, other / "package", Order("Bo", key))
    bring(town, other / "package", Order("Bo"))
    lines = exported_lines(other / "data")
    with pytest.raises(KnowledgeError, match="doesn't know as 'neustadt'"):
        bring(town, forged(tmp_path, other / "data", lines, tenant="neustadt"), Order("Bo"))
