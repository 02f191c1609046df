"""The registry of finding codes is complete, and so is its documentation."""

import re

import pytest

from ingest.codes import CodeInfo, codes, info
from scripts.document_codes import documented_rows, rows
from tests.ingest.finding_codes import used_codes


def test_every_code_in_the_source_is_registered_and_every_registered_one_is_used() -> None:
    used = {use.code for use in used_codes()}
    assert sorted(used - codes().keys()) == []
    assert sorted(codes().keys() - used) == []


def test_every_finding_has_the_severity_of_its_code() -> None:
    wrong = [
        use
        for use in used_codes()
        if (severity := info(use.code).severity) is not None and use.severity not in (None, severity.value)
    ]
    assert wrong == []


def test_the_documentation_lists_every_code_with_severity_and_meaning() -> None:
    assert documented_rows() == rows(), "run `python -m scripts.document_codes`"


@pytest.mark.parametrize(("code", "known"), codes().items())
def test_an_editor_reads_what_it_is_why_it_matters_and_what_to_do(code: str, known: CodeInfo) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert len(known.title) <= 60
    assert not known.title.endswith(".")
    assert known.meaning.endswith(".")
    assert known.fix.endswith(".")
    assert " Sie" in known.fix
    assert not known.summary.endswith(".")


def test_an_unknown_code_still_has_something_to_say() -> None:
    assert info("no-such-code").title == "Befund"
