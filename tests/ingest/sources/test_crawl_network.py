"""Which addresses belong to the internet, and that unpacking stays small."""

import tracemalloc
import zlib
from ipaddress import ip_address

import pytest

from ingest.sources.crawl_http import TooLargeError, gunzipped
from ingest.sources.crawl_network import is_public
from tests.ingest.sources.website import bomb


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "100.100.100.200", "168.63.129.16", "0.0.0.0", "255.255.255.255", "224.0.0.1", "198.18.0.1", "::", "::1",
     "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_addresses_that_are_not_of_the_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(ip_address(address))


def test_unpacking_a_bomb_takes_little_memory() -> None:
    packed = bomb()
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            gunzipped([packed], 1_000_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


def test_several_packed_parts_are_one_text_however_they_are_cut() -> None:
    pack = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    packed = (pack.compress(b"Stadt") + pack.flush()) * 2
    assert gunzipped([packed], 100) == b"StadtStadt"
    assert gunzipped([bytes([byte]) for byte in packed], 10) == b"StadtStadt"
    with pytest.raises(TooLargeError):
        gunzipped([packed], 9)
    with pytest.raises(zlib.error):
        gunzipped([packed[:-1]], 100)
