"""Limited HTML becomes Markdown, however it is written; nothing of it stays HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.sources.xzufi_text import html_to_markdown, markdown_of, text_of


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>Eins &amp; <b>zwei</b></p><p>drei</p>", "Eins & zwei\n\ndrei"),
        ("eins\nzwei\n\ndrei", "eins\nzwei\n\ndrei"),
        ("&lt;p&gt;Eins&lt;/p&gt;", "Eins"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<h3>Kosten</h3><p>5 Euro</p>", "### Kosten\n\n5 Euro"),
        ('<a href="https://x.example/a">Seite</a>', "[Seite](https://x.example/a)"),
        ('<a href="javascript:alert(1)">Seite</a>', "Seite"),
        ("<script>alert(1)</script><p onclick='x'>Text</p><iframe src='x'></iframe>", "Text"),
        ("Alter < 18 und > 6", "Alter < 18 und > 6"),
        ("", ""),
    ],
)
def test_html_to_markdown(source: str, markdown: str) -> None:
    assert html_to_markdown(source) == markdown


@pytest.mark.parametrize(
    "content",
    ["&lt;p&gt;Ein &lt;b&gt;Hund&lt;/b&gt;&lt;/p&gt;", "<![CDATA[<p>Ein <b>Hund</b></p>]]>", "<p>Ein <b>Hund</b></p>",
     '<p xmlns="http://www.w3.org/1999/xhtml">Ein <b>Hund</b></p>'],
)  # fmt: skip
def test_escaped_cdata_and_elements_are_the_same(content: str) -> None:
    element = etree.fromstring(f"<inhalt>{content}</inhalt>")
    assert markdown_of(element) == "Ein Hund"
    assert text_of(element) == "Ein Hund"


@given(st.text("<>/pbali &;#x\n'\"=", max_size=60))
def test_whatever_it_is_no_tag_comes_through(source: str) -> None:
    markdown = html_to_markdown(f"<p>{source}<script>evil()</script></p>")
    assert "evil" not in markdown or "<" in source
    assert "<script" not in markdown.replace("\\<", "")
