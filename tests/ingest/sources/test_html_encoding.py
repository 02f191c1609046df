"""Encodings: stated, wrongly stated, not stated."""

import pytest

from ingest.sources.html_encoding import decode, encoding_called

GERMAN = "<html><head>{}</head><body><p>Die Gebühr für Größe und Ärger beträgt 5 € – „jährlich“.</p></body></html>"
UKRAINIAN = "<html><body><p>Щоб зареєструвати собаку, принесіть паспорт і довідку. Це коштує гроші.</p></body></html>"
TURKISH = "<html><head><meta charset=iso-8859-9></head><body>Köpeğinizi kaydettirin, şirket, ığdır</body></html>"


@pytest.mark.parametrize(
    ("meta", "encoding", "doubtful"),
    [
        ('<meta charset="utf-8">', "utf-8", False),
        ("", "utf-8", False),
        ('<meta charset="iso-8859-1">', "utf-8", False),
        ('<meta charset="iso-8859-1">', "cp1252", False),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252", False),
        ('<meta charset="utf-8">', "cp1252", True),
        ('<meta charset="gibtsnicht">', "cp1252", True),
        ('<meta charset="base64">', "cp1252", True),
        ("", "cp1252", True),
        ('<meta charset="utf-8">', "utf-8-sig", False),
        ('<meta charset="utf-8">', "utf-16", False),
    ],
)
def test_german_pages_are_read_whatever_they_state(meta: str, encoding: str, doubtful: bool) -> None:
    html = GERMAN.format(meta)
    decoded = decode(html.encode(encoding))
    assert decoded.text == html
    assert (decoded.doubt is not None) == doubtful


def test_other_alphabets_are_guessed() -> None:
    assert decode(UKRAINIAN.encode("cp1251")).text == UKRAINIAN
    assert decode(TURKISH.encode("cp1254")).text == TURKISH


def test_lost_characters_are_told() -> None:
    decoded = decode("\ufeff".encode() + b"Geb\xfchr")
    assert (decoded.text, decoded.doubt is not None) == ("Geb\ufffdhr", True)


@pytest.mark.parametrize("data", [b"", b"\xff", b"\xff\xfe\x00", bytes(range(256))])
def test_any_bytes_have_a_text(data: bytes) -> None:
    assert isinstance(decode(data).text, str)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_characters_without_their_mark_are_guessed(encoding: str) -> None:
    decoded = decode(UKRAINIAN.encode(encoding))
    assert (decoded.text, decoded.encoding) == (UKRAINIAN, encoding)
    assert decoded.doubt is not None


def test_zeros_alone_are_no_wide_characters() -> None:
    assert decode(bytes(1000)).encoding == "utf-8"


@pytest.mark.parametrize("name", ["idna", "punycode", "undefined", "unicode_escape", "rot13", "gibtsnicht", "a\0b"])
def test_what_python_calls_an_encoding_may_be_none_of_pages(name: str) -> None:
    assert encoding_called(name) is None
    assert encoding_called("latin-1") == "iso8859-1"
