"""First stage: makes a question safe to work with, and ends the walk where no search should start."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from app.answering.disguise import other_readings
from app.answering.folding import fold
from app.answering.follow_up import goes_on
from app.answering.frames import Unframed, unframe
from app.answering.language import answer_language
from app.answering.patterns import Pattern, categories
from app.answering.personal_data import mask_personal_data
from app.answering.rule_spelling import spelled_for_rules
from app.answering.screen_model import Recognise, Recognised
from app.answering.values import Question, Screened, Status
from app.errors import InvalidInputError
from app.settings import get_settings
from app.tenants.tenant import Tenant
from app.wording.catalog import catalog

_UNWRITABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control, formatting (zero width, bidi overrides, tags), surrogate, private and unassigned characters."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_NO_WORD = re.compile(r"\w{80,}")
"""Longer than any word: letters in a row that would cost the patterns quadratic time."""
_MARK_IN_NUMBER = re.compile(r"(?<=\d)[.:,/-](?=\d)")
_MASK_LABEL = re.compile(r"\[[^\[\]]{2,40}\]")
_ABUSE = "abuse@"
_SUBORDINATE = re.compile(r"(?:ob|dass|daß)\b", re.IGNORECASE)
"""The beginning of a question that needs its frame: "Sagen Sie mir, dass ich Anspruch habe"."""
_NOT_OF_A_FOLLOW_UP = (Status.ANSWERED_BY_RULE, Status.OUT_OF_SCOPE)
_SURE_OF_WHOLE = 0.6
"""Who asks, and how old they are, blurs what a message means: with it, an emergency must be told more surely."""
_FEWEST_WORDS = 2
"""Words from which on the model is asked: a word by itself ("Hund") is a search, or a greeting that patterns know."""
_STACKED_MARKS = re.compile(r"([\u0300-\u036f]{2})[\u0300-\u036f]+")


def clean_question(text: str, max_chars: int, language: str = "de") -> str:
    """The text in NFC without characters that nobody can see, digits in ASCII, white space collapsed.

    Raises:
        InvalidInputError: nothing to read is left, or it is longer than `max_chars`; the message is in `language`.
    """
    wording = catalog(language)
    if not text.strip():
        raise InvalidInputError(wording.text("invalid.empty"))
    cleaned = " ".join("".join(_readable(char) for char in unicodedata.normalize("NFC", text)).split())
    cleaned = _STACKED_MARKS.sub(r"\1", cleaned)
    if not cleaned:
        raise InvalidInputError(wording.text("invalid.null"))
    if len(cleaned) > max_chars:
        raise InvalidInputError(wording.text("invalid.too_long", max_chars=max_chars))
    if not _LETTER_OR_DIGIT.search(cleaned):
        raise InvalidInputError(wording.text("invalid.only_symbols"))
    return cleaned


def screen(
    question: Question, tenant: Tenant, max_chars: int | None = None, recognise: Recognise | None = None
) -> Screened:
    """Cleans and masks the question, finds its language, and gives a verdict where fixed wording must answer.

    `DECIDED_BY_STAFF` is a verdict, too, but the rules that apply can still be looked up and quoted. `max_chars`
    defaults to the setting `max_question_chars`. `recognise` is asked when no pattern fires.

    Raises:
        InvalidInputError: see `clean_question`.
    """
    cleaned = clean_question(question.text, max_chars or get_settings().max_question_chars)
    masked = mask_personal_data(cleaned, tenant)
    language = answer_language(question.language, masked.text, _spoken(question))
    unframed = unframe(masked.text, language, tenant.name)
    verdict, fired = _verdict_of_message(cleaned, unframed)
    if verdict is None:
        verdict, fired = _verdict_when_spelled(unframed.text, language, tenant)
    screened = Screened(
        text=masked.text,
        masked=tuple(kind.value for kind in masked.kinds),
        language=language,
        verdict=verdict,
        wording=fired[0].wording if fired else None,
        signals=tuple(pattern.signal for pattern in fired),
    )
    if recognise is None or verdict is not None:
        return screened

    def without_told() -> str:
        return unframe(masked.text, language, tenant.name, without_told=True).text

    seen = _recognised_of_message(masked.text, unframed.text, without_told, question, recognise)
    if seen is None:
        return screened
    return replace(
        screened, verdict=seen.verdict, wording=seen.wording, signals=(seen.signal,), probability=seen.probability
    )


def verdict_by_patterns(cleaned: str) -> tuple[Status | None, tuple[Pattern, ...]]:
    """How the patterns end a cleaned message, and which fired; None and nothing for an ordinary question.

    A disguised reading counts only where it is declined or calls for help: other verdicts would be guesses.
    """
    verdict, fired = _verdict(fold(cleaned))
    if verdict in (None, Status.OUT_OF_SCOPE, Status.DECIDED_BY_STAFF):
        for reading in other_readings(cleaned):
            hidden = _verdict(fold(reading))
            if hidden[0] in (Status.DECLINED, Status.EMERGENCY):
                return hidden
    return verdict, fired


def _verdict_of_message(cleaned: str, unframed: Unframed) -> tuple[Status | None, tuple[Pattern, ...]]:
    """The verdict on the whole message; on its question alone where nothing or only the tone led to one.

    Emergencies and what is declined count wherever they stand; insults alone don't, nor does "Ich erlaube mir:" before
    a question. Behind it, or with "ob", a frame may belong to an individual case, and the whole message counts.
    """
    verdict, fired = verdict_by_patterns(cleaned)
    if verdict is None and unframed.only_frame:
        pieces = map(verdict_by_patterns, unframed.only_frame)
        return next((found for found in pieces if found[0] is Status.ANSWERED_BY_RULE), (None, ()))
    if not unframed.removed:
        return verdict, fired
    rude = bool(fired) and all(pattern.signal.startswith(_ABUSE) for pattern in fired)
    of_tone = rude or verdict in (None, Status.OUT_OF_SCOPE)
    if verdict is Status.DECIDED_BY_STAFF:
        of_tone = cleaned.endswith(unframed.text) and not _SUBORDINATE.match(unframed.text)
    return verdict_by_patterns(unframed.text) if of_tone else (verdict, fired)


def _verdict_when_spelled(text: str, language: str, tenant: Tenant) -> tuple[Status | None, tuple[Pattern, ...]]:
    """A verdict that a typing error hid, where it protects somebody; a guess at a word declines nothing."""
    spelled = spelled_for_rules(text, language, tenant)
    verdict, fired = verdict_by_patterns(spelled) if spelled != text else (None, ())
    return (verdict, fired) if verdict in (Status.EMERGENCY, Status.DECIDED_BY_STAFF) else (None, ())


def _recognised_of_message(
    masked: str, core: str, without_told: Callable[[], str], question: Question, recognise: Recognise
) -> Recognised | None:
    """What the model takes the question for; or the whole message, when it takes that surely for an emergency.

    `core` is the question; `without_told` gives it without what was told of age and origin, seldom needed.
    """
    seen = _recognised(_as_sentence(core), question, recognise)
    if seen is not None and seen.verdict is Status.EMERGENCY and seen.probability < _SURE_OF_WHOLE:
        bare = without_told()
        seen = seen if bare == core else _recognised(_as_sentence(bare), question, recognise)
    if core == masked or (seen is not None and seen.verdict is Status.EMERGENCY):
        return seen
    whole = _recognised(masked, question, recognise)
    is_emergency = whole is not None and whole.verdict is Status.EMERGENCY and whole.probability >= _SURE_OF_WHOLE
    return whole if is_emergency else seen


def _as_sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".!")


def _recognised(masked: str, question: Question, recognise: Recognise) -> Recognised | None:
    """What the model takes the message for.

    Of a reply to a question asked back, only an emergency counts. Half a sentence that goes on with the conversation
    ("und für die Große, die ist 12") is no small talk and no other subject.
    """
    told = " ".join(_MASK_LABEL.sub(" ", masked).split())
    enough = len(told.split()) >= _FEWEST_WORDS and _LETTER_OR_DIGIT.search(told)
    seen = recognise(told) if enough else None
    asked_back = bool(question.history) and question.history[-1].status is Status.NEEDS_CLARIFICATION
    if seen is None or (asked_back and seen.verdict is not Status.EMERGENCY):
        return None
    goes_on_asking = seen.verdict in _NOT_OF_A_FOLLOW_UP and any(turn.topic_title for turn in question.history)
    return None if goes_on_asking and goes_on(masked) else seen


def _spoken(question: Question) -> str | None:
    """The language of the conversation so far."""
    return next((turn.language for turn in reversed(question.history) if turn.language), None)


def _readable(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in _UNWRITABLE:
        return ""
    return str(unicodedata.decimal(char)) if category == "Nd" else char


def _verdict(folded: str) -> tuple[Status | None, tuple[Pattern, ...]]:
    """A number counts as one word of the patterns, "1.900" as much as "1900"."""
    folded = _NO_WORD.sub(" ", _MARK_IN_NUMBER.sub("", folded))
    for category in categories():
        fired = category.fired(folded)
        if fired:
            return category.verdict, fired
    return None, ()
