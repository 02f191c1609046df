"""Finds names of people: by the words that announce them, and by first names that are known."""

import re
from collections.abc import Iterator
from functools import lru_cache

from app.answering.personal_name_runs import Run, ends_text, name_at, names_at
from app.answering.personal_spans import PersonalData, Span
from app.answering.personal_words import any_of, is_first_name, personal_words

_GAP = r"[\s:,;–\"„“»'(-]{0,3}"
_NOT_TITLE_BEFORE = re.compile(
    r"(?i)(?:^|\W)(?:mein|dein|sein|ihr|unser|euer|eur|kein|ein|die|der|den|dem|das|jede|als|junge|alte)(?:e|er|en|"
    r"em|es)?\s$"
)
"""Before "Frau", these show that it means a wife or a woman, not a title."""
_WOMAN = frozenset({"frau", "fr."})
_FAMILY = frozenset({"familie", "fam."})
_ENGLISH = frozenset({"miss", "mister"})
_WITH = re.compile(r"(?i)(?<!\w)(?:mit|von|bei|an|für|zu|laut|und|liebe|geehrte|hallo)\s$")
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_][\w'’ʼ-]{2,39}")
_NAME_BEFORE = re.compile(r"(?:[A-ZÄÖÜÀ-ÖØ-ÞĀ-Žİ][\w'’.-]{0,30},?\s){1,3}$")
_PLACE_BEFORE = re.compile(r"(?i:aus)\s(?:(?i:der|dem|den)\s)?[\w-]{2,30},?\s{1,2}")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:]\s?)$")
_AND_NAME = re.compile(r"\s(?:und|and|ve|et|и|та|і)\s[^\W\d_a-zäöüß][\w'’-]{2,39}")
_SURNAME_BEFORE = re.compile(r"(?<![\w'’-])([^\W\d_a-zäöüß][\w'’-]{2,30}),\s$")
_LIST_AFTER = re.compile(r"\s?(?:[,;:]|geb|$)")
_LONGEST_SURNAME = 36
_HYPHENS = re.compile(r"-")
_PATRONYMIC = re.compile(r"(?:ович|евич|ьич|овна|евна|ична|йович|івна|ївна)[а-яіїєу]{0,2}$")
_LOOK_BACK = 100
"""Characters before a cue in which a name or what rules one out is looked for."""
_FEW_WORDS = 2
_LONGEST_ABBREVIATION = 3


def find_names(text: str) -> Iterator[Span]:
    """Names after a title, an introduction, a relative, a heading or a closing formula, and known first names."""
    for find in (_titled, _introduced, _presented, _labelled, _signed, _named_before, _by_first_name):
        for run in find(text):
            yield Span(run.start, run.end, PersonalData.NAME)


def _titled(text: str) -> Iterator[Run]:
    """After "Herr" and "Frau"; in lower case "frau" must follow a word such as "mit", or it is just a woman."""
    for match in _cue("titles").finditer(text):
        title, before = match.group(), text[max(0, match.start() - 12) : match.start()]
        if title.casefold() in _WOMAN and _NOT_TITLE_BEFORE.search(before):
            continue
        small = title[0].islower()
        if (small and title in _WOMAN and not _WITH.search(before)) or (small and title in _ENGLISH):
            continue
        run = name_at(text, match.end(), any_case=small)
        if run is None or (title.casefold() in _FAMILY and _ends_like_a_noun(run)):
            continue
        surname_only = text[run.start].islower() and text.startswith(run.words[0], run.start)
        yield Run(run.start, run.start + len(run.words[0]), run.words[:1]) if surname_only else run


def _introduced(text: str) -> Iterator[Run]:
    for match in _cue("introductions", r"[\s:]{0,2}(?:" + any_of(personal_words().fillers) + r"\s)?").finditer(text):
        run = name_at(text, match.end(), any_case=True)
        if run:
            yield run


def _presented(text: str) -> Iterator[Run]:
    """After "ich bin" and after relatives, only what looks like a name counts."""
    for match in _cue("presentations", _GAP + r"(?:(?i:die|der|the)\s)?").finditer(text):
        yield from names_at(text, match.end())
        run = name_at(text, match.end(), any_case=True)
        if run and run.words[0][0].islower() and is_first_name(run.words[0]):
            yield run
    for match in _cue("namings", r"\s").finditer(text):
        yield from (run for run in names_at(text, match.end()) if is_first_name(run.words[0], announced=True))
    for expression in (_people(), _cue("relatives", _GAP)):
        for match in expression.finditer(text):
            yield from names_at(text, match.end())


