"""A statement tells a sentence of its source, itself or through a pronoun."""

from tests.answering.verification.told_by import reason

TOLD = "Die PIN wird gesperrt und kann mit der PUK im Bürgerbüro freigegeben werden."


def test_a_statement_that_tells_no_sentence_is_rejected() -> None:
    assert reason("Das Bürgerbüro hat eine PIN.", TOLD) == "tells no sentence of the cited source"


def test_a_part_with_a_verb_of_its_own_may_be_told_alone() -> None:
    assert reason("Die PIN wird gesperrt.", TOLD) == ""


def test_a_pronoun_takes_its_noun_from_the_statement_before() -> None:
    told = ("Den vorläufigen Ausweis können Sie gleich mitnehmen.",)
    said = ("Das Bürgerbüro stellt einen vorläufigen Ausweis aus.",)
    assert reason("Sie können ihn gleich mitnehmen.", *told, said=said) == ""
    assert reason("Sie können ihn gleich mitnehmen.", *told)


def test_a_pronoun_of_the_source_is_resolved_in_the_sentence_before_it() -> None:
    told = ("Der Beitrag beträgt im Sommer 2,80 Euro.", "Im Winter beträgt er 1,40 Euro.")
    assert reason("Im Winter beträgt der Beitrag 1,40 Euro.", *told) == ""


def test_a_short_statement_that_one_sentence_has_as_a_whole_tells_it() -> None:
    told = "Von der Steuer befreit sind kranke Hunde, alte Hunde und Blindenhunde."
    assert reason("Blindenhunde sind von der Steuer befreit.", told) == ""
