"""An answer as one text: disclosure first, sources and reference last, quotes and generated words told apart."""

from app.answering.as_text import closing_piece, disclosure_piece, reference_in, statement_piece, whole_text
from app.answering.values import Answer, Link, OfficeCard, Origin, Source, Statement, Status

REFERENCE = "0123456789abcdef"
URL = "https://www.musterstadt.example/dienste/personalausweis"
SOURCE = Source(2, "Personalausweis beantragen", "Kosten", URL, "- 37,00 Euro", "c1", "de")
OFFICE = OfficeCard("amt", "Bürgeramt", "Markt 1", "03999 1", "a@b.example", "https://b.example", None, True, ())
GENERATED = Statement("Der Ausweis kostet 37,00 Euro.", (2,), Origin.GENERATED)
QUOTE = Statement("erste Zeile\nzweite Zeile", (2,), Origin.QUOTE)
FRAME = Statement("Gern geschehen!", (), Origin.FRAME)


def _answer(*statements: Statement, **fields: object) -> Answer:
    kept = {"sources": (SOURCE,), "language": "de", **fields}
    return Answer(
        status=Status.ANSWERED,
        statements=statements,
        disclosure="Ich bin eine Maschine.",
        model="none",
        generation="g",
        **kept,  # type: ignore[arg-type]
    )


def test_the_disclosure_is_first_and_the_reference_last() -> None:
    text = whole_text(_answer(QUOTE), REFERENCE)
    assert text.startswith("Ich bin eine Maschine.\n\n")
    assert text.endswith(f"Nummer dieser Antwort: {REFERENCE}")
    assert reference_in(text) == REFERENCE


def test_every_source_is_listed_under_its_number_with_title_and_link() -> None:
    text = closing_piece(_answer(QUOTE), REFERENCE)
    assert f"Quellen:\n\n- [2] Personalausweis beantragen, Kosten: {URL}" in text


def test_quotes_are_markdown_quotations_and_generated_sentences_have_a_mark_that_is_explained() -> None:
    assert statement_piece(QUOTE) == "> erste Zeile\n> zweite Zeile [2]\n\n"
    assert statement_piece(GENERATED) == "Der Ausweis kostet 37,00 Euro. * [2]\n\n"
    assert statement_piece(FRAME) == "Gern geschehen!\n\n"
    assert "hat eine KI formuliert" in closing_piece(_answer(GENERATED), REFERENCE)
    assert "KI" not in closing_piece(_answer(QUOTE, FRAME), REFERENCE)


def test_the_pieces_make_the_whole() -> None:
    answer = _answer(FRAME, GENERATED, QUOTE)
    pieces = [disclosure_piece(answer.disclosure), *map(statement_piece, answer.statements)]
    assert "".join(pieces) + closing_piece(answer, REFERENCE) == whole_text(answer, REFERENCE)


def test_next_steps_and_notices_are_told_with_their_links() -> None:
    answer = _answer(
        FRAME,
        sources=(),
        office=OFFICE,
        notices=("Ihre E-Mail-Adresse wurde entfernt.",),
        online_service=Link("Ausweis", "https://online.example"),
        suggestions=(Link("Reisepass", "https://pass.example"), Link("Meldebescheinigung", None)),
    )
    text = whole_text(answer, REFERENCE)
    assert "Quellen" not in text
    for told in (
        "Hinweis: Ihre E-Mail-Adresse wurde entfernt.",
        "Online erledigen: Ausweis, https://online.example",
        "- Reisepass: https://pass.example\n- Meldebescheinigung\n",
        "Zuständig: Bürgeramt, Telefon 03999 1, https://b.example",
    ):
        assert told in text


def test_the_frame_is_in_the_language_of_the_answer() -> None:
    assert f"Number of this answer: {REFERENCE}" in whole_text(_answer(FRAME, language="en"), REFERENCE)


def test_a_text_without_a_reference_has_none() -> None:
    assert reference_in("Der Ausweis kostet 37,00 Euro.") is None
