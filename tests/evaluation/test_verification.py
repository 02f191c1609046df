"""How well verification tells carried statements from corrupted ones, held to what was reached."""

from collections import Counter
from pathlib import Path

import pytest

from app.errors import InvalidInputError
from evaluation.drafting_pages import read_page_file
from evaluation.verification.__main__ import run
from evaluation.verification.measure import measure
from evaluation.verification.pairs import HERE, Kind, read_pairs
from evaluation.verification.written import written_pairs

DEV, TEST = HERE / "pairs_dev.yaml", HERE / "pairs_test.yaml"
PAGE = """
- id: urkunde
  title: Urkunde beantragen
  language: de
  sections:
    - kind: costs
      sentences: {k1: "Eine Urkunde kostet 14,00 Euro.", k2: "Jede weitere Urkunde kostet 7,00 Euro."}
    - kind: processing_time
      sentences: {z1: "Die Bearbeitung dauert drei Tage."}
  questions:
    - ask: "was kostet die urkunde"
      form: keywords
      evidence: [k1, z1]
      answer:
        - {says: "Eine Urkunde kostet 14,00 Euro.", from: [k1]}
        - {says: "Die Bearbeitung dauert drei Tage.", from: [z1]}
"""


def test_what_was_tuned_on_is_told_apart() -> None:
    report = measure(read_pairs(DEV))
    assert report.caught_share >= 0.98
    assert report.rejected_share <= 0.05


def test_what_was_not_tuned_on_is_told_apart_almost_as_well() -> None:
    report = measure(read_pairs(TEST))
    assert report.caught_share >= 0.97
    assert report.rejected_share <= 0.10


def test_the_sets_are_balanced_and_share_no_service() -> None:
    dev, test = read_pairs(DEV), read_pairs(TEST)
    kinds = Counter(pair.kind for pair in (*dev, *test) if pair.kind is not None)
    assert len(dev) + len(test) >= 480
    assert set(kinds) == set(Kind)
    assert min(kinds.values()) >= 20
    for pairs in (dev, test):
        assert 2 * sum(pair.good for pair in pairs) == len(pairs)
        assert len({pair.id for pair in pairs}) == len(pairs)
    assert not {pair.evidence[0].chunk.title for pair in dev} & {pair.evidence[0].chunk.title for pair in test}


def test_written_statements_cite_the_section_of_their_sentence(tmp_path: Path) -> None:
    file = tmp_path / "pages_x.yaml"
    file.write_text(PAGE, encoding="utf-8")
    (page,) = read_page_file(file)
    first, second = written_pairs(page)
    assert [unit.text for unit in first.evidence] == [
        "Eine Urkunde kostet 14,00 Euro.",
        "Die Bearbeitung dauert drei Tage.",
    ]
    assert first.statement == "Eine Urkunde kostet 14,00 Euro. [1]"
    assert second.statement == "Die Bearbeitung dauert drei Tage. [2]"
    assert [said.text for said in second.said] == ["Eine Urkunde kostet 14,00 Euro."]
    assert measure([first, second]).rejected_share == 0.0


@pytest.mark.parametrize("text", ["- page: x", "nothing", "- {page: x, title: y, good: [], corrupted: []}", "\t"])
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "pairs.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"pairs\.yaml"):
        read_pairs(file)
    with pytest.raises(InvalidInputError, match=r"pairs\.yaml"):
        read_page_file(file)


def test_the_report_names_every_kind() -> None:
    lines: list[str] = []
    run(lines.append)
    report = "\n".join(lines)
    assert all(kind.value in report for kind in Kind)
    assert "pairs (dev)" in report
    assert "pairs (test)" in report
