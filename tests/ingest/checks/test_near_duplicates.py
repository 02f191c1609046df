"""Texts that are nearly the same are reported once, with how much they share."""

import random
import time

from hypothesis import given as given_
from hypothesis import settings
from hypothesis import strategies as st

from app.index.modules import ModuleKind
from ingest.checks.near_duplicates import check_near_duplicates
from ingest.checks.shingles import near_pairs
from ingest.document import Module
from tests.ingest.checks.given import codes, found, text

BODY = (
    "Melden Sie Ihren Hund an, sobald er bei Ihnen lebt. Die Hundesteuer zahlt der Haushalt, in dem der Hund lebt. "
    "Nach der Anmeldung erhalten Sie einen Steuerbescheid und eine Hundesteuermarke mit der Post. Der Hund trägt die "
    "Marke außerhalb der Wohnung gut sichtbar am Halsband oder am Geschirr. Wer umzieht, meldet den Hund um."
)
OTHER = (
    "Für eine Baugenehmigung reichen Sie den Bauantrag mit allen Plänen ein. Das Bauamt prüft, ob die Unterlagen "
    "vollständig sind, und beteiligt andere Stellen wie die Feuerwehr. Danach bekommen Sie die Genehmigung per Post."
)


def test_a_copy_with_few_changes_is_reported_with_its_similarity() -> None:
    copy = text(BODY.replace("Steuerbescheid", "Bescheid"), id="hund-halten")
    (finding,) = found(check_near_duplicates, text(BODY), copy)
    assert (finding.code, finding.file) == ("near-duplicate", "services/hund-halten.md")
    assert "the same as services/hund-anmelden.md" in finding.message
    assert "%" in finding.german


def test_a_module_is_reported_when_the_rest_differs() -> None:
    def with_notes(rest: str) -> list[Module]:
        return [
            Module(kind=ModuleKind.FULL_TEXT, heading="Beschreibung", text=rest * 3, line=20),
            Module(kind=ModuleKind.NOTES, heading="Hinweise", text=BODY, line=30),
        ]

    texts = [
        text(id="aa", modules=with_notes(OTHER)),
        text(id="bb", modules=with_notes("Ganz anders. " * 40)),
    ]
    (finding,) = found(check_near_duplicates, *texts)
    assert (finding.file, finding.line) == ("services/bb.md", 30)
    assert "'Hinweise' is to 100% the same as services/aa.md:30" in finding.message


def test_different_texts_translations_and_legal_remedies_are_not() -> None:
    assert codes(check_near_duplicates, text(BODY), text(OTHER, id="bau")) == []
    assert codes(check_near_duplicates, text(BODY), text(BODY, id="hund-en", translation_of="hund-anmelden")) == []
    assert codes(check_near_duplicates, text(BODY), text(BODY, id="hund-uk", language="uk")) == []
    remedy = ModuleKind.LEGAL_REMEDY
    assert codes(check_near_duplicates, text(BODY, kind=remedy), text(BODY, id="bau", kind=remedy)) == []


@settings(max_examples=40, deadline=None)
@given_(st.lists(st.text(alphabet="abc ", max_size=120), max_size=8))
def test_similarity_is_exact_and_never_below_the_least(texts: list[str]) -> None:
    for near in near_pairs(texts, 0.5):
        assert near.first < near.second
        assert 0.5 <= near.similarity <= 1


def test_the_sketch_misses_hardly_any_text_above_the_threshold() -> None:
    chance = random.Random(1)
    words = [f"wort{number}" for number in range(3_000)]
    originals = [[chance.choice(words) for _ in range(200)] for _ in range(100)]
    copies = [[word if chance.random() > 0.04 else "neu" for word in original] for original in originals]
    texts = [" ".join(one) for one in originals + copies]
    pairs = {near.second: near.first for near in near_pairs(texts, 0.6)}
    assert sum(pairs.get(number + 100) == number for number in range(100)) >= 95


def test_thousands_of_copies_take_linear_time() -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        assert len(list(near_pairs([BODY] * count, 0.5))) == count - 1
        return time.process_time() - start

    seconds(10)
    assert seconds(800) < 30 * max(seconds(80), 0.01)
