"""Phone numbers keep their order in sentences from right to left."""

from app.web.numbers import numbers_kept, numbers_linked


def test_a_phone_number_in_an_arabic_sentence_stands_from_left_to_right() -> None:
    assert numbers_kept("هاتف 03999 115-200.", "ar") == 'هاتف <bdi dir="ltr">03999 115-200</bdi>.'


def test_other_figures_and_other_languages_are_left_as_they_are() -> None:
    assert numbers_kept("37,50 & 112", "ar") == "37,50 &amp; 112"
    assert numbers_kept("Telefon 03999 115-200", "de") == "Telefon 03999 115-200"


def test_what_looks_like_markup_stays_text() -> None:
    assert "<b>" not in numbers_kept("<b>03999 115-200</b>", "ar")


def test_emergency_numbers_are_links_and_other_figures_are_not() -> None:
    shown = numbers_linked("Wählen Sie die 112, nicht die 1125, oder 0800 1110111 & 116 016.")
    assert '<a href="tel:112" dir="ltr">112</a>' in shown
    assert '<a href="tel:08001110111" dir="ltr">0800 1110111</a>' in shown
    assert '<a href="tel:116016" dir="ltr">116 016</a>' in shown
    assert "die 1125, oder" in shown
    assert "&amp;" in shown
