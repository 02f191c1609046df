"""Pages beside questions, with vectors that are random but the same every time: no embedder needed."""

import numpy as np

from app.models.evidence.features import Centre
from app.models.evidence.page import AskedPage
from app.models.evidence.rarity import WordRarity
from tests.index.samples import unit_vectors

DIMENSION = 16
CENTRE = Centre(np.full(DIMENSION, 0.05, dtype=np.float32), np.full(DIMENSION, -0.05, dtype=np.float32))
QUESTION = "Was kostet ein neuer Personalausweis?"
SENTENCES = (
    "Gebühren",
    "Ein Personalausweis kostet 37,00 Euro.",
    "Unter 24 Jahren sind es 22,80 Euro.",
    "Öffnungszeiten",
    "Montags ist von 8:00 bis 12:00 Uhr geöffnet.",
)
"""Two headings, with two lines below the first and one below the second."""
TOWN = WordRarity.of(
    [
        (" ".join(SENTENCES), "de"),
        ("Hund anmelden. Die Hundesteuer beträgt 90 Euro im Jahr.", "de"),
        ("Die Biotonne wird jede Woche geleert.", "de"),
    ]
)


def page(
    sentences: tuple[str, ...] = SENTENCES,
    question: str = QUESTION,
    *,
    title: str = "Personalausweis beantragen",
    language: str = "de",
) -> AskedPage:
    """A page with these sentences."""
    question_vector, title_vector, *rows = unit_vectors(len(sentences) + 2, DIMENSION)
    return AskedPage(
        question=question,
        question_vector=question_vector,
        title=title,
        title_vector=title_vector,
        sentences=sentences,
        sentence_vectors=np.array(rows, dtype=np.float32),
        language=language,
        rarity=TOWN,
    )
