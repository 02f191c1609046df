"""The made-up town of the ingest benchmark is sound, and its table says what was measured."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.index.chunk import Chunk
from app.settings import Settings
from app.tenants.tenant import load_tenant
from evaluation.bench_ingest import goals, table
from evaluation.bench_ingest_run import Measured
from evaluation.bench_ingest_texts import texts, write_texts
from ingest.chunking import chunk_document
from ingest.sources.markdown import parse_markdown
from tests.knowledge import TENANT

COUNT = 300
OFFICES = ("buergeramt", "steueramt")
SMALL = Measured(
    documents=500, passages=5500, sentences=15000, read_s=5, embed_s=180, first_s=200, bare_s=190, unchanged_s=2,
    changed_read_s=2, changed_s=4, generation_mb=50, peak_gb=1.8,
)  # fmt: skip
LARGE = replace(SMALL, documents=5000, first_s=2100, bare_s=None, unchanged_s=20, changed_s=12, peak_gb=2.2)


def test_every_text_is_valid_and_no_passage_stands_there_twice() -> None:
    chunks: list[Chunk] = []
    for name, text in texts(COUNT, OFFICES):
        result = parse_markdown(text, name)
        assert result.findings == ()
        assert result.document is not None
        assert (result.document.id, result.document.office in OFFICES) == (name, True)
        assert date(2026, 1, 1) <= result.document.reviewed_on <= date(2026, 10, 1)
        chunks += chunk_document(result.document)
    assert len(chunks) == 11 * COUNT
    assert len({f"{chunk.context}\n{chunk.text}" for chunk in chunks}) == len(chunks)
    assert len({chunk.title for chunk in chunks}) == COUNT


def test_passages_are_about_as_long_as_musterstadts() -> None:
    folder = Settings().knowledge_dir / TENANT / "services"
    real = [parse_markdown(path.read_text("utf-8"), path.name).document for path in sorted(folder.glob("*.md"))]
    made = [parse_markdown(text, name).document for name, text in texts(COUNT, OFFICES)]

    def average(documents: list[object]) -> tuple[float, float]:
        modules = [module for document in documents for module in getattr(document, "modules", ())]
        return len(modules) / len(documents), sum(len(module.text) for module in modules) / len(modules)

    (real_modules, real_length), (made_modules, made_length) = average([*real]), average([*made])
    assert made_modules == pytest.approx(real_modules, rel=0.25)
    assert made_length == pytest.approx(real_length, rel=0.25)


def test_the_same_seed_gives_the_same_texts_and_a_larger_town_holds_the_smaller(tmp_path: Path) -> None:
    assert list(texts(50, OFFICES)) == list(texts(100, OFFICES))[:50]
    assert list(texts(5, OFFICES, seed=1)) != list(texts(5, OFFICES))
    write_texts(tmp_path, 3, OFFICES)
    assert sorted(path.stem for path in tmp_path.iterdir()) == [name for name, _ in texts(3, OFFICES)]


def test_more_texts_than_there_are_services_are_refused() -> None:
    assert sum(1 for _ in texts(5000, OFFICES)) == 5000
    with pytest.raises(ValueError, match="at most"):
        next(texts(1_000_000, OFFICES))


def test_goals_follow_from_what_was_measured() -> None:
    found = {goal.name: (goal.value, goal.met) for goal in goals(SMALL, LARGE)}
    assert found == {
        "whole publishing, share of bare encode's throughput": ("95 %", True),
        "embedding alone, the same": ("106 %", True),
        "peak memory of the publishing process": ("2.20 GB", True),
        "unchanged texts again, times faster": ("105", True),
        "one changed text, published": ("12.0 s", False),
        "time per text, larger over smaller town": ("1.05", True),
    }


def test_the_table_shows_both_towns_and_every_goal() -> None:
    found = goals(SMALL, LARGE)
    lines = table(SMALL, LARGE, found).splitlines()
    assert lines[0].split() == ["documents", "500", "5000"]
    assert "documents a second 2.50 2.38".split() in [line.split() for line in lines]
    assert [line.endswith("not met") for line in lines[-len(found) :]] == [not goal.met for goal in found]


def test_offices_of_the_sample_town_are_used() -> None:
    offices = [office.id for office in load_tenant(Settings().knowledge_dir / TENANT).offices]
    assert {parse_markdown(text, name).document.office for name, text in texts(200, offices)} <= set(offices)  # type: ignore[union-attr]
