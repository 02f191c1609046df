"""What is stored of a password, and which are refused."""

import pytest

from app.accounts.passwords import MAX_LENGTH, hash_password, is_outdated, matches
from app.errors import InvalidInputError

GOOD = "vier Wörter ohne Sinn"
_WEAKER = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$WNcJzVE2sGJ8OxiNLS9YZr7Iw7OUyxfL5g4ePTLFPOw"


def test_only_the_password_itself_matches_its_hash() -> None:
    stored = hash_password(GOOD)
    assert GOOD not in stored
    assert matches(GOOD, stored)
    assert not matches(GOOD.upper(), stored)
    assert not matches(GOOD, "no hash at all")


def test_nobodys_password_matches_nothing() -> None:
    assert not matches("nobody's password", None)


@pytest.mark.parametrize("weak", ["kurz", "aaaaaaaaaaaaaaaa", "121212121212", "anna.beispiel1", "x" * (MAX_LENGTH + 1)])
def test_what_is_short_or_easy_to_guess_is_refused(weak: str) -> None:
    with pytest.raises(InvalidInputError):
        hash_password(weak, "anna.beispiel")


def test_a_password_is_compared_as_a_whole_however_long_it_is() -> None:
    longest = ("abcdefgh" * 40)[:MAX_LENGTH]
    stored = hash_password(longest)
    assert matches(longest, stored)
    assert not matches(longest + "x", stored)


def test_a_hash_made_with_less_work_is_told_from_todays() -> None:
    assert is_outdated(_WEAKER)
    assert not is_outdated(hash_password(GOOD))
