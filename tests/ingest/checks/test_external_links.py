"""Asking the web for the addresses in texts, against a server on loopback."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.checks.check import CheckedText
from ingest.checks.external_links import check_external_links
from ingest.findings import Finding
from tests.ingest.checks.given import given, text

_STATUS = {"/ok": 200, "/gone": 404, "/login": 401, "/busy": 429, "/broken": 500, "/only-get": 200}


class _Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def do_HEAD(self) -> None:
        self._answer(405 if self.path == "/only-get" else None)

    def do_GET(self) -> None:
        self._answer(None)

    def _answer(self, status: int | None) -> None:
        self.asked.append(f"{self.command} {self.path}")
        if self.path == "/loop":
            self.send_response(302)
            self.send_header("Location", "/loop")
        elif self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/ok")
        else:
            self.send_response(status or _STATUS.get(self.path, 404))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """A server's address; `_Handler.asked` notes the requests."""
    _Handler.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def dead(*texts: CheckedText, private: bool = True) -> list[Finding]:
    """What is wrong with the addresses in texts, in a town without any of its own."""
    links = {"allow_private_addresses": private, "requests_per_second": 20, "timeout_seconds": 5}
    ready = given(*texts, links=links)
    offices = tuple(office.model_copy(update={"url": "", "appointment_url": None}) for office in ready.tenant.offices)
    town = ready.tenant.model_copy(update={"offices": offices})
    return list(check_external_links(replace(ready, tenant=town)))


@pytest.mark.parametrize("path", ["/ok", "/moved", "/login", "/busy", "/only-get"])
def test_an_address_that_answers_is_fine(server: str, path: str) -> None:
    assert dead(text(f"[hier]({server}{path})")) == []


@pytest.mark.parametrize(
    ("path", "why"), [("/gone", "Fehler 404"), ("/broken", "Fehler 500"), ("/loop", "leitet endlos weiter")]
)
def test_an_address_that_is_gone_is_reported_with_its_words(server: str, path: str, why: str) -> None:
    (finding,) = dead(text(f"[hier]({server}{path})"))
    assert (finding.code, finding.quote) == ("dead-link", "hier")
    assert why in finding.german


def test_an_address_is_asked_once_however_many_texts_have_it(server: str) -> None:
    assert len(dead(text(f"{server}/ok {server}/gone"), text(f"{server}/ok {server}/gone#a"))) == 2
    assert _Handler.asked == ["HEAD /ok", "HEAD /gone", "GET /gone"]


def test_private_addresses_are_not_asked_unless_the_town_allows_it(server: str) -> None:
    (finding,) = dead(text(f"{server}/ok"), private=False)
    assert "private network" in finding.message
    assert _Handler.asked == []


def test_a_host_that_does_not_answer_is_not_asked_for_every_page() -> None:
    findings = dead(*(text(f"https://nobody.invalid/{number}") for number in range(4)))
    assert ["did not answer before" in finding.message for finding in findings] == [False, False, True, True]


def test_front_matter_addresses_are_asked_too(server: str) -> None:
    (finding,) = dead(text(online_service_url=f"{server}/gone", source_url=f"{server}/ok"))
    assert (finding.line, finding.quote) == (0, f"{server}/gone")


def test_so_are_the_offices_of_the_town(server: str) -> None:
    ready = given(links={"allow_private_addresses": True, "requests_per_second": 20})
    office = ready.tenant.offices[0].model_copy(update={"url": f"{server}/ok", "appointment_url": f"{server}/gone"})
    town = ready.tenant.model_copy(update={"offices": (office,)})
    (finding,) = check_external_links(replace(ready, tenant=town))
    assert finding.file == "tenant.yaml"
