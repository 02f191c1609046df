"""The widget's one file, present and pinned."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.settings import Settings
from app.web.bundle import widget_bundle
from tests.api.chat_client import assert_problem


@pytest.fixture
def settings(published_copy: Path, small_knowledge: Path) -> Settings:
    """With a data folder of its own, because pinned versions are kept there."""
    return Settings(data_dir=published_copy, knowledge_dir=small_knowledge)


def test_the_present_version_is_checked_for_news_each_time(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cache-control"] == "no-cache"
    assert response.content == widget_bundle().text
    again = client.get("/widget.js", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_travels_compressed_where_the_browser_takes_that(client: TestClient) -> None:
    small = client.get("/widget.js", headers={"Accept-Encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < 40_000
    whole = client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in whole.headers
    assert small.content == whole.content
    assert small.headers["vary"] == whole.headers["vary"] == "Accept-Encoding"


def test_a_pinned_version_is_kept_by_browsers_and_may_be_embedded_anywhere(client: TestClient) -> None:
    response = client.get(f"/widget-{widget_bundle().digest}.js", headers={"Origin": "https://somewhere.example"})
    assert response.content == widget_bundle().text
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("name", ["0" * 20, "x", "../widget"])
def test_a_version_that_never_was_is_a_problem(client: TestClient, name: str) -> None:
    assert_problem(client.get(f"/widget-{name}.js"), 404, "not_found")
