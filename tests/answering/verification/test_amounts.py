"""Figures are neither invented nor given to something else nor lost."""

from app.index.modules import ModuleKind
from tests.answering.verification.told_by import reason

PRICES = "Die Neuzulassung kostet 30,60 Euro, die Umschreibung 28,20 Euro."


def test_an_invented_figure_is_named() -> None:
    assert reason("Die Umschreibung kostet 31,00 Euro.", PRICES) == "figure not in the cited source: amount 31.00"


def test_each_price_stays_with_its_own_part_of_the_sentence() -> None:
    assert reason("Die Umschreibung kostet 28,20 Euro.", PRICES) == ""
    assert reason("Die Umschreibung kostet 30,60 Euro.", PRICES)
    assert reason("Die Neuzulassung kostet 28,20 Euro.", PRICES)


def test_a_figure_that_the_sentence_is_about_is_not_left_out() -> None:
    told = "Gegen den Bescheid können Sie innerhalb eines Monats Widerspruch einlegen."
    assert reason("Gegen den Bescheid können Sie Widerspruch einlegen.", told)


def test_numbers_of_an_address_may_be_left_out() -> None:
    told = "Sie müssen den Pass persönlich im Bürgerbüro Nord, Kastanienweg 5, beantragen."
    assert reason("Sie müssen den Pass persönlich im Bürgerbüro Nord beantragen.", told) == ""


def test_a_phone_number_before_a_comma_is_read_whole() -> None:
    told = "Fundbüro, Telefon 05512 70-300, E-Mail: fund@falkenried.example"
    assert reason("Das Fundbüro erreichen Sie unter 05512 70-300.", told, module=ModuleKind.CONTACT) == ""
    assert "phone" in reason("Das Fundbüro erreichen Sie unter 05512 70-330.", told, module=ModuleKind.CONTACT)


def test_a_figure_in_brackets_belongs_to_its_sentence() -> None:
    told = "Lageplan (1:100) mit Maßen"
    documents = ModuleKind.REQUIRED_DOCUMENTS
    assert reason("Sie brauchen einen Lageplan (1:100) mit Maßen.", told, module=documents) == ""
