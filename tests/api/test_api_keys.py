"""Keys for other software: none lets everybody in, one is compared whole, and a guessable one stops the start."""

from pathlib import Path

import pytest

from app.api.api_keys import SHORTEST_KEY, ApiKeyError, ApiKeys, bearer_token
from app.errors import ConfigurationError
from app.main import create_app
from app.settings import Settings

KEY = "k" * SHORTEST_KEY
OTHER = "o" * SHORTEST_KEY


def test_without_keys_everybody_is_let_in() -> None:
    for credentials in (None, "", "anything"):
        ApiKeys(()).require(credentials)


def test_each_key_opens() -> None:
    for key in (KEY, OTHER):
        ApiKeys((KEY, OTHER)).require(key)


@pytest.mark.parametrize("credentials", [None, "", KEY[:-1], KEY + "k", KEY.upper(), f"{KEY} ", "ä", "\ud800"])
def test_nothing_else_does(credentials: str | None) -> None:
    with pytest.raises(ApiKeyError):
        ApiKeys((KEY, OTHER)).require(credentials)


def test_a_key_that_can_be_guessed_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="openssl rand"):
        ApiKeys((KEY, "geheim"))


@pytest.mark.parametrize(
    ("header", "token"),
    [(f"Bearer {KEY}", KEY), (f"bearer  {KEY} ", KEY), (f"Basic {KEY}", None), (KEY, None), ("", None), (None, None)],
)
def test_the_token_is_what_follows_bearer(header: str | None, token: str | None) -> None:
    assert bearer_token(header) == token


def test_a_file_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(KEY)
    keys.chmod(0o644)
    with pytest.raises(ConfigurationError, match="chmod 640"):
        create_app(Settings(api_keys_file=keys))
