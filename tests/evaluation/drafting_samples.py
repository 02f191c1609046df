"""A few written pages for the tests of drafting: one town, one page in three styles."""

from pathlib import Path

import yaml

from evaluation.drafting_pages import WrittenPage, read_pages


def page_data(**changes: object) -> dict[str, object]:
    """One valid page as its YAML would give it, with some fields changed."""
    return {
        "id": "hund",
        "title": "Hund anmelden",
        "language": "de",
        "sections": [
            {"kind": "full_text", "sentences": {"f1": "Melden Sie Ihren Hund binnen zwei Wochen an."}},
            {
                "kind": "costs",
                "sentences": {
                    "k1": "Die Hundesteuer beträgt 90 Euro im Jahr.",
                    "k2": "Für Blindenhunde zahlen Sie keine Steuer.",
                    "k3": "Die Hundemarke ist kostenlos.",
                },
            },
        ],
        "questions": [
            {
                "ask": "Was kostet mein Hund und bis wann muss er angemeldet sein?",
                "form": "twofold",
                "evidence": ["k1", "f1"],
                "answer": [
                    {"says": "Die Hundesteuer beträgt 90 Euro im Jahr.", "from": ["k1"]},
                    {"says": "Melden Sie Ihren Hund binnen zwei Wochen an.", "from": ["f1"]},
                ],
            },
            {
                "ask": "Kostet ein Blindenhund Steuer?",
                "form": "yes_no",
                "evidence": ["k2"],
                "answer": [{"says": "Nein, für Blindenhunde zahlen Sie keine Steuer.", "from": ["k2"]}],
            },
            {"ask": "Wo ist die nächste Hundewiese?", "form": "unanswerable", "evidence": [], "answer": []},
        ],
        **changes,
    }


def write_pages(folder: Path, *pages: dict[str, object], name: str = "pages.yaml") -> Path:
    """Writes the pages as one file; gives the folder."""
    (folder / name).write_text(yaml.safe_dump(list(pages), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def written(folder: Path, *pages: dict[str, object]) -> tuple[WrittenPage, ...]:
    """The pages as they are read."""
    return read_pages(write_pages(folder, *pages))
