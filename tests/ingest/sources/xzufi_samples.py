"""Deliveries in XZuFi for tests, written by hand."""

import shutil
from pathlib import Path

from app.settings import PROJECT_ROOT
from tests.knowledge import TENANT

NAMESPACE = "http://xoev.de/schemata/xzufi/2_2_0"


def town(folder: Path) -> Path:
    """A folder with the offices of Musterstadt and an empty folder `xzufi`."""
    (folder / "xzufi").mkdir(parents=True)
    shutil.copyfile(PROJECT_ROOT / "knowledge" / TENANT / "tenant.yaml", folder / "tenant.yaml")
    return folder


def message(*parts: str, namespace: str = NAMESPACE, version: str = "2.2") -> str:
    """A transfer with these `schreibe` and `loesche`."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<x:transfer xmlns:x="{namespace}" xzufiVersion="{version}"><x:nachrichtenkopf/>\n'
        + "\n".join(parts)
        + "\n</x:transfer>"
    )


def write(*parts: str) -> str:
    return f"<x:schreibe>{''.join(parts)}</x:schreibe>"


def delete(key: str, kind: str = "Leistung") -> str:
    return f'<x:loesche klasse="{kind}"><x:id schemeAgencyID="L1">{key}</x:id></x:loesche>'


def service(key: str = "7", *parts: str, title: str = "Hund anmelden") -> str:
    """A service with a title, a full text and whatever else."""
    return (
        f'<x:leistung><x:id schemeAgencyID="L1" schemeID="s">{key}</x:id>'
        + module("03", title)
        + module("06", f"Wer einen Hund hält, meldet ihn an. ({key})")
        + "".join(parts)
        + "</x:leistung>"
    )


def module(code: str, text: str, language: str = "de", links: str = "") -> str:
    """A text module in one language; `text` is put in as it is, so that it may hold escaped HTML or CDATA."""
    return (
        f"<x:modulText><x:leikaTextmodul><code>{code}</code></x:leikaTextmodul>"
        f'<x:inhalt languageCode="{language}">{text}</x:inhalt>{links}</x:modulText>'
    )


def unit(key: str, name: str, *services: str) -> str:
    return (
        f'<x:organisationseinheit><x:id schemeAgencyID="L1">{key}</x:id>'
        f'<x:name><x:name languageCode="de">{name}</x:name></x:name>{responsibilities(*services)}'
        "</x:organisationseinheit>"
    )


def online(key: str, address: str, *services: str) -> str:
    return (
        f'<x:onlinedienst><x:id schemeAgencyID="L1">{key}</x:id><x:bezeichnung>Online</x:bezeichnung>'
        f'<x:link><x:link languageCode="de">{address}</x:link></x:link>{responsibilities(*services)}</x:onlinedienst>'
    )


def responsibilities(*services: str) -> str:
    return "".join(
        f'<x:zustaendigkeit><x:leistungID schemeAgencyID="L1">{key}</x:leistungID><x:rolle><code>1</code></x:rolle>'
        "</x:zustaendigkeit>"
        for key in services
    )
