"""One request of a crawl: size and time limits, no cookies, no redirects, no more than one layer of compression."""

import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx

from app.version import code_version
from ingest.sources.config import CrawlSource
from ingest.sources.crawl_network import NETWORK_ERRORS, Deadline, GuardedTransport, RefusedAddressError

AGENT = "Amtslotse"
"""The name that robots.txt and robots tags may address."""
_WHOLE_TAKES_TIMES = 3
"""An answer that trickles in may take this many times `timeout_s`."""
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. `body` is unpacked, and empty for any status but 200."""

    status: int
    content_type: str
    location: str
    etag: str
    last_modified: str
    robots_tag: str
    body: bytes


class NoAnswerError(Exception):
    """There is no usable answer; the text says why. `unusable`: the site did answer, but with nothing to work with."""

    def __init__(self, reason: str, *, unusable: bool = False) -> None:
        super().__init__(reason)
        self.unusable = unusable


class PrivateAddressError(NoAnswerError):
    """The host leads into the own network."""


class TooLargeError(Exception):
    """Unpacked, there is more than allowed."""


class CrawlClient:
    """Sends the requests of one crawl. Use as a context manager."""

    def __init__(self, source: CrawlSource) -> None:
        self._timeout_s = source.timeout_s
        self._deadline = Deadline(0.0)
        contact = source.contact or source.start or source.sitemap
        self._client = httpx.Client(
            transport=GuardedTransport(self._deadline, source.allow_private_addresses, source.proxy),
            headers={
                "User-Agent": f"{AGENT}/{code_version().partition('+')[0]} (+{contact})",
                "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.5",
                "Accept-Encoding": "gzip",
            },
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=source.timeout_s,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def get(self, address: str, conditions: Mapping[str, str], most_bytes: int) -> Answer:
        """Asks once. Raises NoAnswerError, and nothing else, whatever the other side does."""
        self._deadline.at = time.monotonic() + self._timeout_s * _WHOLE_TAKES_TIMES
        try:
            with self._client.stream("GET", address, headers=conditions) as response:
                body = _body(response, most_bytes) if response.status_code == httpx.codes.OK else b""
        except RefusedAddressError as error:
            raise PrivateAddressError(
                f"{httpx.URL(address).host} leads to {error}, an address that is not public"
            ) from error
        except TooLargeError as error:
            raise NoAnswerError(f"it is larger than {most_bytes / 1e6:g} MB", unusable=True) from error
        except zlib.error as error:
            raise NoAnswerError("its compression is damaged", unusable=True) from error
        except NETWORK_ERRORS as error:
            raise NoAnswerError(_why(error)) from error
        headers = response.headers
        return Answer(
            status=response.status_code,
            content_type=headers.get("content-type", ""),
            location=headers.get("location", ""),
            etag=headers.get("etag", ""),
            last_modified=headers.get("last-modified", ""),
            robots_tag=headers.get("x-robots-tag", ""),
            body=body,
        )


def gunzipped(parts: Iterable[bytes], most_bytes: int) -> bytes:
    """Unpacks gzip or zlib data without ever holding more than the limit. Raises TooLargeError or zlib.error."""
    unpacked = bytearray()
    inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
    for part in parts:
        rest = part
        while rest:
            if inflate.eof:  # another member of the same file
                inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
            unpacked += inflate.decompress(rest, most_bytes + 1 - len(unpacked))
            if len(unpacked) > most_bytes:
                raise TooLargeError
            rest = inflate.unused_data
    if not inflate.eof:
        raise zlib.error("the data ends too early")
    return bytes(unpacked)


def _body(response: httpx.Response, most_bytes: int) -> bytes:
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("gzip", "x-gzip"):
        return gunzipped(response.iter_raw(), most_bytes)
    if packing not in ("identity", ""):
        raise NoAnswerError(f"it is packed as '{packing}', which was not asked for", unusable=True)
    plain = bytearray()
    for part in response.iter_raw():
        plain += part
        if len(plain) > most_bytes:
            raise TooLargeError
    return bytes(plain)


def _why(error: Exception) -> str:
    if "Timeout" in type(error).__name__:
        return "no answer in time"
    return str(error) or type(error).__name__
