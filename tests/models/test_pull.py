"""Downloads from a hub on loopback, with everything that goes wrong on a real one."""

import hashlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from app.errors import InvalidInputError, ModelError
from app.models.catalog import CatalogEntry, HubSource, load_catalog
from app.models.installed import InstalledModel, model_dir
from app.models.pull import pull_model
from app.settings import Settings

CONTENT = b"GGUF" + bytes(range(256)) * 20_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@dataclass
class Hub:
    """What the hub serves, how it behaves, and what it was asked."""

    content: bytes = CONTENT
    etag: str = '"one"'
    status: int = 200
    break_off_after: int | None = None
    announced: str | None = None
    redirect: bool = False
    requests: list[tuple[str, str | None]] = field(default_factory=list)
    """Path and Range header of each."""
    url: str = ""


def handler_for(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range")
            hub.requests.append((self.path, wanted))
            if hub.status != 200:
                self.send_error(hub.status)
                return
            if hub.redirect and not self.path.startswith("/storage/"):
                self.send_response(302)
                self.send_header("Location", "/storage/blob")
                if hub.announced:
                    self.send_header("X-Linked-Etag", f'"{hub.announced}"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            start = 0
            if wanted and self.headers.get("If-Range") == hub.etag:
                start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(hub.content):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            self.send_header("ETag", hub.etag)
            self.send_header("Content-Length", str(len(hub.content) - start))
            self.end_headers()
            rest = hub.content[start:]
            if hub.break_off_after is not None:
                rest, hub.break_off_after = rest[: hub.break_off_after], None
            self.wfile.write(rest)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return Handler


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    hub = Hub()
    with ThreadingHTTPServer(("127.0.0.1", 0), handler_for(hub)) as server:
        hub.url = f"http://127.0.0.1:{server.server_address[1]}"
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield hub
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(models_dir=tmp_path)


def tiny(sha256: str | None = SHA256, size_bytes: int = len(CONTENT)) -> CatalogEntry:
    return CatalogEntry(
        id="tiny-it",
        kind="llm",
        title="Tiny",
        licence="MIT",
        licence_url="https://licence.example",
        file="tiny.gguf",
        size_bytes=size_bytes,
        sha256=sha256,
        languages=("de",),
        source=HubSource(hub="town/tiny", file="sub/tiny.gguf", revision="abc123"),
    )


def pull(settings: Settings, entry: CatalogEntry) -> list[str]:
    lines: list[str] = []
    pull_model(settings, entry, lines.append)
    return lines


def installed(settings: Settings) -> bytes:
    return (settings.models_dir / "tiny-it" / "tiny.gguf").read_bytes()


def assert_nothing_left(settings: Settings) -> None:
    left = [path for path in settings.models_dir.rglob("*") if path.is_file() and path.name != ".lock"]
    assert left == []


def test_a_model_is_fetched_from_its_revision_and_recorded(hub: Hub, settings: Settings) -> None:
    pull(settings, tiny())
    assert hub.requests == [("/town/tiny/resolve/abc123/sub/tiny.gguf", None)]
    assert installed(settings) == CONTENT
    record = (model_dir(settings, tiny()) / "model.json").read_text(encoding="utf-8")
    assert InstalledModel.model_validate_json(record).files["tiny.gguf"].sha256 == SHA256


def test_a_model_that_is_there_is_not_fetched_again(hub: Hub, settings: Settings) -> None:
    pull(settings, tiny())
    assert pull(settings, tiny()) == ["tiny-it: ready"]
    assert len(hub.requests) == 1


def test_a_damaged_model_is_fetched_again(hub: Hub, settings: Settings) -> None:
    pull(settings, tiny())
    (settings.models_dir / "tiny-it" / "tiny.gguf").write_bytes(b"damaged")
    pull(settings, tiny())
    assert installed(settings) == CONTENT


def test_an_interrupted_download_continues_where_it_stopped(hub: Hub, settings: Settings) -> None:
    hub.break_off_after = 3_000_000
    with pytest.raises(ModelError, match="continues where it stopped"):
        pull(settings, tiny())
    assert not (settings.models_dir / "tiny-it").exists()
    have = (settings.models_dir / ".downloads" / "tiny-it.part").stat().st_size
    assert 0 < have <= 3_000_000
    pull(settings, tiny())
    assert hub.requests[-1][1] == f"bytes={have}-"
    assert installed(settings) == CONTENT


def test_a_part_of_another_version_is_not_continued(hub: Hub, settings: Settings) -> None:
    hub.content, hub.break_off_after = b"older version " * 300_000, 3_000_000
    with pytest.raises(ModelError):
        pull(settings, tiny())
    hub.content, hub.etag = CONTENT, '"two"'
    pull(settings, tiny())
    assert installed(settings) == CONTENT


def test_a_part_that_is_already_whole_is_only_checked(hub: Hub, settings: Settings) -> None:
    parts = settings.models_dir / ".downloads"
    parts.mkdir()
    (parts / "tiny-it.part").write_bytes(CONTENT)
    (parts / "tiny-it.etag").write_text(hub.etag, encoding="utf-8")
    pull(settings, tiny())
    assert installed(settings) == CONTENT


def test_a_wrong_checksum_leaves_nothing(hub: Hub, settings: Settings) -> None:
    hub.content = bytes(len(CONTENT))
    with pytest.raises(ModelError, match=r"has the SHA-256 .* expected is .*It was deleted"):
        pull(settings, tiny())
    assert_nothing_left(settings)


def test_a_larger_file_than_the_catalog_says_leaves_nothing(hub: Hub, settings: Settings) -> None:
    hub.content = CONTENT * 3
    with pytest.raises(ModelError, match="larger than"):
        pull(settings, tiny())
    assert not (settings.models_dir / "tiny-it").exists()


def test_a_smaller_file_than_the_catalog_says_is_not_installed(hub: Hub, settings: Settings) -> None:
    with pytest.raises(ModelError, match=f"{len(CONTENT)} of {len(CONTENT) + 1} bytes"):
        pull(settings, tiny(size_bytes=len(CONTENT) + 1))
    assert not (settings.models_dir / "tiny-it").exists()


def test_without_a_catalog_checksum_the_one_that_the_hub_announces_is_required(hub: Hub, settings: Settings) -> None:
    hub.redirect, hub.announced = True, SHA256
    lines = pull(settings, tiny(sha256=None))
    assert f"tiny-it: the catalog has no checksum; recorded SHA-256 {SHA256} (as the hub announced it)" in lines


def test_another_file_than_the_hub_announced_leaves_nothing(hub: Hub, settings: Settings) -> None:
    hub.redirect, hub.announced = True, hashlib.sha256(b"another").hexdigest()
    with pytest.raises(ModelError, match="It was deleted"):
        pull(settings, tiny(sha256=None))
    assert_nothing_left(settings)


def test_without_any_checksum_the_first_one_seen_is_recorded_and_said(hub: Hub, settings: Settings) -> None:
    lines = pull(settings, tiny(sha256=None))
    assert f"tiny-it: the catalog has no checksum; recorded SHA-256 {SHA256} (trusted at first sight)" in lines


@pytest.mark.parametrize(
    ("status", "message"),
    [(404, "the hub has no "), (401, "accept the licence"), (403, "HF_TOKEN"), (503, "status 503: try again later")],
)
def test_a_refusal_is_explained(hub: Hub, settings: Settings, status: int, message: str) -> None:
    hub.status = status
    with pytest.raises(ModelError, match=message):
        pull(settings, tiny())
    assert_nothing_left(settings)


def test_no_network_is_explained(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
    with pytest.raises(ModelError, match="cannot be reached"):
        pull(settings, tiny())


def test_a_model_that_comes_with_the_dependencies_is_not_pulled(settings: Settings) -> None:
    with pytest.raises(InvalidInputError, match="models prepare"):
        pull_model(settings, load_catalog().entry("gemma-3-270m"), lambda line: None)
