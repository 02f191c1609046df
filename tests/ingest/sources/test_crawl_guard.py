"""Where a crawl must not go: private addresses, other hosts and ports, circles; and that TLS is checked."""

import datetime
import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ingest.findings import Severity
from ingest.sources import crawl_network
from ingest.sources.crawl import read_crawl
from tests.ingest.sources.crawls import codes, from_start, messages, source, titles
from tests.ingest.sources.website import Reply, Website, html, serving


@pytest.fixture
def public_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets 127.0.0.1 count as an address of the internet, for crawls that must not ask private ones."""
    is_public = crawl_network.is_public

    def pretend(address: IPv4Address | IPv6Address) -> bool:
        return address == ip_address("127.0.0.1") or is_public(address)

    monkeypatch.setattr(crawl_network, "is_public", pretend)


@pytest.fixture
def neighbour(site: Website) -> Iterator[Website]:
    """Another site on the same port, at an address that nobody calls public."""
    port = int(site.address.rpartition(":")[2])
    with serving({"/": html("Geheim"), "/robots.txt": b""}, host="127.0.0.2", port=port) as website:
        yield website


def test_loopback_is_refused_unless_private_addresses_are_allowed(site: Website, tmp_path: Path) -> None:
    site.replies = {"/": Reply(html("Start"))}
    assert codes(read_crawl(from_start(site, allow_private_addresses=False), tmp_path)) == [
        ("crawl-private-address", Severity.ERROR, site.url("/")),
        ("crawl-empty", Severity.ERROR, site.url("/")),
    ]
    assert site.asked == []
    assert titles(read_crawl(from_start(site), tmp_path)) == ["Start"]


@pytest.mark.usefixtures("public_loopback")
def test_a_redirect_to_a_private_address_is_not_followed(site: Website, neighbour: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/umzug", "/meta")),
        "/umzug": Reply(status=301, headers={"Location": neighbour.url("/")}),
        "/meta": Reply(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"}),
    }
    crawl = from_start(site, allow_private_addresses=False, allowed_hosts=["127.0.0.1", "127.0.0.2", "169.254.169.254"])
    results = list(read_crawl(crawl, tmp_path))
    assert titles(results) == ["Start"]
    assert codes(results) == [
        ("crawl-private-address", Severity.WARNING, site.url("/umzug")),
        ("crawl-private-address", Severity.WARNING, site.url("/meta")),
    ]
    assert neighbour.asked == []


@pytest.mark.usefixtures("public_loopback")
def test_a_name_that_changes_its_address_gains_nothing(
    site: Website, neighbour: Website, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, asked = socket.getaddrinfo, 0

    def rebinding(host: str, *args: Any, **kwargs: Any) -> Any:
        nonlocal asked
        if host != "rebind.example":
            return resolve(host, *args, **kwargs)
        asked += 1
        return resolve("127.0.0.1" if asked <= 2 else "127.0.0.2", *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    hang_up = {"Connection": "close"}
    site.replies = {"/": Reply(html("Start", "/hund"), headers=hang_up), "/robots.txt": Reply(headers=hang_up)}
    start = site.url("/").replace("127.0.0.1", "rebind.example")
    results = list(read_crawl(source(start=start, allow_private_addresses=False), tmp_path))
    assert titles(results) == ["Start"]
    assert codes(results) == [("crawl-private-address", Severity.WARNING, f"{start}hund")]
    assert [page.path for page in site.asked] == ["/robots.txt", "/"]
    assert neighbour.asked == []


def test_a_redirect_to_another_host_is_not_followed(site: Website, neighbour: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/umzug")),
        "/umzug": Reply(status=301, headers={"Location": neighbour.url("/")}),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert codes(results) == [("crawl-foreign-host", Severity.WARNING, site.url("/"))]
    assert f"{neighbour.url('/')} (127.0.0.2 is not allowed)" in messages(results)
    assert neighbour.asked == []


def test_other_ports_of_an_allowed_host_are_not_asked(site: Website, tmp_path: Path) -> None:
    with serving({"/": html("Datenbank")}) as other:
        site.replies = {"/": Reply(html("Start", other.url("/")))}
        assert titles(read_crawl(from_start(site), tmp_path)) == ["Start"]
        assert other.asked == []


def test_a_redirect_in_a_circle_ends(site: Website, tmp_path: Path) -> None:
    site.replies = {
        "/": Reply(html("Start", "/a")),
        "/a": Reply(status=302, headers={"Location": "/b"}),
        "/b": Reply(status=302, headers={"Location": "/a"}),
    }
    results = list(read_crawl(from_start(site), tmp_path))
    assert codes(results) == [("crawl-failed", Severity.WARNING, site.url("/a"))]
    assert "redirected more than 5 times" in messages(results)
    assert len(site.paths) == 7


def test_https_is_checked_against_the_names_and_authorities_that_are_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({"/": html("Start"), "/robots.txt": b""}, certificate=_certificate(tmp_path / "own.pem")) as site:
        results = list(read_crawl(from_start(site), tmp_path / "a"))
        assert "CERTIFICATE_VERIFY_FAILED" in messages(results)
        assert site.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "own.pem"))
        assert titles(read_crawl(from_start(site), tmp_path / "b")) == ["Start"]
        other_name = source(start=site.url("/").replace("127.0.0.1", "localhost"))
        assert "CERTIFICATE_VERIFY_FAILED" in messages(read_crawl(other_name, tmp_path / "c"))


def _certificate(path: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody signed but itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Musterstadt")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(certificate.public_bytes(pem) + secret)
    return path
