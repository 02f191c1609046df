"""What people have completed in a folder of drafts stays."""

from datetime import date
from pathlib import Path

import pytest

from app.transparency.compliance import Draft
from app.transparency.draft_folder import LIST_FILE, EditedDraftsError, WrittenDrafts, write_drafts

DAY = date(2026, 6, 1)


def _write(folder: Path, text: str = "alt", *, force: bool = False) -> tuple[Path, ...]:
    drafts = [Draft("eins", f"# {text}\n", f"<p>{text}</p>\n", 2)]
    return write_drafts(folder, drafts, "musterstadt", "0.1.0", DAY, force=force)


def test_every_draft_is_written_as_markdown_and_html_with_a_list(tmp_path: Path) -> None:
    paths = _write(tmp_path / "neu" / "ordner")
    assert [path.name for path in paths] == ["eins.md", "eins.html"]
    assert all(path.is_file() for path in paths)
    written = WrittenDrafts.model_validate_json((tmp_path / "neu" / "ordner" / LIST_FILE).read_bytes())
    assert (written.tenant, written.day, written.open) == ("musterstadt", DAY, {"eins": 2})
    assert set(written.files) == {"eins.md", "eins.html"}


def test_untouched_drafts_are_renewed(tmp_path: Path) -> None:
    _write(tmp_path)
    _write(tmp_path, "neu")
    assert (tmp_path / "eins.md").read_text("utf-8") == "# neu\n"


@pytest.mark.parametrize("listed", [True, False])
def test_work_is_not_overwritten_unless_asked_for(tmp_path: Path, listed: bool) -> None:
    if listed:
        _write(tmp_path)
    (tmp_path / "eins.md").write_text("# von Hand ergänzt\n", "utf-8")
    with pytest.raises(EditedDraftsError, match=r"eins\.md.*--force"):
        _write(tmp_path, "neu")
    assert (tmp_path / "eins.md").read_text("utf-8") == "# von Hand ergänzt\n"
    if listed:
        assert "alt" in (tmp_path / "eins.html").read_text("utf-8")
    _write(tmp_path, "neu", force=True)
    assert (tmp_path / "eins.md").read_text("utf-8") == "# neu\n"


def test_a_damaged_list_protects_everything(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / LIST_FILE).write_text("{", "utf-8")
    with pytest.raises(EditedDraftsError):
        _write(tmp_path, "neu")


def test_writing_the_same_again_after_a_lost_list_is_fine(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / LIST_FILE).unlink()
    _write(tmp_path)
    assert (tmp_path / LIST_FILE).is_file()
