"""The demo page as rendered from the town's own settings."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.answering.values import OfficeCard
from app.api.page_route import TEMPLATES
from app.tenants.tenant import Tenant, load_tenant
from app.web import STATIC_DIR, TEMPLATES_DIR

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
OFFICE = OfficeCard(
    id="buergeramt",
    name="Bürgeramt",
    address="Rathausplatz 1, 99001 Musterstadt",
    phone="03999 115-200",
    email="buergeramt@musterstadt.example",
    url="https://www.musterstadt.example/buergeramt",
    appointment_url="https://termine.musterstadt.example/buergeramt",
    open_now=True,
    hours=(("Montag", "08:00–16:00"), ("Sonntag", "geschlossen")),
)


class _Page(HTMLParser):
    """Tags with their attributes, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return load_tenant(KNOWLEDGE / "musterstadt")


@pytest.fixture(scope="module")
def html(tenant: Tenant) -> str:
    environment = Environment(loader=FileSystemLoader(TEMPLATES_DIR), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("demo.html").render(
        tenant=tenant, office=OFFICE, widget_src="/widget.js", disclosure="Hier antwortet eine Maschine."
    )


def test_page_says_that_the_town_is_fictional(html: str) -> None:
    assert "Fiktive Stadt – Demonstration" in html


def test_page_has_landmarks_one_heading_and_a_skip_link(html: str) -> None:
    page = _Page(html)
    assert page.all("html") == [{"lang": "de"}]
    assert [len(page.all(tag)) for tag in ("h1", "header", "nav", "main", "footer")] == [1, 1, 1, 1, 1]
    assert page.all("a")[0] == {"class": "skip-link", "href": "#inhalt"}
    assert page.all("main")[0]["id"] == "inhalt"


def test_links_inside_the_page_lead_somewhere(html: str) -> None:
    page = _Page(html)
    ids = {attributes.get("id") for _, attributes in page.tags}
    for link in page.all("a"):
        target = link["href"] or ""
        assert not target.startswith("#") or target[1:] in ids, target


def test_hours_and_contact_are_those_of_the_default_office(html: str) -> None:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert OFFICE.address in text
    assert OFFICE.phone in text
    assert "jetzt geöffnet" in text
    for day, hours in OFFICE.hours:
        assert f"{day} {hours}" in text


def test_page_obeys_the_strict_content_security_policy(html: str) -> None:
    page = _Page(html)
    assert [script.get("src") for script in page.all("script")] == ["/widget.js"]
    assert page.all("style") == []
    for _, attributes in page.tags:
        assert not {name for name in attributes if name == "style" or name.startswith("on")}


def test_everything_that_the_page_loads_is_there(html: str) -> None:
    page = _Page(html)
    loaded = [tag.get("href") for tag in page.all("link")] + [tag.get("src") for tag in page.all("img")]
    assert loaded
    for url in loaded:
        assert url is not None
        assert url.startswith("/static/")
        assert (STATIC_DIR / url.removeprefix("/static/")).is_file(), url


def test_names_of_town_and_office_are_text_however_they_look(tenant: Tenant) -> None:
    attack = '"><script>hacked()</script>'
    page = TEMPLATES.get_template("demo.html").render(
        tenant=tenant.model_copy(update={"name": attack}),
        office=replace(OFFICE, name=attack, address=attack, phone=attack),
        widget_src="/widget.js",
        disclosure=attack,
    )
    assert "<script>hacked" not in page
    assert [attributes["src"] for attributes in _Page(page).all("script")] == ["/widget.js"]
