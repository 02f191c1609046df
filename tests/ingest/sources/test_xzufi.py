"""Deliveries in XZuFi: what holds after all messages, and what is wrong with them."""

from datetime import date
from pathlib import Path

import pytest

from app.index.modules import ModuleKind
from ingest.document import ServiceDocument
from ingest.sources.config import Defaults, XzufiSource
from ingest.sources.result import ReadResult
from ingest.sources.xzufi import read_xzufi
from tests.ingest.sources.xzufi_samples import delete, message, module, online, service, town, unit, write

RELEASE = (
    "<x:modulFachlicheFreigabe><x:fachlichFreigegebenAm>2026-02-03T10:00:00+01:00</x:fachlichFreigegebenAm>"
    '<x:fachlichFreigegebenDurch languageCode="de">Steueramt Musterstadt</x:fachlichFreigegebenDurch>'
    "</x:modulFachlicheFreigabe>"
)
DEFAULTS = Defaults(
    office="buergeramt", license="CC BY 4.0", owner="Stadt", reviewed_by="Fachaufsicht", reviewed_on=date(2026, 1, 15)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return town(tmp_path / "musterstadt")


def deliver(folder: Path, *messages: str) -> None:
    for number, text in enumerate(messages, start=1):
        (folder / "xzufi" / f"{number}.xml").write_text(text, encoding="utf-8")


def results(folder: Path, **options: dict[str, str]) -> list[ReadResult]:
    return list(read_xzufi(folder, XzufiSource(path="xzufi", defaults=DEFAULTS, **options)))


def documents(folder: Path) -> dict[str, ServiceDocument]:
    return {result.document.id: result.document for result in results(folder) if result.document is not None}


def codes(folder: Path) -> list[tuple[str, str]]:
    return [(finding.file, finding.code) for result in results(folder) for finding in result.findings]


def texts(document: ServiceDocument) -> dict[ModuleKind, str]:
    return {module.kind: module.text for module in document.modules}


def test_a_service_becomes_a_document(folder: Path) -> None:
    parts = (
        "<x:referenzLeiKa><code>99110014012000</code></x:referenzLeiKa>",
        module("02", "Hundesteuer Anmeldung"),
        module("08", "&lt;ul&gt;&lt;li&gt;Ausweis&lt;/li&gt;&lt;li&gt;Impfpass&lt;/li&gt;&lt;/ul&gt;"),
        "<x:modulBegriffImKontext><x:begriffImKontext><x:begriff languageCode='de'>Hundemarke</x:begriff>"
        "<x:typ><code>1</code></x:typ></x:begriffImKontext></x:modulBegriffImKontext>",
        "<x:modulUrsprungsportal><x:uri>https://portal.example/7</x:uri></x:modulUrsprungsportal>",
        "<x:gueltigkeit><x:beginn>2026-01-01</x:beginn><x:ende>2027-12-31</x:ende></x:gueltigkeit>",
        RELEASE,
    )
    deliver(folder, message(write(service("7", *parts))))
    (document,) = documents(folder).values()
    assert (document.id, document.title, document.language) == ("l1-7", "Hund anmelden", "de")
    assert document.leika_key == "99110014012000"
    assert document.synonyms == ("Hundemarke", "Hundesteuer Anmeldung")
    assert (document.reviewed_on, document.reviewed_by) == (date(2026, 2, 3), "Steueramt Musterstadt")
    assert (document.valid_from, document.valid_until) == (date(2026, 1, 1), date(2027, 12, 31))
    assert document.source_url == "https://portal.example/7"
    assert texts(document) == {
        ModuleKind.FULL_TEXT: "Wer einen Hund hält, meldet ihn an. (7)",
        ModuleKind.REQUIRED_DOCUMENTS: "- Ausweis\n- Impfpass",
    }
    assert codes(folder) == []


def test_every_text_module_has_its_place(folder: Path) -> None:
    kinds = {
        "05": ModuleKind.TEASER, "07": ModuleKind.LEGAL_BASIS, "09": ModuleKind.PREREQUISITES,
        "11": ModuleKind.PROCEDURE, "14": ModuleKind.FORMS, "16": ModuleKind.NOTES,
        "22": ModuleKind.RESPONSIBLE_OFFICE, "23": ModuleKind.CONTACT, "25": ModuleKind.LEGAL_REMEDY,
    }  # fmt: skip
    deliver(folder, message(write(service("7", *(module(code, f"Text {code}.") for code in kinds)))))
    (document,) = documents(folder).values()
    read = texts(document)
    assert {kind: f"Text {code}." for code, kind in kinds.items()}.items() <= read.items()


def test_notes_and_further_information_become_one_module_with_links(folder: Path) -> None:
    link = (
        '<x:weiterfuehrenderLink languageCode="de"><x:uri>https://www.musterstadt.example/hund</x:uri>'
        "<x:titel>Hunde [neu]</x:titel></x:weiterfuehrenderLink><x:weiterfuehrenderLink><x:uri>javascript:x</x:uri>"
        "</x:weiterfuehrenderLink>"
    )
    deliver(folder, message(write(service("7", module("16", "Ein Hinweis."), module("15", "Mehr dazu:", links=link)))))
    (document,) = documents(folder).values()
    assert texts(document)[ModuleKind.NOTES] == (
        "Ein Hinweis.\n\nMehr dazu:\n\n- [Hunde neu](https://www.musterstadt.example/hund)"
    )


def test_languages_become_translations(folder: Path) -> None:
    parts = (module("03", "Register a dog", "en"), module("06", "Register your dog.", "en"),
             module("06", "Sie haben einen Hund. Melden Sie ihn an.", "de-x-leicht"))  # fmt: skip
    deliver(folder, message(write(service("7", *parts))))
    read = documents(folder)
    assert {name: (each.language, each.variant, each.translation_of) for name, each in read.items()} == {
        "l1-7": ("de", "standard", None),
        "l1-7-en": ("en", "standard", "l1-7"),
        "l1-7-de-leicht": ("de", "leicht", "l1-7"),
    }
    assert read["l1-7-en"].title == "Register a dog"
    assert texts(read["l1-7-en"]) == {ModuleKind.FULL_TEXT: "Register your dog."}


def test_units_name_the_office_and_online_services_the_address(folder: Path) -> None:
    deliver(
        folder,
        message(
            write(service("7")), write(unit("u", "Stadt Musterstadt - Steueramt", "7")),
            write(online("o", "https://online.musterstadt.example/hund", "7")),
            write(service("8")), write(unit("v", "Fachdienst 32", "8")),
        ),
    )  # fmt: skip
    read = documents(folder)
    assert read["l1-7"].office == "steueramt"
    assert read["l1-7"].online_service_url == "https://online.musterstadt.example/hund"
    assert read["l1-8"].office == "Fachdienst 32", "the check for unknown offices reports it"


def test_the_source_s_table_names_offices_that_names_don_t_tell(folder: Path) -> None:
    deliver(folder, message(write(service("7")), write(unit("u", "Fachdienst 32", "7"))))
    (result,) = results(folder, offices={"fachdienst 32": "steueramt"})
    assert result.document is not None
    assert result.document.office == "steueramt"


def test_responsibilities_of_a_transfer_count_too(folder: Path) -> None:
    relation = (
        '<x:zustaendigkeitTransferObjekt><x:organisationseinheitID schemeAgencyID="L1">u</x:organisationseinheitID>'
        '<x:zustaendigkeit><x:leistungID schemeAgencyID="L1">7</x:leistungID></x:zustaendigkeit>'
        "</x:zustaendigkeitTransferObjekt>"
    )
    deliver(folder, message(write(service("7")), write(relation), write(unit("u", "Einwohnermeldeamt"))))
    assert documents(folder)["l1-7"].office == "buergeramt"


def test_later_messages_replace_and_delete(folder: Path) -> None:
    deliver(
        folder,
        message(write(service("7", title="alt")), write(service("8")), write(unit("u", "Steueramt", "7"))),
        message(write(service("7", title="neu")), delete("8"), delete("u", "Organisationseinheit")),
    )
    read = documents(folder)
    assert {name: (each.title, each.office) for name, each in read.items()} == {"l1-7": ("neu", "buergeramt")}


def test_a_service_written_after_its_deletion_is_there(folder: Path) -> None:
    deliver(folder, message(write(service("7")), delete("7"), write(service("7"))))
    assert list(documents(folder)) == ["l1-7"]


def test_deleting_what_is_not_there_is_reported(folder: Path) -> None:
    deliver(folder, message(write(service("7")), delete("9"), delete("7", "Onlinedienst")))
    assert codes(folder) == [("xzufi/1.xml", "xzufi-deletes-nothing")] * 2
    assert list(documents(folder)) == ["l1-7"]


def test_index_txt_says_which_files_and_in_which_order(folder: Path) -> None:
    deliver(folder, message(write(service("7", title="eins"))), message(write(service("7", title="zwei"))), message())
    (folder / "xzufi" / "index.txt").write_text("2.xml\r\n\r\n1.xml\r\n4.xml\n../tenant.yaml\n", encoding="utf-8-sig")
    assert documents(folder)["l1-7"].title == "eins"
    assert [(result.findings[0].code, result.findings[0].line) for result in results(folder) if result.findings] == [
        ("xzufi-index", 4),
        ("outside-folder", 5),
        ("unread-file", 0),
    ]


def test_a_single_file_is_a_delivery_and_may_hold_services_directly(folder: Path) -> None:
    text = message(service("7"))
    (folder / "services.xml").write_text(text, encoding="utf-8")
    (result,) = read_xzufi(folder, XzufiSource(path="services.xml", defaults=DEFAULTS))
    assert result.document is not None
    assert result.name == "services.xml#L1_7"


def test_one_broken_service_doesn_t_lose_the_others(folder: Path) -> None:
    parts = (
        "<x:leistung><x:modulText/></x:leistung>",
        service("7", "<x:gueltigkeit><x:beginn>bald</x:beginn></x:gueltigkeit>", module("77", "Neues")),
        '<x:leistung><x:id schemeAgencyID="L1">8</x:id></x:leistung>',
        service("9"),
    )
    deliver(folder, message(*(write(part) for part in parts)))
    assert set(documents(folder)) == {"l1-7", "l1-9"}
    assert codes(folder)[:3] == [
        ("xzufi/1.xml", "xzufi-without-id"),
        ("xzufi/1.xml#L1_7", "xzufi-date"),
        ("xzufi/1.xml#L1_7", "xzufi-unknown-module"),
    ]


def test_other_versions_are_read_with_a_warning(folder: Path) -> None:
    deliver(
        folder,
        message(write(service("7")), namespace="http://xoev.de/schemata/xzufi/2_3_0"),
        message(write(service("8")), version="2.1.0"),
    )
    assert set(documents(folder)) == {"l1-7", "l1-8"}
    assert codes(folder) == [("xzufi/1.xml", "xzufi-version"), ("xzufi/2.xml", "xzufi-version")]


ENTITY_IN_ENTITY = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "damaged-file"),
        ("<x:a", "xzufi-root"),
        ("<x:a/>", "xzufi-root"),
        (message(write(service("7")))[:-40], "damaged-file"),
        (message(write(service("7", "<x:a>&unknown;</x:a>"))), "damaged-file"),
        ("<html><body/></html>", "xzufi-root"),
        (
            f'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>{message(write(service("7", "&e;")))[39:]}',
            "unsafe-xml",
        ),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', "unsafe-xml"),
        (f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITY_IN_ENTITY}]><a>&e11;</a>', "unsafe-xml"),
        (message("<x:a>" * 100_000), "damaged-file"),
    ],
)
def test_a_hostile_or_broken_file_is_one_finding_and_the_next_is_read(folder: Path, text: str, code: str) -> None:
    deliver(folder, text, message(write(service("8"))))
    assert codes(folder) == [("xzufi/1.xml", code)]
    assert list(documents(folder)) == ["l1-8"]


def test_entities_in_attributes_don_t_grow(folder: Path) -> None:
    deliver(folder, f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITY_IN_ENTITY}]><a b="&e11;"/>', message(write(service("8"))))
    assert codes(folder) in ([("xzufi/1.xml", "unsafe-xml")], [("xzufi/1.xml", "damaged-file")])


def test_a_folder_without_files_says_so(folder: Path) -> None:
    assert codes(folder) == [("xzufi", "no-texts")]


def test_ids_are_stable_and_distinct(folder: Path) -> None:
    long = "x" * 80
    deliver(folder, message(*(write(service(key)) for key in (f"{long}a", f"{long}b", "ä", "ö"))))
    ids = list(documents(folder))
    assert len(set(ids)) == 4
    assert list(documents(folder)) == ids
