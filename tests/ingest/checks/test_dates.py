"""Texts that are over, soon over, or not looked at for long."""

import pytest

from ingest.checks.dates import check_reviews, check_validity
from tests.ingest.checks.given import codes, found, text


@pytest.mark.parametrize(
    ("until", "code"),
    [
        ("2026-05-31", ["expired"]),
        ("2026-06-01", ["expiring"]),
        ("2026-07-01", ["expiring"]),
        ("2026-07-02", []),
        (None, []),
    ],
)
def test_the_last_month_of_a_text_is_reported(until: str | None, code: list[str]) -> None:
    assert codes(check_validity, text(valid_until=until)) == code


def test_a_town_says_how_many_days_ahead() -> None:
    assert codes(check_validity, text(valid_until="2026-06-02"), expiring_days=0) == []
    assert codes(check_validity, text(valid_until="2026-08-29"), expiring_days=90) == ["expiring"]


@pytest.mark.parametrize(
    ("reviewed", "code"),
    [("2026-06-02", ["review-in-future"]), ("2026-06-01", []), ("2025-06-01", []), ("2025-05-31", ["not-reviewed"])],
)
def test_a_review_holds_for_a_year(reviewed: str, code: list[str]) -> None:
    assert codes(check_reviews, text(reviewed_on=reviewed)) == code


def test_a_town_says_how_long_a_review_holds_and_who_is_to_look() -> None:
    assert codes(check_reviews, text(reviewed_on="2024-06-02"), review_days=730) == []
    (finding,) = found(check_reviews, text(reviewed_on="2026-01-01"), review_days=90)
    assert "Steueramt" in finding.fix
    assert "01.01.2026" in finding.german
