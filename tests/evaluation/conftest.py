"""The real embedder once a session, and a few pages of an imaginary town."""

from dataclasses import replace

import pytest

from app.answering.weights import Weights, load_weights
from app.models.embedder import SentenceTransformerEmbedder
from app.models.ports import Embedder
from app.settings import Settings
from evaluation.passages_file import Page

_PAGES = {
    "ausweis": (
        "Personalausweis",
        "Ein neuer Personalausweis kostet 37 Euro.",
        "Bringen Sie ein biometrisches Foto mit.",
    ),
    "hund": (
        "Hund anmelden",
        "Die Hundesteuer beträgt 90 Euro im Jahr.",
        "Melden Sie Ihren Hund binnen zwei Wochen an.",
    ),
    "muell": ("Biotonne", "Die Biotonne wird jede Woche geleert.", "Im Winter kommt die Müllabfuhr alle zwei Wochen."),
    "parken": ("Bewohnerparkausweis", "Der Parkausweis gilt ein Jahr.", "Sie brauchen dafür Ihren Fahrzeugschein."),
    "kita": ("Kitaplatz", "Melden Sie Ihr Kind bis zum 31. Januar an.", "Über den Platz entscheidet die Kita."),
    "heirat": ("Eheschließung", "Trauungen finden freitags und samstags statt.", "Beide brauchen eine Geburtsurkunde."),
}


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return SentenceTransformerEmbedder.load(Settings())


@pytest.fixture(scope="session")
def decided() -> Weights:
    """Always answers, with the single best sentence: tests stay valid whatever the thresholds are fitted to."""
    return replace(load_weights().certain, sentence_share=1.0)


@pytest.fixture(scope="session")
def pages() -> tuple[Page, ...]:
    return tuple(
        Page(id=f"{service}-de", service=service, title=title, sentences=tuple(sentences), language="de")
        for service, (title, *sentences) in _PAGES.items()
    )
