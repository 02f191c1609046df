"""The word lists."""

from ingest.checks.personal_words import personal_words


def test_no_first_name_is_also_the_name_of_a_place_or_office() -> None:
    words = personal_words()
    assert not words.first_names & (words.no_last_names | words.public_offices)
    assert all(name[0].isupper() for name in words.first_names)
    assert all("." in host and host == host.casefold() for host in words.private_mail)
