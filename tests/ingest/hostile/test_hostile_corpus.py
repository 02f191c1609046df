"""A town's folder full of broken and hostile files: each is named, none stops the others, nothing gets out.

`pytest tests/ingest/hostile -s` shows a table of every input.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.findings import Severity
from tests.ingest.hostile.inputs import Hostile
from tests.ingest.hostile.live_markup import live_markup
from tests.ingest.hostile.running import Run, run_over
from tests.ingest.hostile.town import GOOD_IDS, hostile_inputs, hostile_town
from tests.ingest.sources.website import Website, serving

_FEWEST_INPUTS = 75
_MOST_PARENT_MB = 700
_MOST_CHILD_MB = 1100
_MOST_CPU_SECONDS = 120
"""Mostly for one bomb that may fill a gigabyte, and for loading libraries in children that replace those that died."""


@dataclass(frozen=True)
class Corpus:
    """All inputs, and what became of them."""

    inputs: list[Hostile]
    run: Run
    trap: Website
    before: frozenset[Path]
    """Files before the run, apart from the run's own."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = tmp_path_factory.mktemp("feindlich")
    outside = folder / "anderswo" / "geheim.md"
    outside.parent.mkdir()
    outside.write_text("streng geheim", encoding="utf-8")
    with serving({}) as trap:
        inputs = hostile_inputs(outside, trap.url("/"))
        town = hostile_town(folder / "knowledge", inputs)
        before = frozenset(_files(folder))
        run = run_over(town, folder)
        _print_table(inputs, run)
        yield Corpus(inputs, run, trap, before)


def test_there_are_many_inputs_each_with_a_name_of_its_own(corpus: Corpus) -> None:
    names = [hostile.name for hostile in corpus.inputs]
    assert len(set(names)) == len(names) >= _FEWEST_INPUTS


def test_every_input_has_a_finding_that_names_it(corpus: Corpus) -> None:
    said = corpus.run.report.findings
    wrong = {
        hostile.name: (hostile.code, [finding.line for finding in said if hostile.is_named_by(finding.file)])
        for hostile in corpus.inputs
        if not any(
            hostile.is_named_by(finding.file) and (finding.code, finding.severity) == (hostile.code, hostile.severity)
            for finding in said
        )
    }
    assert wrong == {}


def test_every_finding_can_be_printed_on_one_line_and_says_what_to_do(corpus: Corpus) -> None:
    for finding in corpus.run.report.findings:
        assert finding.line.isprintable(), finding
        assert len(finding.line) < 4000
        assert finding.fix


def test_no_good_text_is_lost(corpus: Corpus) -> None:
    assert {document.id for document in corpus.run.report.documents} >= GOOD_IDS


def test_good_texts_have_no_errors(corpus: Corpus) -> None:
    good = {document.name for document in corpus.run.report.documents if document.id in GOOD_IDS - {"gleich"}}
    errors = [
        finding.line
        for finding in corpus.run.report.findings
        if finding.severity is Severity.ERROR and finding.file in good
    ]
    assert errors == []


def test_nothing_that_acts_comes_through(corpus: Corpus) -> None:
    read = [document for document in corpus.run.report.documents if not document.name.endswith(".md")]
    assert [(document.name, found) for document in read for text in document.texts for found in live_markup(text)] == []


def test_the_page_for_editors_quotes_without_acting(corpus: Corpus) -> None:
    assert "<script>alert" not in corpus.run.report.html
    assert "onerror=alert" not in corpus.run.report.html.replace("&lt;img src=x onerror=alert", "").replace(
        "img src=x onerror=alert", ""
    )


def test_nothing_is_read_from_elsewhere(corpus: Corpus) -> None:
    texts = "".join(text for document in corpus.run.report.documents for text in document.texts)
    said = "".join(finding.line for finding in corpus.run.report.findings)
    assert "geheim" not in texts
    assert Path("/etc/passwd").read_text().splitlines()[0] not in texts + said
    assert "streng" not in said


def test_nothing_is_written_outside_and_nothing_is_added_inside(corpus: Corpus) -> None:
    assert corpus.run.written_outside() == []
    own = {corpus.run.folder / name for name in ("report.json", "watch", "tmp", "data")}
    added = frozenset(_files(corpus.run.folder)) - corpus.before
    assert [path for path in added if path not in own and own.isdisjoint(path.parents)] == []


def test_nothing_is_asked_for_and_only_readers_are_started(corpus: Corpus) -> None:
    assert list(corpus.run.connections()) == []
    assert corpus.trap.asked == []
    assert {Path(str(program)).name.rstrip(".0123456789") for program in corpus.run.started()} == {"python"}


def test_memory_and_time_stay_bounded(corpus: Corpus) -> None:
    report = corpus.run.report
    assert report.parent_mb < _MOST_PARENT_MB
    assert report.children_mb < _MOST_CHILD_MB
    assert report.cpu_seconds < _MOST_CPU_SECONDS


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if not path.is_dir())


def _print_table(inputs: list[Hostile], run: Run) -> None:
    lines = [f"\n{'input':60} {'ms':>8}  findings"]
    for hostile in sorted(inputs, key=lambda each: each.shown):
        codes = dict.fromkeys(each.code for each in run.report.findings if hostile.is_named_by(each.file))
        milliseconds = run.report.milliseconds.get(hostile.shown.removesuffix(".meta.yaml"))
        shown = f"{milliseconds:8.0f}" if milliseconds is not None else f"{'–':>8}"
        lines.append(f"{hostile.shown:60.60} {shown}  {', '.join(codes)}")
    lines.append(f"{len(inputs)} inputs, {run.report.summary}\n")
    sys.stdout.write("\n".join(lines))
