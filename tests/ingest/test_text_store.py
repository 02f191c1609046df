"""Saving source files: conflicts, versions, history, drafts."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import InvalidInputError, KnowledgeError, NotFoundError
from ingest.text_drafts import Draft, Drafts, DraftState
from ingest.text_store import ChangeKind, EditConflictError, TextStore, digest_of

NAME = "services/hund.md"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> TextStore:
    folder = tmp_path / "knowledge" / "stadt"
    (folder / "services").mkdir(parents=True)
    (folder / NAME).write_bytes(b"alt")
    return TextStore(tmp_path / "knowledge", tmp_path / "data", "stadt")


def _save(store: TextStore, content: bytes, base: bytes | None, name: str = NAME) -> None:
    store.save(name, content, digest_of(base) if base is not None else None, "Kim", AT, ChangeKind.SAVED)


def test_saving_replaces_the_file_and_keeps_both_versions(store: TextStore) -> None:
    _save(store, b"neu", b"alt")
    assert store.read(NAME) == b"neu"
    (change,) = store.history(NAME)
    assert (change.by, change.kind) == ("Kim", ChangeKind.SAVED)
    assert store.version(str(change.before)) == b"alt"
    assert store.version(str(change.after)) == b"neu"


def test_a_file_that_changed_meanwhile_is_not_overwritten(store: TextStore) -> None:
    _save(store, b"neu", b"alt")
    with pytest.raises(EditConflictError) as conflict:
        _save(store, b"anders", b"alt")
    assert conflict.value.current == digest_of(b"neu")
    assert store.read(NAME) == b"neu"
    assert len(store.history()) == 1


def test_a_new_file_never_replaces_one_that_is_there(store: TextStore) -> None:
    _save(store, b"neu", None, "services/katze.md")
    with pytest.raises(EditConflictError):
        _save(store, b"neu", None)


def test_the_same_content_is_no_change(store: TextStore) -> None:
    _save(store, b"alt", b"alt")
    assert store.history() == ()


def test_a_removed_file_can_be_had_again(store: TextStore) -> None:
    change = store.remove(NAME, digest_of(b"alt"), "Kim", AT, "gibt es nicht mehr")
    assert store.read(NAME) is None
    assert store.version(str(change.before)) == b"alt"
    assert store.history(NAME)[0].note == "gibt es nicht mehr"


@pytest.mark.parametrize("name", ["../fremd/x.md", "/etc/passwd", "", "services/../../x.md", "x\x00.md"])
def test_no_path_leads_out_of_the_towns_folder(store: TextStore, name: str) -> None:
    with pytest.raises(InvalidInputError):
        _save(store, b"x", None, name)


def test_no_link_leads_out_of_the_towns_folder(store: TextStore, tmp_path: Path) -> None:
    (tmp_path / "knowledge" / "stadt" / "link").symlink_to(tmp_path)
    with pytest.raises(InvalidInputError):
        _save(store, b"x", None, "link/x.md")


def test_a_file_that_cannot_be_written_says_what_to_do(store: TextStore, tmp_path: Path) -> None:
    (tmp_path / "knowledge" / "stadt" / "services" / "ordner.md").mkdir()
    with pytest.raises(KnowledgeError, match="Der alte Stand ist unverändert"):
        _save(store, b"x", None, "services/ordner.md")


def test_a_damaged_version_is_not_shown(store: TextStore) -> None:
    _save(store, b"neu", b"alt")
    (store.folder / "versions" / digest_of(b"alt")).write_bytes(b"kaputt")
    with pytest.raises(NotFoundError):
        store.version(digest_of(b"alt"))
    with pytest.raises(NotFoundError):
        store.version("../drafts")


def test_a_torn_line_of_the_history_is_left_out(store: TextStore) -> None:
    _save(store, b"neu", b"alt")
    with (store.folder / "history.jsonl").open("ab") as file:
        file.write(b'{"at": "2026')
    assert len(store.history()) == 1


def test_drafts_are_found_replaced_and_removed_unless_somebody_else_changed_them(store: TextStore) -> None:
    drafts = Drafts(store)
    draft = Draft(key="hund", title="Hund", content="x", file=NAME, base=None, by="Kim", account="kim", at=AT)
    drafts.save(draft, None)
    with pytest.raises(EditConflictError):
        drafts.save(draft, None)
    waiting = draft.model_copy(update={"state": DraftState.IN_REVIEW})
    drafts.save(waiting, draft.digest)
    assert drafts.all() == (waiting,)
    with pytest.raises(EditConflictError):
        drafts.remove("hund", draft.digest)
    drafts.remove("hund", waiting.digest)
    assert drafts.find("hund") is None


def test_keys_of_drafts_lead_nowhere_else(store: TextStore) -> None:
    with pytest.raises(NotFoundError):
        Drafts(store).find("../history")
