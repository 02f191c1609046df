"""Words in order: which carry content, which are numbers, and which verbs stand in two places."""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.answering.verification.lexicon import Lexicon, flat
from app.answering.verification.sentence import COMMA, Token
from app.text.number_words import NUMBER_WORDS

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+")
_REACH = re.compile(
    r"[\w.+-]{1,64}@[\w.-]{1,200}\w|(?:https?://|www\.)\S{1,300}|(?<!\d)\+?\d{2,5}[\s/-]{1,3}\d[\d\s/-]{2,20}\d(?!\d|,\d)"
)
"""Mail addresses, links and phone numbers: compared as figures, not as words."""
_LATEST_VERB = 14
"""Words before a German main clause's verb, at most."""
_NUMBERS = {flat(word): str(value) for word, value in NUMBER_WORDS.items()}
_AT_MOST = frozenset("alter langer mehr spater hoher grosser older longer more later".split())
_AT_LEAST = frozenset("junger kurzer weniger fruher kleiner younger less earlier".split())
_ADDING = frozenset(("dazu", "hinzu", "dabei"))
_COMING = frozenset(("kommt", "kommen"))
"""Behind `_ADDING` they only go on with a list."""
_AFTER_VERBS = frozenset(
    "sie wir ihr ihnen sich die der das den dem ein eine einen kein keine nicht nur er es uns auf zu in im am".split()
)


def first_word(text: str) -> str:
    """The first word as written; empty when there is none."""
    match = _TOKEN.search(text)
    return match.group() if match else ""


def tokens_of(text: str, words: Lexicon, *, first: bool) -> tuple[Token, ...]:
    """The words of a clause; `first` says that it begins the sentence, where capitals mean nothing."""
    tokens = []
    for position, word in enumerate(_TOKEN.findall(_REACH.sub(" hier ", text))):
        form = flat(word)
        number = _plain_number(form) if form[0].isdigit() else _NUMBERS.get(form)
        capital = word[0].isupper() and not (first and position == 0)
        if number:
            tokens.append(Token(number, number, noun=False))
        elif _is_function(form, words) or (len(form) == 1 and not capital):
            tokens.append(Token(form, "", noun=False))
        else:
            tokens.append(Token(form, words.concept(form), noun=capital))
    return _with_bounds(tokens, words)


def _is_function(form: str, words: Lexicon) -> bool:
    tables = (words.function, words.negations, words.modality, words.scope, words.directions)
    return any(form in table for table in tables)


def _plain_number(form: str) -> str:
    """ "18:00" and "96,00" without their zeros, "1.640" without its dot."""
    return re.sub(r"[.,:]00$", "", re.sub(r"[.,](?=\d{3}(?!\d))", "", form))


def _with_bounds(tokens: list[Token], words: Lexicon) -> tuple[Token, ...]:
    """ "nicht älter als" read as one bound, "höchstens", since nothing is denied; "dazu kommt" without content."""
    most = "hochstens" if words.language == "de" else "most"
    least = "mindestens" if words.language == "de" else "least"
    for position, (token, following) in enumerate(pairwise(tuple(tokens))):
        if token.flat in _ADDING and following.flat in _COMING:
            tokens[position + 1] = Token(following.flat, "", noun=False)
        behind = tokens[position + 2].flat if position + 2 < len(tokens) else ""
        if token.flat in words.negations and behind in ("als", "than"):
            if following.flat in _AT_MOST:
                tokens[position : position + 2] = [Token(most, "", noun=False), Token("als", "", noun=False)]
            elif following.flat in _AT_LEAST:
                tokens[position : position + 2] = [Token(least, "", noun=False), Token("als", "", noun=False)]
    return tuple(tokens)


def verb_position(tokens: Sequence[Token], words: Lexicon) -> int | None:
    """Where the finite verb stands; None when none can be seen."""
    for position, token in enumerate(tokens):
        if token.flat in words.finite and not token.noun:
            return position
        following = tokens[position + 1].flat if position + 1 < len(tokens) else ""
        if _verb_like(token, words) and following in _AFTER_VERBS and position < _LATEST_VERB:
            return position
    return None


def _verb_like(token: Token, words: Lexicon) -> bool:
    return (
        words.language == "de"
        and bool(token.concept)
        and not token.noun
        and not token.number
        and len(token.flat) > 3
        and token.flat.endswith(("t", "en", "ern", "eln"))
    )


def whole_verbs(clauses: Sequence[tuple[Token, ...]], words: Lexicon) -> list[tuple[Token, ...]]:
    """ "bringen Sie ... mit" as "mitbringen Sie ...": a particle at a clause's end joins the verb before it."""
    joined = [list(tokens) for tokens in clauses]
    for number, tokens in enumerate(clauses):
        for end in _particles(tokens, words):
            place = next(
                (
                    (index, position)
                    for index in range(number, -1, -1)
                    if (position := _separable(clauses[index][: end if index == number else None], words)) is not None
                ),
                None,
            )
            if place is not None:
                verb = tokens[end].flat + clauses[place[0]][place[1]].flat
                joined[place[0]][place[1]] = Token(verb, words.concept(verb), noun=False)
    return [tuple(tokens) for tokens in joined]


def _particles(tokens: Sequence[Token], words: Lexicon) -> list[int]:
    """Where the first half of a separable verb ends a clause, or stands before a comma or before another verb."""
    found = []
    for position, token in enumerate(tokens):
        if token.noun or token.flat not in words.prefixes:
            continue
        following = tokens[position + 1 : position + 3]
        ends = not following or following[0] is COMMA
        if ends or (following[0].flat in ("und", "oder") and any(_verb_like(other, words) for other in following[1:])):
            found.append(position)
    return found


def _separable(tokens: Sequence[Token], words: Lexicon) -> int | None:
    """The last verb with content, by its place if that can be seen, else the first one by its ending."""
    seen = [
        position
        for position, (token, following) in enumerate(pairwise(tokens))
        if _verb_like(token, words) and following.flat in _AFTER_VERBS and position < _LATEST_VERB
    ]
    if seen:
        return seen[-1]
    position = verb_position(tokens, words)
    if position is not None and tokens[position].concept:
        return position
    return next((index for index, token in enumerate(tokens) if _verb_like(token, words)), None)
