"""The town of the live server as it was: for walks that change texts, settings or switches of the shared server."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.index.generation import activate, active_id
from app.switches.board import SwitchBoard
from app.switches.state import Order
from tests.knowledge import TENANT


@contextmanager
def put_back(live_data: Path, knowledge_dir: Path) -> Iterator[Path]:
    """Gives the town's knowledge folder; afterwards its files, the live generation and the switches are as before."""
    town = knowledge_dir / TENANT
    files = {path: path.read_bytes() for path in town.rglob("*") if path.is_file()}
    live = active_id(live_data, TENANT)
    try:
        yield town
    finally:
        for path in [path for path in town.rglob("*") if path.is_file() and path not in files]:
            path.unlink()
        for path, content in files.items():
            path.write_bytes(content)
        if live is not None:
            activate(live_data, TENANT, live)
        board, order = SwitchBoard(live_data), Order(by="Test", reason="Probe ist vorbei", at=datetime.now(UTC))
        now = board.switches(TENANT)
        for what in now.paused:
            board.resume(TENANT, what, order)
        for block in now.blocks:
            board.unblock(TENANT, block)
