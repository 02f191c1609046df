"""The town's own contacts are known in every notation, and only those."""

import pytest

from app.answering.town_contacts import TownContacts
from tests.tenants.samples import musterstadt


def _found(text: str) -> list[str]:
    return [text[start:end] for start, end in TownContacts.of(musterstadt()).spans(text)]


@pytest.mark.parametrize(
    "contact",
    [
        *("03999 115-200", "03999/115200", "+49 3999 115200", "0049 3999 115-200", "(03999) 115 200", "03999 115-0"),
        *("Rathausplatz 1", "rathausplatz 1", "Rathausplatz 1, 99001 Musterstadt", "Industriestr. 27"),
        *(
            "Industriestrasse 27, 99003 Musterstadt",
            "BUERGERAMT@musterstadt.example",
            "datenschutz@musterstadt.example",
        ),
    ],
)
def test_the_towns_contacts_are_known_in_every_notation(contact: str) -> None:
    assert _found(f"Ist das {contact} oder nicht?") == [contact]


@pytest.mark.parametrize(
    "text",
    [
        *("Rathausplatz 17", "Rathausplatz", "Am Rathausplatz 2", "03999 554433", "03999 115 200 300 400"),
        *("hans.meier@musterstadt.example", "buergeramt@musterstadt.example.org"),
    ],
)
def test_what_only_looks_like_them_is_not_theirs(text: str) -> None:
    assert _found(text) == []
