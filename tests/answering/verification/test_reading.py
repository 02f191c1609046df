"""Sentences come apart where a part can be told on its own."""

from app.answering.verification.lexicon import lexicon
from app.answering.verification.reading import read
from app.answering.verification.sentence import ClauseKind


def _segments(sentence: str, language: str = "de") -> list[list[tuple[str, ClauseKind]]]:
    return [[(clause.text, clause.kind) for clause in segment.clauses] for segment in read(sentence, language)]


def test_two_prices_are_two_segments() -> None:
    assert len(_segments("Der Reisepass kostet 70,00 Euro, für Personen unter 24 Jahren 37,50 Euro.")) == 2


def test_two_verbs_joined_by_und_are_two_segments() -> None:
    assert len(_segments("Die Karte ist drei Jahre gültig und kann danach neu beantragt werden.")) == 2


def test_a_condition_stays_with_what_it_limits() -> None:
    assert _segments("Die Stadt zahlt, wenn der Weg länger als drei Kilometer ist.") == [
        [("Die Stadt zahlt", ClauseKind.MAIN), ("wenn der Weg länger als drei Kilometer ist.", ClauseKind.CONDITION)]
    ]


def test_a_verb_in_front_makes_a_condition() -> None:
    (clauses,) = _segments("Ist eine Person verhindert, kann sie die andere beauftragen.")
    assert [kind for _, kind in clauses] == [ClauseKind.CONDITION, ClauseKind.MAIN]


def test_a_case_before_a_colon_is_a_condition() -> None:
    kinds = [kind for segment in _segments("bei Vertretung: schriftliche Vollmacht") for _, kind in segment]
    assert ClauseKind.CONDITION in kinds


def test_an_imperative_is_no_condition() -> None:
    kinds = [kind for segment in _segments("Bringen Sie den Ausweis, ein Foto und Geld mit.") for _, kind in segment]
    assert kinds == [ClauseKind.MAIN]


def test_a_relative_clause_is_told_from_a_parallel_noun() -> None:
    (clauses,) = _segments("Wir beglaubigen Kopien von Urkunden, die eine deutsche Behörde ausgestellt hat.")
    assert clauses[-1][1] is ClauseKind.RELATIVE


def test_a_date_or_an_abbreviation_is_no_end() -> None:
    assert len(_segments("Die Steuer ist am 1. Juli fällig.")) == 1


def test_separated_verbs_are_put_together() -> None:
    (segment,) = read("Bringen Sie bitte Ihren Ausweis, ein Foto und die Vollmacht mit.", "de")
    assert "mitbringen" in segment.concepts


def test_at_most_is_read_from_a_denied_comparison() -> None:
    (segment,) = read("Das Foto darf nicht älter als ein Jahr sein.", "de")
    assert "hochstens" in [token.flat for token in segment.tokens]


def test_a_text_without_words_has_no_segments() -> None:
    assert read("... – !", "de") == ()


def test_an_endless_sentence_is_read_in_time() -> None:
    assert len(read("und, wenn der 1. " * 5_000, "de")) < 2_000


def test_each_particle_joins_the_verb_before_it() -> None:
    (first, second) = read("Senden Sie das Blatt zurück oder geben Sie es am Schalter ab.", "de")
    words = lexicon("de")
    assert words.concept("zurucksenden") in first.concepts
    assert words.concept("abgeben") in second.concepts


def test_a_particle_behind_another_case_joins_the_common_verb() -> None:
    segments = read("Reichen Sie den Antrag für A fünf Tage, für B zehn Tage vorher ein.", "de")
    assert lexicon("de").concept("einreichen") in segments[0].concepts


def test_a_second_duration_behind_other_things_stands_alone() -> None:
    segments = read("Bücher können Sie vier Wochen behalten, Filme und Spiele zwei Wochen.", "de")
    assert [len(segment.figures) for segment in segments] == [1, 1]
