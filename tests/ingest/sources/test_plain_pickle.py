"""Only data comes through, whatever an untrusted process pickles."""

import os
import pickle
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ingest.findings import Finding, Severity
from ingest.sources.plain_pickle import PlainUnpickler
from ingest.sources.result import ReadResult
from tests.ingest.samples import document


def test_plain_values_and_own_data_come_through() -> None:
    value = [
        ReadResult("a.pdf", document("96,00 Euro"), (Finding("x", Severity.ERROR, "a.pdf", 1, "m", "f"),)),
        date.min,
    ]
    assert PlainUnpickler.loads(pickle.dumps(value)) == value


@pytest.mark.parametrize("value", [os.system, subprocess.Popen, Path("x"), pickle.loads, print])
def test_functions_and_other_classes_do_not(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError, match="not allowed"):
        PlainUnpickler.loads(pickle.dumps(value))


def test_a_module_of_ours_is_no_way_to_what_it_imports() -> None:
    for name in (
        b"cingest.sources.isolated\nsubprocess\n.",
        b"\x80\x04\x8c\x17ingest.sources.isolated\x8c\x09os.system\x93.",
    ):
        with pytest.raises(pickle.UnpicklingError):
            PlainUnpickler.loads(name)


def test_a_function_of_ours_cannot_be_called() -> None:
    payload = b"capp.files\nwrite_atomically\n(S'x'\nS'y'\ntR."
    with pytest.raises(pickle.UnpicklingError, match="not allowed"):
        PlainUnpickler.loads(payload)
