"""A signature fits one content, one kind of content and one key."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import InvalidInputError, KnowledgeError
from app.signing import is_signed, make_signing_key, normal_key, public_key, sign, signing_key


def test_a_signature_over_one_kind_of_thing_never_passes_for_one_over_another(tmp_path: Path) -> None:
    key = make_signing_key(tmp_path, "town")
    signature = sign(key, b"package\n", b"content")
    assert is_signed(b"package\n", b"content", signature, public_key(key))
    assert not is_signed(b"checkpoint\n", b"content", signature, public_key(key))


def test_a_public_key_is_taken_as_people_copy_it_and_nothing_else_is(tmp_path: Path) -> None:
    key = public_key(make_signing_key(tmp_path, "town"))
    assert normal_key(f" {key[:32].upper()}\n {key[32:]} ") == key
    with pytest.raises(InvalidInputError, match="64 hexadecimal digits"):
        normal_key(key[:-2])


def test_those_who_make_a_key_at_the_same_time_get_the_same_one(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: public_key(make_signing_key(tmp_path, "town")), range(16)))
    assert set(made) == {public_key(signing_key(tmp_path, "town"))}


def test_a_town_without_a_key_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="amtslotse knowledge key --tenant town"):
        signing_key(tmp_path, "town")
