"""The one question behind all the ways of asking it, on the small published town."""

import pytest

from app.answering.canonical import canonical_question
from app.answering.screen import screen
from app.answering.service import AnsweringService
from app.answering.values import Question, Screened, Status
from app.index.generation import Generation
from tests.answering.samples import MONDAY_MORNING
from tests.knowledge import TENANT

pytestmark = pytest.mark.models


@pytest.fixture
def generation(service: AnsweringService) -> Generation:
    return service.generations.active(TENANT)


def _screened(text: str, generation: Generation) -> Screened:
    return screen(Question(text=text, tenant=TENANT, asked_at=MONDAY_MORNING), generation.tenant)


@pytest.mark.parametrize(
    "text",
    [
        "Was kostet ein Personalausweis?",
        "was kostet ein personalausweis",
        "Was koostet ein Personalauswies?",
        "Guten Tag, mein Name ist Nguyễn Thị Hoa. Was kostet ein Personalausweis? Danke!",
        "Zum Teufel, was kostet ein Personalausweis?",
    ],
)
def test_who_asks_and_how_leaves_no_trace(text: str, generation: Generation) -> None:
    assert canonical_question(_screened(text, generation), generation).text == "Was kostet ein Personalausweis?"


def test_it_says_what_was_removed_and_corrected(generation: Generation) -> None:
    found = canonical_question(_screened("Hallo, was koostet ein Personalausweis?", generation), generation)
    assert (found.removed, found.corrections) == (("Hallo",), (("koostet", "kostet"),))


def test_a_canonical_question_is_its_own(generation: Generation) -> None:
    once = canonical_question(_screened("moin, wie lang dauert dat", generation), generation).text
    assert canonical_question(_screened(once, generation), generation).text == once


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ihr Idioten, meine Oma atmet nicht mehr!", Status.EMERGENCY),
        ("Sehr geehrte Damen und Herren, ich will nicht mehr leben. Viele Grüße, Peter Schmidt", Status.EMERGENCY),
        ("Ihr Idioten, reisepass kosten", None),
        ("Ihr Idioten!", Status.DECLINED),
        ("Ich bin 78 Jahre alt. Bekomme ich Wohngeld bewilligt?", Status.DECIDED_BY_STAFF),
        ("Ich heiße Ayşe Yılmaz. Guten Morgen zusammen!", Status.ANSWERED_BY_RULE),
        ("Na, guten Morgen zusammen! Ich wäre Ihnen sehr dankbar.", Status.ANSWERED_BY_RULE),
        ("Würden Sie mir bitte verraten: bauantrag abgelehnt klage frist", None),
        ("Wird mein Antrag auf Wohngeld genehmgt?", Status.DECIDED_BY_STAFF),
        ("Würden Sie mir bitte verraten: Soll ich klagen?", Status.DECIDED_BY_STAFF),
        ("Ich erlaube mir folgende Anfrage: was kostet der Parkausweis?", None),
    ],
)  # fmt: skip
def test_screening_sees_the_whole_message_but_rudeness_alone_is_no_verdict(
    text: str, status: Status | None, generation: Generation
) -> None:
    assert _screened(text, generation).verdict is status
