"""Which texts need their owner."""

from datetime import date, timedelta

from app.insight.concerns import Concern, Limits, TextFinding, Worry, concerns, expiring
from app.insight.documents import PublishedText
from app.insight.ratings import TextRating

TODAY = date(2026, 3, 20)
LIMITS = Limits(expiring_days=30, review_days=365)


def text(
    id_: str, owner: str = "Amt", until: date | None = None, reviewed: date = TODAY - timedelta(days=10)
) -> PublishedText:
    return PublishedText(id_, id_.title(), owner, "de", reviewed, until, None)


def found(
    *texts: PublishedText,
    findings: dict[str, tuple[TextFinding, ...]] | None = None,
    ratings: dict[str, TextRating] | None = None,
) -> tuple[Concern, ...]:
    return concerns({one.id: one for one in texts}, findings or {}, ratings or {}, LIMITS, TODAY)


def test_a_text_without_worries_is_no_concern() -> None:
    assert found(text("a"), text("b", until=TODAY + timedelta(days=31))) == ()


def test_dates_are_measured_from_today_with_the_towns_limits() -> None:
    old = found(
        text("over", until=TODAY - timedelta(days=1)),
        text("soon", until=TODAY + timedelta(days=30)),
        text("stale", reviewed=TODAY - timedelta(days=366)),
    )
    assert {one.text.id: one.worries for one in old} == {
        "over": (Worry.EXPIRED,),
        "soon": (Worry.EXPIRING,),
        "stale": (Worry.NOT_REVIEWED,),
    }


def test_ratings_worry_from_two_bad_ones_and_a_third_of_all_on() -> None:
    ratings = {"one": TextRating(0, 1), "two": TextRating(4, 2), "few": TextRating(5, 2)}
    worried = found(text("one"), text("two"), text("few"), ratings=ratings)
    assert [one.text.id for one in worried] == ["two"]
    assert worried[0].rating.unhelpful == 2


def test_findings_are_errors_or_warnings() -> None:
    findings: dict[str, tuple[TextFinding, ...]] = {
        "a": (TextFinding("Fehler", "m", "f", is_error=True),),
        "b": (TextFinding("Widerspruch", "m", "f", is_error=False),),
    }
    assert [one.worries for one in found(text("a"), text("b"), findings=findings)] == [(Worry.ERROR,), (Worry.WARNING,)]


def test_texts_stand_by_owner_and_the_most_urgent_first() -> None:
    listed = found(
        text("a", owner="Zoo", until=TODAY - timedelta(days=1)),
        text("b", owner="Amt", reviewed=date(2020, 1, 1)),
        text("c", owner="Amt", until=TODAY),
    )
    assert [one.text.id for one in listed] == ["c", "b", "a"]


def test_what_expires_first_is_first() -> None:
    texts = {one.id: one for one in (text("a", until=TODAY + timedelta(days=3)), text("b", until=TODAY), text("c"))}
    assert [one.id for one in expiring(texts, LIMITS, TODAY)] == ["b", "a"]
