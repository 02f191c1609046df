"""No cookie on any endpoint, no network address anywhere."""

import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import Route

from app.answering.service import AnsweringService
from app.api.connections import server_config
from app.logs import log_handler
from app.settings import Settings
from tests.answering.samples import PRICE_QUESTION
from tests.api.chat_client import CHAT, STREAM
from tests.servers import running_app

ADDRESS = "203.0.113.77"
_VALUES = {"tenant": "musterstadt", "answer_id": "0" * 16, "conversation_id": "a" * 20}


@pytest.fixture
def app(service: AnsweringService, settings: Settings) -> Iterator[FastAPI]:
    with running_app(service, settings) as running:
        yield running


def _requests(app: FastAPI) -> list[tuple[str, str]]:
    """Method and path of everything that the application answers."""
    listed = [
        (method, route.path)
        for route in app.routes
        if isinstance(route, Route)
        for method in sorted(route.methods or {"GET"})
    ]
    described = [(method.upper(), path) for path, item in app.openapi()["paths"].items() for method in item]
    return sorted(set(listed + described))


def test_no_endpoint_sets_a_cookie(app: FastAPI) -> None:
    client = TestClient(app, client=(ADDRESS, 50000))
    asked = _requests(app)
    assert ("POST", "/api/v1/{tenant}/chat") in asked
    for method, template in [*asked, ("GET", "/nichts"), ("GET", "/static/nichts")]:
        path = template
        for name, value in _VALUES.items():
            path = path.replace(f"{{{name}}}", value)
        response = client.request(method, path, json={"question": PRICE_QUESTION} if method == "POST" else None)
        assert "set-cookie" not in response.headers, (method, path)
    assert not client.cookies


def test_no_network_address_is_written_anywhere(app: FastAPI, tmp_path: Path) -> None:
    written = StringIO()
    handler = log_handler("json", written)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        client = TestClient(app, client=(ADDRESS, 50000))
        headers = {"X-Forwarded-For": ADDRESS, "Forwarded": f"for={ADDRESS}"}
        for more in ({}, STREAM):
            assert client.post(CHAT, json={"question": PRICE_QUESTION}, headers={**headers, **more}).status_code == 200
        client.get("/nichts", headers=headers)
        client.post(CHAT, json={}, headers=headers)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "answered" in written.getvalue()
    assert ADDRESS not in written.getvalue()
    assert ADDRESS.encode() not in kept


def test_the_server_keeps_no_access_log(app: FastAPI, settings: Settings) -> None:
    config = server_config(app, settings)
    assert config.access_log is False
    assert config.log_config is None
