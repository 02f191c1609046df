"""The snippets that a town pastes into its pages."""

import re
from typing import Any

import pytest

from app.errors import InvalidInputError
from app.web.bundle import widget_bundle
from app.web.embedding import EmbedOptions, embed_snippets

BUNDLE = widget_bundle()


def test_plain_snippet_names_the_service_and_the_town_only() -> None:
    snippets = embed_snippets("musterstadt", "https://chat.example.org/", EmbedOptions(), BUNDLE)
    assert snippets.plain == (
        '<script src="https://chat.example.org/widget.js" data-tenant="musterstadt" defer></script>'
    )
    assert snippets.chat_url == "https://chat.example.org/musterstadt/chat"
    assert snippets.form_url == "https://chat.example.org/musterstadt/fragen"


def test_pinned_snippet_carries_the_hash_of_the_version_that_it_names() -> None:
    pinned = embed_snippets("musterstadt", "https://chat.example.org", EmbedOptions(), BUNDLE).pinned
    assert f'src="https://chat.example.org/widget-{BUNDLE.digest}.js"' in pinned
    assert f'integrity="{BUNDLE.integrity}" crossorigin="anonymous"' in pinned


def test_options_become_attributes_and_defaults_do_not() -> None:
    options = EmbedOptions(
        mode="inline", language="en", theme="light", position="left", offset="20 96", accent="#8a1538"
    )
    plain = embed_snippets("musterstadt", "https://chat.example.org", options, BUNDLE).plain
    assert re.findall(r' data-(\w+)="([^"]*)"', plain) == [
        ("tenant", "musterstadt"),
        ("mode", "inline"),
        ("language", "en"),
        ("theme", "light"),
        ("position", "left"),
        ("offset", "20 96"),
        ("accent", "#8a1538"),
    ]


def test_a_service_below_a_path_keeps_it_and_the_policy_names_the_origin() -> None:
    snippets = embed_snippets("musterstadt", "https://www.example.org/chatbot", EmbedOptions(), BUNDLE)
    assert 'src="https://www.example.org/chatbot/widget.js"' in snippets.plain
    assert snippets.policy == "script-src https://www.example.org; connect-src https://www.example.org"


@pytest.mark.parametrize(
    "option",
    [{"language": "deutsch"}, {"offset": "links"}, {"accent": "red"}, {"header": '#fff" onload="x'}],
)
def test_options_that_the_widget_would_not_understand_are_refused(option: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError, match=next(iter(option))):
        EmbedOptions(**option)


@pytest.mark.parametrize("url", ["chat.example.org", "javascript:alert(1)", 'https://a.example/"><script>', ""])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidInputError, match="no address of the service"):
        embed_snippets("musterstadt", url, EmbedOptions(), BUNDLE)


def test_a_greeting_stays_text_whatever_is_in_it() -> None:
    options = EmbedOptions(greeting='"><script>alert(1)</script>')
    plain = embed_snippets("musterstadt", "https://chat.example.org", options, BUNDLE).plain
    assert 'data-greeting="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in plain
    with pytest.raises(InvalidInputError, match="one line"):
        EmbedOptions(greeting="two\nlines")
