"""HTML as Markdown: what the service quotes from it is what the page says."""

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.units import quotable_units
from ingest.sources.html_markdown import sections_of

_TAGS = "p div ul ol li table tr td th h2 h3 span b a br dl dt dd pre details summary blockquote".split()


def markdown(html: str) -> str:
    (section,) = sections_of(lxml.html.fragment_fromstring(html, create_parent="div"))
    return section.text


@pytest.mark.parametrize(
    ("html", "units"),
    [
        ("<p>Ein <b>fetter</b> Satz.<br>Noch einer.</p>", ("Ein fetter Satz.", "Noch einer.")),
        ("<p>• eins<br>• zwei</p>", ("eins", "zwei")),
        ("<ol start=3><li>drei</li><li><p>vier</p></li></ol>", ("3. drei", "4. vier")),
        ("<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><ul><li>d</li></ul></ul>", ("a", "b", "c", "d")),
        ("<ul><li>a<ol start=7><li>b</li></ol></li></ul>", ("a", "7. b")),
        ("<dl><dt>Kinder:</dt><dd>5 €</dd><dt>A</dt><dt>B</dt><dd>7 €</dd></dl>", ("Kinder: 5 €", "A", "B: 7 €")),
        ("<p>5 m<sup>2</sup>, CO<sub>2</sub>, 7 €<sup>1</sup></p>", ("5 m², CO₂, 7 €¹",)),
        ("<p># kein Titel</p><p>&gt; kein Zitat</p><p>---</p>", ("# kein Titel", "> kein Zitat", "---")),
        ("<p>Bürger*innen und Einwohner*innen, a_b, _c_, `d`, x&amp;lt;y, 1&lt;2</p>",
         ("Bürger*innen und Einwohner*innen, a_b, _c_, `d`, x&lt;y, 1<2",)),
        ("<table><tr><td>Mo</td><td>8–12</td></tr><tr><td>Di</td><td>8|16</td></tr></table>",
         ("Mo: 8–12", "Di: 8|16")),
        ("<table><tr><th>Art</th><th>Preis</th></tr><tr><td rowspan=9>A</td><td>5 €</td></tr><tr><td>6 €</td></tr>"
         "</table>", ("Art: Preis", "A: 5 €", "A: 6 €")),
        ("<table><caption>Preise</caption><tr><th colspan=2>Kinder</th></tr><tr><td>A</td><td>5 €</td></tr>"
         "<tr><th colspan=2>Alte</th></tr><tr><td>B</td><td>6 €</td></tr></table>",
         ("Preise", "Kinder", "A: 5 €", "Alte", "B: 6 €")),
        ("<table><tr><td>A</td><td><p>1</p><p>2</p></td></tr><tr><td>B<ul><li>c<li>d</ul></td><td>3</td></tr></table>",
         ("A: 1 2", "B; c; d: 3")),
        ("<table><tr><td>nur</td></tr><tr><td>eine Spalte</td></tr></table>", ("nur", "eine Spalte")),
        ("<table role=presentation><tr><td><p>Ein Satz.</p></td><td>Noch einer.</td></tr></table>",
         ("Ein Satz.", "Noch einer.")),
        ("<table><tr><td colspan=99999999999>A</td></tr><tr><td rowspan=x>B</td><td>C</td></tr></table>",
         ("A", "B: C")),
        ("<span>vor<div>mitte</div>nach</span>", ("vor", "mitte", "nach")),
        ("lose <i>Worte</i><p>Absatz</p>Ende", ("lose Worte", "Absatz", "Ende")),
    ],
)  # fmt: skip
def test_what_is_quoted(html: str, units: tuple[str, ...]) -> None:
    assert quotable_units(markdown(html)) == units


def test_headings_divide_the_text_and_keep_level_and_line() -> None:
    html = "vorher\n<h2>Kosten *</h2>\n<p>5 €</p><h4><a href='https://a.example'>Frist</a></h4><details>"
    html += "<summary>Dauer</summary>3 Tage</details>"
    sections = sections_of(lxml.html.fragment_fromstring(html, create_parent="div"))
    assert [(part.heading, part.text, part.level) for part in sections] == [
        ("", "vorher", 1),
        ("Kosten *", "5 €", 2),
        ("Frist", "", 4),
        ("Dauer", "3 Tage", 5),
    ]
    assert sections[1].place == 2


def _element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag}>", st.sampled_from(_TAGS), st.lists(children))


@settings(max_examples=200)
@given(st.recursive(st.sampled_from(["Wort1", "Wort2 ", " Wort3", "4|5", "*6*", "<br>"]), _element, max_leaves=25))
def test_no_word_is_lost_whatever_the_markup(html: str) -> None:
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    text = " ".join(f"{section.heading} {section.text}" for section in sections_of(root))
    for word in ("Wort1", "Wort2", "Wort3"):
        assert text.count(word) >= html.count(word)
