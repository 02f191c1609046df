"""Follow-up questions: what "Und für Kinder?" means is decided by the conversation, deterministically."""

import re
from dataclasses import dataclass

from app.answering.intent import detect_intent
from app.answering.values import Screened, Turn
from app.index.generation import Generation
from app.index.modules import ModuleKind
from app.text.actions import actions_in, without_actions
from app.text.terms import GENERIC_STEMS, content_words, fold, stem

_OPENERS = re.compile(
    r"^(?:(?:ok|okay|aha|gut|danke|alles klar)[,.! ]+)?"
    r"(und|and|auch|oder|what about|how about|was ist mit|gilt das|geht das|ist das|kann ich das)\b"
)
_STRONG_REFERENCES = re.compile(r"\b(dafuer|davon|damit|dabei|dazu|daran|darauf|darueber)\b")
_REFERENCES = re.compile(r"\b(dort|das|dies|diese[rsnm]?|es|er|sie|ihn|den|die|it|that|this|there|them|one)\b")
_PERSONS = """kind kinder kindern baby babys jugendliche jugendlichen schueler studenten studierende erwachsene senioren
rentner familien ehepaare paare auslaender deutsche frauen maenner child children kids babies adults seniors students
families couples foreigners""".split()
"""For whom something is asked ("Und für Kinder?"): no topic, though some services have such words in their names."""
_EMPTY = "kommen komme vorbeikommen erscheinen selbst selber alleine wieder spaeter frueher sofort".split()
_GENERIC = GENERIC_STEMS | {stem(word) for word in (*_PERSONS, *_EMPTY)}
_SEPARATED = frozenset(stem(word) for word in ("melde", "meldet", "melden"))
"""What is left of "abmelden" in "Wie melde ich ihn ab?"."""


@dataclass(frozen=True, slots=True)
class ResolvedQuestion:
    """A question that can be understood without the conversation."""

    text: str
    """What retrieval, evidence and the prompt see."""
    carried_topic: str | None
    """Document id of the topic that was carried over from an earlier turn; None when the question has its own."""


def goes_on(text: str) -> bool:
    """Whether a message begins as one that goes on with what was talked about: "und für ..."."""
    return _OPENERS.match(fold(text)) is not None


def resolve_follow_up(screened: Screened, history: tuple[Turn, ...], generation: Generation) -> ResolvedQuestion:
    """Adds what a follow-up leaves out: the topic of the last turn that had one, or that turn's kind of question."""
    last = next((turn for turn in reversed(history) if turn.topic_document_id and turn.topic_title), None)
    if last is None or last.topic_title is None:
        return ResolvedQuestion(screened.text, None)
    folded = fold(screened.text)
    own = frozenset(stem(word) for word in content_words(screened.text)) - _GENERIC
    opener = goes_on(screened.text)
    refers = len(own) <= 2 and _REFERENCES.search(folded) is not None
    asked = screened.text if detect_intent(screened.text) else _with_kind_of(last, screened.text)
    action = actions_in(screened.text) - actions_in(last.topic_title)
    if action and (opener or refers or own <= action) and not own - action - _SEPARATED:
        return ResolvedQuestion(f"{without_actions(last.topic_title)}: {asked}", None)
    if _names_other_service(own, last, generation):
        return ResolvedQuestion(asked if opener else screened.text, None)
    if opener or not own or refers or _STRONG_REFERENCES.search(folded):
        return ResolvedQuestion(f"{last.topic_title}: {asked}", last.topic_document_id)
    return ResolvedQuestion(screened.text, None)


def _names_other_service(own: frozenset[str], last: Turn, generation: Generation) -> bool:
    """Whether the question calls another service than the last one by a whole title or synonym."""
    named = generation.named_in(own)
    return bool(named) and last.topic_document_id not in named


def _with_kind_of(last: Turn, text: str) -> str:
    """Carries the kind of the last question over: "Was kostet …" and "Und ein Reisepass?"; "Wie …" is no kind."""
    intent = detect_intent(last.question)
    if intent is None or intent.module is ModuleKind.PROCEDURE:
        return text
    words = [word for word in last.question.split() if fold(word).strip("?.,!") in intent.words]
    return f"{' '.join(words)}: {text}"