def _labelled(text: str) -> Iterator[Run]:
    """After the headings of a form."""
    for match in _cue("labels", r"\s?:\s{0,3}").finditer(text):
        run = name_at(text, match.end(), any_case=True)
        if run:
            yield run
    for match in _cue("roles", r"\s?:\s{0,3}").finditer(text):
        yield from names_at(text, match.end())
    for match in _cue("bare_labels", r"\s").finditer(text):
        run = name_at(text, match.end())
        if run and run.words[0][0].isupper() and not _ends_like_a_noun(run):
            yield run


def _signed(text: str) -> Iterator[Run]:
    """After a closing formula: a name at the end of the text, or what looks like one before it."""
    for match in _cue("closings", _GAP + r"(?:(?i:ihre?|deine?|eure?|votre)\s)?").finditer(text):
        place = _PLACE_BEFORE.match(text, match.end())
        run = name_at(text, place.end() if place else match.end())
        if run is None or _ends_like_a_noun(run):
            continue
        if run.like_a_name() or (run.words[0][0].isupper() and ends_text(text, run.end)):
            yield run


def _named_before(text: str) -> Iterator[Run]:
    """Names before "mein Name", "heiße ich" or the Turkish "Bey"."""
    for match in _cue("named_before", r"(?=\s?(?:[,.!;)]|$)|\s(?:und|ich|and|ve)\s)").finditer(text):
        start = max(0, match.start() - _LOOK_BACK)
        before = _NAME_BEFORE.search(text[start : match.start()])
        if before is None:
            continue
        position = start + before.start()
        while position < match.start():
            run = name_at(text, position)
            if run:
                yield run
                break
            following = text.find(" ", position, match.start())
            position = following + 1 if following >= 0 else match.start()


def _by_first_name(text: str) -> Iterator[Run]:
    """A known first name, with what follows of a name, wherever it stands; patronymics count as first names.

    By itself a first name counts within a sentence only: the first word of one is capitalised in every language.
    """
    end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if match.start() < end or not word[0].isupper() or not _is_given(word):
            continue
        run = name_at(text, match.start())
        if run is None or _is_public(text, run):
            continue
        begins = _SENTENCE_BEFORE.search(text[max(0, run.start - 3) : run.start])
        if len(run.words) < _FEW_WORDS and (word.isupper() or begins) and not _AND_NAME.match(text, run.end):
            continue
        end = run.end
        surname = _SURNAME_BEFORE.search(text[max(0, run.start - _LONGEST_SURNAME) : run.start])
        if surname and _LIST_AFTER.match(text, run.end) and not _is_ordinary(surname.group(1)):
            yield Run(run.start - len(surname.group()), run.end, (surname.group(1), *run.words))
        else:
            yield run


def _is_given(word: str) -> bool:
    return is_first_name(word) or _PATRONYMIC.search(word) is not None


def _is_ordinary(word: str) -> bool:
    return word.casefold() in personal_words().no_names | personal_words().announcing


def _is_public(text: str, run: Run) -> bool:
    """Whether the name belongs to a street, a school, a saint or somebody whom places are named after."""
    words = personal_words()
    spoken = " ".join(run.words).casefold()
    before = text[max(0, run.start - 20) : run.start].split()
    following = _WORD.match(text, run.end + 1)
    parts = _HYPHENS.split(run.words[-1].casefold())
    return (
        _ends_like_a_noun(run)
        or (run.words[-1].isupper() and len(run.words[-1]) <= _LONGEST_ABBREVIATION)
        or any(spoken == known or spoken.startswith(f"{known} ") for known in words.namesakes)
        or (bool(before) and before[-1].casefold() in words.saints)
        or parts[-1] in words.institutions
        or any(word.casefold() in words.institutions for word in run.words)
        or (following is not None and _HYPHENS.split(following.group().casefold())[-1] in words.institutions)
    )


def _ends_like_a_noun(run: Run) -> bool:
    return run.words[-1].casefold().endswith(tuple(personal_words().no_surname_endings))


@lru_cache(maxsize=16)
def _cue(name: str, after: str = "") -> re.Pattern[str]:
    return re.compile(any_of(getattr(personal_words(), name)) + after)


@lru_cache(maxsize=1)
def _people() -> re.Pattern[str]:
    """ "mein kleiner Sohn", "meine Eltern", and what may stand before the name."""
    words = personal_words()
    return re.compile(any_of(words.possessives) + r"\s(?:[\w-]{2,20}\s){0,2}?" + any_of(words.people) + _GAP)
