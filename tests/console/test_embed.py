"""The embed snippet and its preview."""

import pytest

from tests.console.staff import Person, text_of


def test_the_page_gives_the_snippet_for_the_chosen_look(desk: Person) -> None:
    page = desk.get("embed?mode=inline&position=left&own_accent=1&accent=%238a1538&greeting=Moin%21").text
    assert "data-mode=&#34;inline&#34;" in page and "data-accent=&#34;#8a1538&#34;" in page
    assert "data-greeting=&#34;Moin!&#34;" in page
    assert "/console/musterstadt/embed/preview?mode=inline" in page


def test_a_colour_counts_only_when_it_is_wanted(desk: Person) -> None:
    assert "data-accent" not in desk.get("embed?accent=%238a1538").text


def test_a_colour_that_cannot_be_read_is_warned_about(desk: Person) -> None:
    page = text_of(desk.get("embed?own_accent=1&accent=%23ffd400"))
    assert "#ffd400 ist für Schrift zu hell" in page and "1,2 zu 1" in page


def test_the_preview_is_the_real_widget_in_that_look(desk: Person) -> None:
    preview = desk.get("embed/preview?mode=inline&own_header=1&header=%23123456&greeting=%22%3Cb%3E")
    assert (
        '<amtslotse-chat tenant="musterstadt" mode="inline" header="#123456" greeting="&#34;&lt;b&gt;">' in preview.text
    )
    assert '<script src="/widget.js"' in preview.text


def test_only_the_console_frames_the_preview_and_only_it_is_framed(desk: Person) -> None:
    page, preview = desk.get("embed").headers, desk.get("embed/preview").headers
    assert "frame-src 'self';" in page["content-security-policy"]
    assert page["content-security-policy"].endswith("frame-ancestors 'none'") and page["x-frame-options"] == "DENY"
    assert preview["content-security-policy"].endswith("frame-ancestors 'self'")
    assert preview["x-frame-options"] == "SAMEORIGIN" and "frame-src" not in preview["content-security-policy"]


@pytest.mark.parametrize("wrong", ["mode=popup", "own_accent=1&accent=red", "offset=far", "language=deutsch"])
def test_what_the_widget_would_not_understand_is_refused(desk: Person, wrong: str) -> None:
    assert desk.get(f"embed?{wrong}").status_code == 422
    assert "error" in desk.get(f"embed/snippet?{wrong}").json()


def test_the_pages_script_gets_the_same_as_data(desk: Person) -> None:
    result = desk.get("embed/snippet?position=left").json()
    assert 'data-position="left"' in result["snippets"]["plain"]
    assert result["preview"] == "/console/musterstadt/embed/preview?position=left"
