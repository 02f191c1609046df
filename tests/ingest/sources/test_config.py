"""`sources.yaml`: what it may say, and how its mistakes are named."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.index.modules import ModuleKind
from ingest.document import FrontMatter
from ingest.sources.config import CrawlSource, Defaults, HtmlSource, MarkdownSource, load_sources


def write(folder: Path, text: str) -> Path:
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_markdown_below_services_is_the_only_source(tmp_path: Path) -> None:
    assert load_sources(tmp_path).sources == (MarkdownSource(path="services"),)


def test_sources_keep_their_order_defaults_and_headings(tmp_path: Path) -> None:
    text = """
sources:
  - kind: html
    path: pages/
    id_prefix: web
    defaults: {language: no, office: steueramt, reviewed_on: 2026-10-05}
    headings: {"Was tun?": procedure, Aktuelles: skip, Das kostet es: Kosten}
  - {kind: crawl, start: "https://Www.Musterstadt.example/"}
"""
    html, crawl = load_sources(write(tmp_path, text)).sources
    assert isinstance(html, HtmlSource)
    assert (html.path, html.defaults.stated) == (
        "pages",
        {"language": "no", "office": "steueramt", "reviewed_on": date(2026, 10, 5)},
    )
    assert html.headings == {
        "Was tun?": ModuleKind.PROCEDURE,
        "Aktuelles": None,
        "Das kostet es": ModuleKind.COSTS,
    }
    assert isinstance(crawl, CrawlSource)
    assert crawl.hosts == {"www.musterstadt.example"}
    assert (crawl.allow_private_addresses, crawl.requests_per_second) == (False, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "write 'sources:' and below it"),
        ("sources: [", "not readable YAML"),
        ("sources: []", "sources: "),
        ("quellen: []", "write 'sources:' and below it"),
        ("sources:\n- kind: html", "source 1 (html): path: Field required"),
        ("sources:\n- {kind: pdff, path: x}", "source 1: "),
        (
            "sources:\n- {kind: pdf, path: x}\n- {kind: html, path: ../y}",
            "source 2 (html): path: give a",
        ),
        ("sources:\n- {kind: html, path: /etc}", "source 1 (html): path: give a file or folder"),
        ("sources:\n- {kind: html, path: x, headings: {Was: cost}}", "headings.Was: 'cost' is no module: use one of"),
        ("sources:\n- {kind: html, path: x, defaults: {ownr: y}}", "source 1 (html): defaults.ownr"),
        ("sources:\n- {kind: html, path: x, defaults: {reviewed_on: bald}}", "defaults.reviewed_on"),
        ("sources:\n- {kind: html, path: x, max_megabytes: 0}", "max_megabytes"),
        ("sources:\n- {kind: crawl}", "source 1 (crawl): give 'start' or 'sitemap'"),
        ("sources:\n- {kind: crawl, start: 'file:///etc/passwd'}", "source 1 (crawl): start"),
        ("sources:\n- {kind: crawl, start: 'https://a.example/', allowed_hosts: ['a.example/x']}", "is no host name"),
    ],
)
def test_a_mistake_is_named_with_file_source_and_field(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_sources(write(tmp_path, text))
    assert str(tmp_path / "sources.yaml") in error.value.message
    assert says in error.value.message


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_bytes("sources: [Gebühr]".encode("latin-1"))
    with pytest.raises(ConfigurationError, match="UTF-8"):
        load_sources(tmp_path)


def test_defaults_are_front_matter_fields_of_the_same_types() -> None:
    values = {
        "language": "de", "variant": "einfach", "office": "a", "online_service_url": "https://a.example",
        "source_url": "https://b.example", "license": "l", "owner": "o", "reviewed_by": "r",
        "reviewed_on": "2026-01-01", "valid_from": "2026-01-01", "valid_until": "2027-01-01",
    }  # fmt: skip
    assert set(values) == set(Defaults.model_fields)
    defaults = Defaults.model_validate(values).stated
    document = FrontMatter.model_validate({"id": "ab", "title": "t", **values}).model_dump()
    assert defaults == {name: document[name] for name in defaults}
