"""Notes and refuses every way out of a process: imported before any library."""

import ctypes
import fcntl
import ipaddress
import os
import socket
import struct
import sys
from pathlib import Path

_ADDRESS_AT = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
_NAME_AT = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}
_ANYWHERE = frozenset({None, "", "localhost", "0.0.0.0", "::"})
"""Names that no resolver is asked for; the last ones are for listening."""
SOMEWHERE = "192.0.2.1"
"""An address that nobody has (RFC 5737)."""
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _UP = 0x8913, 0x8914, 1


def forbid(noted: list[str]) -> None:
    """Refuses connections, datagrams and name look-ups of Python code that leave the machine; notes each attempt."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _ADDRESS_AT:
            target = arguments[_ADDRESS_AT[event]]
        elif event in _NAME_AT:
            target = arguments[_NAME_AT[event]]
        else:
            return
        if not _stays(target):
            noted.append(f"{event} {target}")
            raise PermissionError(f"egress is forbidden here: {event} {target}")

    sys.addaudithook(hook)


def _stays(target: object) -> bool:
    if isinstance(target, tuple):
        target = target[0]
    if isinstance(target, bytes):
        target = target.decode(errors="replace")
    if target in _ANYWHERE or not isinstance(target, str):
        return True
    if target.startswith(("/", "\0")):
        return True  # a socket in the file system
    try:
        return ipaddress.ip_address(target.partition("%")[0]).is_loopback
    except ValueError:
        return False


def raise_loopback() -> None:
    """Makes 127.0.0.1 usable in a network namespace of its own, where it is down at first."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        asked = struct.pack("16sh", b"lo", 0)
        (flags,) = struct.unpack("16xh", fcntl.ioctl(probe, _SIOCGIFFLAGS, asked)[:18])
        fcntl.ioctl(probe, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | _UP))


def kernel_counts() -> dict[str, int]:
    """What the kernel counted in this network namespace, whoever tried it, native code included.

    `unroutable`: packets and connections to another machine, for there is no way out. `datagrams`: UDP packets, which
    is what questions to a name server are, also to one on this machine.
    """
    old = (Path("/proc/net/snmp").read_text("utf-8")).splitlines()
    four = {
        f"{names.split()[0][:-1]}{name}": int(value)
        for names, values in zip(old[::2], old[1::2], strict=True)
        for name, value in zip(names.split()[1:], values.split()[1:], strict=True)
    }
    path = Path("/proc/net/snmp6")
    six = (
        {key: int(value) for key, value in map(str.split, path.read_text("utf-8").splitlines())}
        if path.exists()
        else {}
    )
    return {
        "unroutable": four["IpOutNoRoutes"] + six.get("Ip6OutNoRoutes", 0),
        "datagrams": four["UdpOutDatagrams"] + six.get("Udp6OutDatagrams", 0),
    }


def connect_natively() -> None:
    """Tries to connect from C, which Python's audit hooks don't see: so that a test knows that the kernel counts it."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    address = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(9), socket.inet_aton(SOMEWHERE))
    libc.connect(descriptor, address, len(address))
    os.close(descriptor)
