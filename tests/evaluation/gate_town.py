"""A small town with gold questions that the product answers rightly by quoting."""

from pathlib import Path

from app.models.ports import Embedder
from app.settings import Settings
from evaluation.publishing_gate import GoldExaminer
from tests.knowledge import TENANT, set_publishing

GOLD = """
- {id: hund, split: dev, question: "Was kostet die Hundesteuer für einen Hund im Jahr?", language: de,
   kind: answerable, services: [hund-anmelden], facts: ["96,00 Euro"]}
- {id: ausweis, split: dev, question: "Wie lange dauert es, bis der Personalausweis fertig ist?", language: de,
   kind: answerable, services: [personalausweis], facts: ["3 Wochen"]}
- {id: mensch, split: dev, question: "Bist du ein Mensch?", language: de, kind: small_talk}
- {id: mars, split: dev, question: "Wann fliegt der Bus zum Mars?", language: de, kind: unanswerable}
"""


def write_gold(knowledge_dir: Path, text: str = GOLD) -> None:
    """Writes the town's only gold file, and sets a goal that one of its two answerable questions may miss."""
    town = knowledge_dir / TENANT
    (town / "gold").mkdir(exist_ok=True)
    (town / "gold" / "dev.yaml").write_text(text, encoding="utf-8")
    set_publishing(knowledge_dir, right=0.5, right_refusals=0)


def raise_dog_tax(knowledge_dir: Path) -> None:
    """Changes the one figure that a gold question asks for."""
    path = knowledge_dir / TENANT / "services" / "hund-anmelden.md"
    text = path.read_text("utf-8")
    assert "ein Hund: 96,00 Euro" in text
    path.write_text(text.replace("ein Hund: 96,00 Euro", "ein Hund: 98,00 Euro"), "utf-8")


def quoting_examiner(knowledge_dir: Path, embedder: Embedder) -> GoldExaminer:
    """The real examiner without a language model."""
    return GoldExaminer(Settings(knowledge_dir=knowledge_dir, llm_backend="none"), embedder, None)


class CountedSteps:
    """A progress that keeps how many questions each step asked."""

    def __init__(self) -> None:
        self.asked: dict[str, int] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        self.asked[step] = total
