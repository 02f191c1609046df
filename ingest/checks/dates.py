"""Texts that are over, soon over, or that nobody has looked at for long."""

from collections.abc import Iterator
from datetime import timedelta

from ingest.checks.check import CheckInput
from ingest.findings import Finding, Severity


def check_validity(given: CheckInput) -> Iterator[Finding]:
    """`valid_until` has not passed and does not pass within `expiring_days`."""
    for text in given.texts:
        until = text.document.valid_until
        if until is None:
            continue
        if until < given.today:
            yield Finding(
                "expired", Severity.WARNING, text.name, 0, f"the text expired on {until}",
                "update it or remove it; the service doesn't use it any more",
                german=f"Der Text galt bis zum {until:%d.%m.%Y}.",
            )  # fmt: skip
        elif until <= given.today + timedelta(days=given.config.expiring_days):
            yield Finding(
                "expiring", Severity.WARNING, text.name, 0, f"the text expires on {until}",
                "write what holds afterwards, or set a later valid_until",
                german=f"Der Text gilt nur noch bis zum {until:%d.%m.%Y}.",
            )  # fmt: skip


def check_reviews(given: CheckInput) -> Iterator[Finding]:
    """`reviewed_on` is a day of the last `review_days`."""
    for text in given.texts:
        reviewed = text.document.reviewed_on
        if reviewed > given.today:
            yield Finding(
                "review-in-future", Severity.ERROR, text.name, 0, f"reviewed_on {reviewed} lies in the future",
                "enter the day of the last review",
                german=f"Als Tag der letzten Prüfung steht dort der {reviewed:%d.%m.%Y}.",
            )  # fmt: skip
        elif reviewed + timedelta(days=given.config.review_days) < given.today:
            days = (given.today - reviewed).days
            yield Finding(
                "not-reviewed", Severity.WARNING, text.name, 0,
                f"last reviewed on {reviewed}, {days} days ago",
                f"have {text.document.owner} check the text, then set reviewed_on",
                german=f"Zuletzt geprüft am {reviewed:%d.%m.%Y}, vor {days} Tagen.",
            )  # fmt: skip
