"""The one JSON text of a value, so that equal values have equal bytes and hashes."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from app.errors import InvalidInputError


def canonical_json(value: JsonValue) -> str:
    """The one JSON text of a value: keys sorted, no spaces, non-ASCII characters as they are.

    Raises:
        InvalidInputError: NaN, infinity, a key that is not a string, a lone surrogate, or no JSON.
    """
    try:
        _refuse_other_keys(value)
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidInputError(f"The record cannot be written as JSON: {error}. Correct its payload.") from error
    return text


def _refuse_other_keys(value: object) -> None:
    # json.dumps turns the key 1 into "1": two different values would get the same text.
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"the key {key!r} is not a string")
            _refuse_other_keys(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_other_keys(item)
