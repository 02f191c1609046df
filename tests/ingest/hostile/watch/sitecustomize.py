"""Notes what a Python process and its children write, ask the network for, and start. Loaded from PYTHONPATH."""

import json
import os
import sys

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_EVENTS = frozenset(
    "os.mkdir os.rename os.remove os.rmdir os.link os.symlink os.truncate os.chmod os.chown os.system os.exec "
    "os.posix_spawn subprocess.Popen socket.connect socket.bind socket.sendto socket.getaddrinfo "
    "socket.gethostbyname urllib.Request".split()
)

sys.dont_write_bytecode = True
_log = os.open(
    os.path.join(os.path.dirname(__file__), "noted.log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600  # noqa: PTH118, PTH120
)  # fmt: skip


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, int) or not isinstance(flags, int) or not flags & _WRITING:
            return
        arguments = (path,)
    elif event not in _EVENTS:
        return
    line = json.dumps([event, *(_shown(argument) for argument in arguments)], default=str)
    os.write(_log, f"{line}\n".encode())


def _shown(argument: object) -> object:
    return os.fsdecode(argument) if isinstance(argument, bytes | os.PathLike) else argument


sys.addaudithook(_note)
