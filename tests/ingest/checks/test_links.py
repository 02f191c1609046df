"""Links to other texts, to headings, and to the town's own website."""

from pathlib import Path

import pytest

from ingest.checks.check import CheckedText
from ingest.checks.links import anchors, check_links
from tests.ingest.checks.given import codes, found, given, text

_SITE = "https://www.musterstadt.example"


def _other() -> CheckedText:
    return text("Kein\n\n### Für Kinder\n\nText", id="reisepass", source_url=f"{_SITE}/dienste/reisepass/")


@pytest.mark.parametrize(
    "target",
    [
        "reisepass.md", "./reisepass.md", "services/reisepass.md",
        "../services/reisepass.md",
        "/services/reisepass.md", "reisepass", "#kosten",
        "reisepass.md#kosten", "reisepass#für-kinder", "mailto:a@b.example", "tel:115",
        "https://elsewhere.example/page", f"{_SITE}/dienste/reisepass", "http://musterstadt.example/dienste/reisepass/",
        f"{_SITE}/buergeramt", f"{_SITE}/dienste/reisepass?utm_source=x#kosten", _SITE,
    ],
)  # fmt: skip
def test_a_link_that_leads_somewhere_is_fine(target: str) -> None:
    findings = found(check_links, text(f"Siehe [dort]({target})."), _other())
    assert [finding.message for finding in findings] == []


@pytest.mark.parametrize("target", ["pass.md", "../reisepass.md", "#preise", "reisepass.md#preise", "", "pass"])
def test_a_link_that_leads_nowhere_is_reported_with_its_words(target: str) -> None:
    (finding,) = found(check_links, text(f"Siehe [mehr dazu]({target})."), _other())
    assert (finding.code, finding.quote) == ("broken-link", "mehr dazu")


@pytest.mark.parametrize("body", [f"Siehe [dort]({_SITE}/dienste/pass).", f"Siehe {_SITE}/dienste/pass."])
def test_a_page_of_the_own_site_that_no_text_comes_from_is_reported(body: str) -> None:
    assert codes(check_links, text(body), _other()) == ["unknown-page"]
    assert codes(check_links, text(body), _other(), links={"known_pages": [f"{_SITE}/dienste/*"]}) == []


def test_a_file_in_the_town_s_folder_may_be_linked(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "antrag.pdf").write_bytes(b"%PDF")
    linking = text("[Antrag](antrag.pdf) [fremd](../../antrag.pdf)")
    (finding,) = check_links(given(linking, folder=tmp_path))
    assert finding.quote == "fremd"


def test_a_broken_address_is_a_finding_and_no_crash() -> None:
    assert codes(check_links, text("[hier](<http://[::1>)")) == ["broken-link"]


def test_anchors_are_written_as_websites_do() -> None:
    assert anchors(_other().document) == {"kosten", "für-kinder"}


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", " <vbscript:x>", "FILE:///etc/passwd"])
def test_a_link_that_acts_is_reported(target: str) -> None:
    (finding,) = found(check_links, text(f"Zum [Antrag]({target}), bitte."))
    assert finding.code == "broken-link"
    assert found(check_links, text(f"Zum [Antrag\\]({target}), bitte.")) == []
