"""What was read in a text is not read again, and is never taken for that of another one."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.checks.contradictions import check_contradictions
from ingest.checks.near_duplicates import check_near_duplicates
from ingest.checks.readings import Readings
from tests.ingest.checks.given import given, text


def _never() -> str:
    raise AssertionError("read again")


def test_a_result_is_kept_for_what_it_depends_on(tmp_path: Path) -> None:
    file = tmp_path / "new" / "readings.json"
    first = Readings(file)
    assert first.of("words", "ein Text", lambda: "gelesen") == "gelesen"
    assert first.of("words", "ein Text", _never) == "gelesen"
    first.save()
    second = Readings(file)
    assert second.of("words", "ein Text", _never) == "gelesen"
    assert second.of("words", "anderer Text", lambda: "neu") == "neu"
    assert second.of("sketch", "ein Text", lambda: "Skizze") == "Skizze"


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "readings.json"
    for asked in ("alt", "neu"):
        readings = Readings(file)
        readings.of("words", asked, lambda: "gelesen")
        readings.save()
    assert Readings(file).of("words", "alt", lambda: "noch einmal") == "noch einmal"


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"a": 1}', b"\xff"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damaged: bytes) -> None:
    file = tmp_path / "readings.json"
    file.write_bytes(damaged)
    readings = Readings(file)
    assert readings.of("words", "ein Text", lambda: "gelesen") == "gelesen"
    readings.save()
    assert Readings(file).of("words", "ein Text", _never) == "gelesen"


def test_checks_find_the_same_with_and_without_what_is_kept(tmp_path: Path) -> None:
    body = (
        "Die Meldebescheinigung kostet {} Euro und wird für die Miete, die Schule, den Verein und das Amt gebraucht. "
        * 3
    )
    texts = [
        text(body.format("9,00", "9,00", "9,00"), id="meldebescheinigung", title="Meldebescheinigung"),
        text(body.format("12,00", "12,00", "12,00"), id="auskunft", title="Auskunft"),
    ]
    checks = (check_contradictions, check_near_duplicates)
    plain = given(*texts)
    expected = [str(finding) for check in checks for finding in check(plain)]
    assert [finding.split(": ")[1] for finding in expected] == ["warning contradiction", "warning near-duplicate"]
    for _ in range(2):
        readings = Readings(tmp_path / "readings.json")
        kept = replace(plain, readings=readings)
        assert [str(finding) for check in checks for finding in check(kept)] == expected
        readings.save()
