"""An audit that asked nobody has not passed."""

import json
from pathlib import Path

import pytest

from scripts.audit import CLEAN, LOCKS, NOT_ASKED, VULNERABLE, audit, verdict_on
from scripts.installation import REQUIREMENTS


def report(*packages: dict[str, object]) -> str:
    return json.dumps({"dependencies": list(packages), "fixes": []})


def known(name: str, *advisories: dict[str, object]) -> dict[str, object]:
    return {"name": name, "version": "1.0", "vulns": list(advisories)}


def unknown(name: str) -> dict[str, object]:
    return {"name": name, "skip_reason": f"Dependency not found on PyPI and could not be audited: {name} (1.0)"}


CVE: dict[str, object] = {"id": "PYSEC-2026-1", "fix_versions": ["1.1", "2.0"], "aliases": [], "description": "…"}


def test_packages_without_advisories_are_clean() -> None:
    verdict = verdict_on(report(known("a"), known("b")), "")
    assert verdict.status == CLEAN
    assert "no known vulnerability in 2 packages" in verdict.text


def test_an_advisory_names_package_version_and_where_it_is_mended() -> None:
    verdict = verdict_on(report(known("a"), known("b", CVE, {**CVE, "id": "X", "fix_versions": []})), "")
    assert verdict.status == VULNERABLE
    assert "b 1.0: PYSEC-2026-1, mended in 1.1, 2.0" in verdict.text
    assert "mended in no version yet" in verdict.text


def test_a_few_unknown_packages_are_named() -> None:
    verdict = verdict_on(report(*(known(f"p{number}") for number in range(20)), unknown("ours")), "")
    assert (verdict.status, "1 unknown to the database: ours" in verdict.text) == (CLEAN, True)


def test_a_database_that_knows_nothing_is_no_clean_bill() -> None:
    verdict = verdict_on(report(*(unknown(f"p{number}") for number in range(20))), "No known vulnerabilities found")
    assert verdict.status == NOT_ASKED
    assert "0 of 20" in verdict.text
    assert verdict_on(report(), "").status == NOT_ASKED


@pytest.mark.parametrize(
    ("complaints", "words"),
    [
        ("Traceback …\nrequests.exceptions.ProxyError: HTTPSConnectionPool(…)", "cannot be reached"),
        ("requests.exceptions.ConnectionError: Failed to resolve 'api.osv.dev'", "cannot be reached"),
        ("error: unrecognized arguments: --x", "unrecognized arguments: --x"),
        ("", "no output"),
    ],
)
def test_a_failure_says_that_nothing_was_checked(complaints: str, words: str) -> None:
    verdict = verdict_on("", complaints)
    assert verdict.status == NOT_ASKED
    assert "nothing was checked" in verdict.text
    assert words in verdict.text


def test_without_a_network_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "one.lock"
    lock.write_text("packaging==26.0\n", encoding="utf-8")
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    verdict = audit([lock], ["--cache-dir", str(tmp_path / "cache")])
    assert verdict.status == NOT_ASKED
    assert "cannot be reached" in verdict.text


def test_every_lock_file_is_audited() -> None:
    assert {path.name for path in REQUIREMENTS.glob("*.lock")} == set(LOCKS)
