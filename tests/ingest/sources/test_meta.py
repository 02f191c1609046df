"""The file beside a text."""

import os
from pathlib import Path

import pytest

from ingest.sources.meta import read_meta


def write(folder: Path, content: bytes) -> Path:
    (folder / "hund.html.meta.yaml").write_bytes(content)
    return folder / "hund.html"


def test_fields_stay_texts_and_know_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path, "\ufeffreviewed_on: 2026-01-05\nlanguage: no\nleika_key: 00123\nvalid_until:\n".encode())
    meta = read_meta(path, "pages/hund.html")
    assert (meta.name, meta.findings) == ("pages/hund.html.meta.yaml", ())
    assert meta.fields == {"reviewed_on": "2026-01-05", "language": "no", "leika_key": "00123", "valid_until": None}
    assert meta.lines["language"] == 2


def test_no_file_is_no_mistake(tmp_path: Path) -> None:
    meta = read_meta(tmp_path / "hund.html", "pages/hund.html")
    assert (meta.name, meta.fields, meta.findings) == ("pages/hund.html.meta.yaml", {}, ())


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"owner: [", 1, "not valid YAML"),
        (b"- owner", 1, "not a list of fields"),
        (b"", 1, "not a list of fields"),
        ("owner: Bürgerbüro".encode("latin-1"), 0, "not UTF-8 at byte 8"),
        (b"id: a\nowner: \x01", 2, "U+0001"),
        (b"[" * 5000, 1, "nested too deeply"),
        (b"#" * 1_100_000, 0, "larger than 1 MB"),
    ],
)
def test_a_faulty_file_is_one_finding_that_names_it(tmp_path: Path, content: bytes, line: int, says: str) -> None:
    (finding,) = read_meta(write(tmp_path, content), "pages/hund.html").findings
    assert (finding.code, finding.file, finding.line) == ("meta", "pages/hund.html.meta.yaml", line)
    assert says in finding.message


def test_a_field_given_twice_is_named(tmp_path: Path) -> None:
    (finding,) = read_meta(write(tmp_path, b"id: a\nid: b\n"), "pages/hund.html").findings
    assert (finding.code, finding.line) == ("duplicate-field", 2)


def test_a_folder_in_its_place_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "hund.html.meta.yaml").mkdir()
    assert [finding.code for finding in read_meta(tmp_path / "hund.html", "hund.html").findings] == ["meta"]


def test_a_pipe_a_device_or_a_link_in_its_place_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rohr.html.meta.yaml")
    (tmp_path / "null.html.meta.yaml").symlink_to("/dev/zero")
    for name, says in (("rohr.html", "no ordinary file"), ("null.html", "not followed")):
        (finding,) = read_meta(tmp_path / name, name).findings
        assert (finding.code, finding.file) == ("meta", f"{name}.meta.yaml")
        assert says in finding.message


def test_a_name_that_is_too_long_for_a_file_beside_it_has_none(tmp_path: Path) -> None:
    assert read_meta(tmp_path / ("a" * 250 + ".html"), "a.html").findings == ()
