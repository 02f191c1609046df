"""Canonical JSON and the hashes of the chain."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidInputError
from app.records.chain import GENESIS, content_hash, erasure_hash, new_salt, record_hash
from app.text.canonical_json import canonical_json

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(_JSON)
def test_canonical_json_reads_back_as_the_same_value_and_the_same_text(value: Any) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


@given(st.dictionaries(_TEXT, _JSON, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_canonical_json_does_not_depend_on_the_order_of_keys(value: dict[str, Any], random: Any) -> None:
    keys = list(value)
    random.shuffle(keys)
    assert canonical_json({key: value[key] for key in keys}) == canonical_json(value)


def test_canonical_json_has_sorted_keys_no_spaces_and_plain_umlauts() -> None:
    assert canonical_json({"ü": [1, 2.5, None], "a": {"b": True}}) == '{"a":{"b":true},"ü":[1,2.5,null]}'


@pytest.mark.parametrize(
    "value",
    [float("nan"), [float("inf")], {"a": {1: "x"}}, {"a": {1, 2}}, "\ud800", b"bytes", 10**5000],
    ids=["nan", "infinity", "key", "set", "surrogate", "bytes", "huge integer"],
)
def test_canonical_json_refuses_what_json_does_not_have(value: Any) -> None:
    with pytest.raises(InvalidInputError, match="cannot be written as JSON"):
        canonical_json(value)


def test_canonical_json_refuses_a_value_that_contains_itself() -> None:
    value: list[Any] = []
    value.append(value)
    with pytest.raises(InvalidInputError):
        canonical_json(value)


def test_record_hash_is_the_documented_formula() -> None:
    sealed = f'["{GENESIS}",1,"id","town","2026-03-02T09:00:00.000000+00:00","c"]'
    expected = hashlib.sha256(sealed.encode()).hexdigest()
    assert record_hash(GENESIS, 1, "id", "town", "2026-03-02T09:00:00.000000+00:00", "c") == expected


def test_content_hash_is_the_documented_formula() -> None:
    content = '{"conversation_id":null,"generation":"g","language":"de","payload":"{}","status":"answered"}'
    expected = hashlib.sha256(("salt" + content).encode()).hexdigest()
    assert content_hash("salt", None, "answered", "de", "g", "{}") == expected


@given(st.lists(_TEXT, min_size=4, max_size=4), st.lists(_TEXT, min_size=4, max_size=4))
def test_different_fields_never_share_a_hash(first: list[str], second: list[str]) -> None:
    def seal(fields: list[str]) -> str:
        return record_hash(fields[0], 1, fields[1], fields[2], fields[3], "c")

    assert (seal(first) == seal(second)) == (first == second)


def test_moving_a_character_from_one_field_to_the_next_changes_the_hash() -> None:
    assert record_hash("p", 1, "ab", "c", "t", "h") != record_hash("p", 1, "a", "bc", "t", "h")
    assert erasure_hash("ab", "c") != erasure_hash("a", "bc")


def test_salts_differ() -> None:
    assert len({new_salt() for _ in range(100)}) == 100
