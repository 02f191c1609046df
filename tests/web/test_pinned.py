"""A pinned version stays what it was when the service is updated."""

from pathlib import Path

import pytest

from app.web import pinned
from app.web.bundle import Bundle, widget_bundle
from app.web.pinned import pinned_bundle


def test_the_present_version_is_served_by_its_digest_and_kept(tmp_path: Path) -> None:
    present = widget_bundle()
    assert pinned_bundle(present.digest, tmp_path) == present
    assert (tmp_path / "widget" / f"widget-{present.digest}.js").read_bytes() == present.text


def test_an_earlier_version_is_served_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    present = widget_bundle()
    pinned_bundle(present.digest, tmp_path)
    monkeypatch.setattr(pinned, "widget_bundle", lambda: Bundle.of(b"newer"))
    assert pinned_bundle(present.digest, tmp_path) == present


def test_a_kept_file_that_was_changed_is_not_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    present = widget_bundle()
    pinned_bundle(present.digest, tmp_path)
    (tmp_path / "widget" / f"widget-{present.digest}.js").write_bytes(b"alert(1)")
    monkeypatch.setattr(pinned, "widget_bundle", lambda: Bundle.of(b"newer"))
    assert pinned_bundle(present.digest, tmp_path) is None


@pytest.mark.parametrize("digest", ["", "0" * 20, "../records", "0" * 19 + "g", "0" * 21])
def test_what_was_never_served_is_not_there(tmp_path: Path, digest: str) -> None:
    assert pinned_bundle(digest, tmp_path) is None
    assert not (tmp_path / "widget").exists()
