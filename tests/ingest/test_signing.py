"""Keys: made once, for the owner's eyes only; signatures fit one content and one key."""

from pathlib import Path

import pytest

from app.errors import KnowledgeError
from app.signing import make_signing_key, public_key, signing_key
from ingest.signing import is_signed, refuse_unknown_signer, sign, trust, trusted_keys

TOWN = "town"


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first = public_key(make_signing_key(tmp_path, TOWN))
    assert public_key(make_signing_key(tmp_path, TOWN)) == public_key(signing_key(tmp_path, TOWN)) == first
    assert (tmp_path / TOWN / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / TOWN / "keys" / "signing.key").stat().st_mode & 0o777 == 0o600


def test_a_signature_fits_its_content_and_its_key_alone(tmp_path: Path) -> None:
    key, other = make_signing_key(tmp_path, "a"), make_signing_key(tmp_path, "b")
    signature = sign(key, b"content")
    assert is_signed(b"content", signature, public_key(key))
    assert not is_signed(b"Content", signature, public_key(key))
    assert not is_signed(b"content", signature, public_key(other))
    assert not is_signed(b"content", signature, "no key")
    assert sign(key, b"content") == signature


def test_a_town_trusts_itself_and_whom_it_was_told_to_trust(tmp_path: Path) -> None:
    assert trusted_keys(tmp_path, TOWN) == frozenset()
    own, other = public_key(make_signing_key(tmp_path, TOWN)), public_key(make_signing_key(tmp_path, "other"))
    trust(tmp_path, TOWN, other)
    assert trusted_keys(tmp_path, TOWN) == {own, other}


def test_damaged_files_are_named(tmp_path: Path) -> None:
    make_signing_key(tmp_path, TOWN)
    trust(tmp_path, TOWN, public_key(make_signing_key(tmp_path, "other")))
    (tmp_path / TOWN / "keys" / "trusted.json").write_text("{", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"trusted\.json is damaged"):
        trusted_keys(tmp_path, TOWN)
    (tmp_path / TOWN / "keys" / "signing.key").write_text("00", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"signing\.key is no Ed25519 key"):
        signing_key(tmp_path, TOWN)


def test_a_key_trusted_for_a_towns_texts_is_trusted_for_nothing_else(tmp_path: Path) -> None:
    key = public_key(make_signing_key(tmp_path, "other"))
    refuse_unknown_signer(tmp_path, TOWN, "other", key, key.upper())
    refuse_unknown_signer(tmp_path, TOWN, "other", key, None)
    assert trusted_keys(tmp_path, TOWN, "other") == {key}
    assert trusted_keys(tmp_path, TOWN) == trusted_keys(tmp_path, TOWN, "third") == frozenset()
    for origin in (TOWN, "third"):
        with pytest.raises(KnowledgeError, match="doesn't know"):
            refuse_unknown_signer(tmp_path, TOWN, origin, key, None)


def test_a_towns_own_key_does_not_speak_for_another_town(tmp_path: Path) -> None:
    own = public_key(make_signing_key(tmp_path, TOWN))
    refuse_unknown_signer(tmp_path, TOWN, TOWN, own, None)
    with pytest.raises(KnowledgeError, match="doesn't know as 'other'"):
        refuse_unknown_signer(tmp_path, TOWN, "other", own, None)
