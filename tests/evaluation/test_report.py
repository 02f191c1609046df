from pathlib import Path

import pytest

from app.errors import InvalidInputError
from evaluation.report import read_report
from tests.evaluation.gold_samples import REFUSED, RIGHT, UNANSWERABLE, report


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    written = report(RIGHT, REFUSED, UNANSWERABLE)
    path = tmp_path / "report.json"
    path.write_text(written.to_json(), encoding="utf-8")
    assert read_report(path) == written
    assert read_report(path).to_json() == written.to_json()


@pytest.mark.parametrize("content", ["", "[]", '{"schema_version": 2}'])
def test_what_is_no_report_of_this_version_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInputError, match="no gold report of this version"):
        read_report(path)


def test_a_report_that_is_not_there_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="cannot be read"):
        read_report(tmp_path / "missing.json")
