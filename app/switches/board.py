"""The switchboard: what command line, console and server read and change.

The state is read for every question, so that a change holds for the next one. Who changes something writes the log
first: nothing is switched that the log does not know of.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from app.errors import InvalidInputError, LockedError
from app.files import make_folder
from app.switches import log as switch_log
from app.switches import store
from app.switches.log import Action, LoggedEvent, SwitchEvent
from app.switches.state import FAIL_SAFE, NOTHING_OFF, Block, InForce, Order, Pausable, Pause, Switches, SwitchesError

_LOCK_FILE = "switches.lock"
_WAIT_S = 5.0
log = logging.getLogger(__name__)


class SwitchBoard:
    """The switches of all towns of a data folder. Safe to use from several threads and processes."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._read: dict[str, tuple[bytes | None, Switches]] = {}
        self._complained: dict[str, str] = {}
        self._lock = Lock()

    def in_force(self, tenant: str, moment: datetime) -> InForce:
        """What is switched off at that moment. Never raises: where nobody can tell, the bot is paused."""
        try:
            switches = self.switches(tenant)
        except SwitchesError as error:
            with self._lock:
                new = self._complained.get(tenant) != error.message
                self._complained[tenant] = error.message
            if new:
                log.error("The bot of %s is paused: %s", tenant, error.message)
            return FAIL_SAFE
        with self._lock:
            self._complained.pop(tenant, None)
        return switches.in_force(moment)

    def switches(self, tenant: str) -> Switches:
        """All switches of a town as the file says now. Raises SwitchesError."""
        folder = self._data_dir / tenant
        content = store.read_bytes(folder)
        with self._lock:
            kept = self._read.get(tenant)
        if kept is not None and kept[0] == content:
            return kept[1]
        switches = store.parse(folder, content).switches
        with self._lock:
            self._read[tenant] = (content, switches)
        return switches

    def events(self, tenant: str) -> tuple[LoggedEvent, ...]:
        """The log, oldest first. Raises SwitchesError."""
        return switch_log.read(self._data_dir / tenant)

    def faults(self, tenant: str) -> tuple[str, ...]:
        """What is wrong with state and log, a sentence each; empty when they hold together."""
        folder = self._data_dir / tenant
        try:
            logged = switch_log.read(folder)
            state = store.parse(folder, store.read_bytes(folder))
        except SwitchesError as error:
            return (error.message,)
        return (*switch_log.faults(logged), *store.mismatch(state, logged))

    def pause(self, tenant: str, what: Pausable, pause: Pause) -> Switches:
        """Pauses the bot or generation; a pause that holds already is replaced. Errors: see `_change`."""

        def paused(now: Switches) -> Switches:
            return now.model_copy(update={"paused": {**now.paused, what: pause}})

        return self._change(tenant, Action.PAUSE, what.value, pause, paused)

    def resume(self, tenant: str, what: Pausable, order: Order) -> Switches:
        """Ends a pause. Raises InvalidInputError when there is none; see `_change`."""

        def resumed(now: Switches) -> Switches:
            if what not in now.paused:
                raise InvalidInputError(f"'{what.value}' of '{tenant}' is not paused: see `amtslotse switches`.")
            return now.model_copy(update={"paused": {k: v for k, v in now.paused.items() if k is not what}})

        return self._change(tenant, Action.RESUME, what.value, order, resumed)

    def block(self, tenant: str, block: Block) -> Switches:
        """Blocks a topic; the same block is replaced. Errors: see `_change`."""

        def blocked(now: Switches) -> Switches:
            return now.model_copy(update={"blocks": (*_without(now, block), block)})

        return self._change(tenant, Action.BLOCK, _name(block), block, blocked)

    def unblock(self, tenant: str, block: Block) -> Switches:
        """Ends a block. Raises InvalidInputError when there is none of that kind and target; see `_change`."""

        def unblocked(now: Switches) -> Switches:
            kept = _without(now, block)
            if len(kept) == len(now.blocks):
                raise InvalidInputError(f"{_name(block)} is not blocked for '{tenant}': see `amtslotse switches`.")
            return now.model_copy(update={"blocks": kept})

        return self._change(tenant, Action.UNBLOCK, _name(block), block, unblocked)

    def restore(self, tenant: str, order: Order) -> Switches:
        """Writes a damaged state anew as the newest readable line of the log says. Errors: see `_change`."""
        known = [line.event.then for line in self.events(tenant) if line.event is not None]
        last = known[-1] if known else Switches()
        return self._change(tenant, Action.RESTORE, "", order, lambda _: last, damaged=True)

    def _change(
        self,
        tenant: str,
        action: Action,
        target: str,
        order: Order,
        change: Callable[[Switches], Switches],
        damaged: bool = False,
    ) -> Switches:
        """Logs, then writes the state; what has run out is left out.

        Raises:
            SwitchesError: state or log are damaged or cannot be written; nothing was switched.
            LockedError: another process is switching at the moment.
        """
        folder = self._data_dir / tenant
        make_folder(folder)
        try:
            with FileLock(folder / _LOCK_FILE, timeout=_WAIT_S):
                content = None if damaged else store.read_bytes(folder)
                after = change(store.parse(folder, content).switches.at(order.at))
                if content is None and not damaged:
                    store.write(folder, store.State())  # a log without a state would mean that the state was lost
                logged = switch_log.read(folder)
                event = SwitchEvent(
                    at=order.at,
                    by=order.by,
                    action=action,
                    target=target,
                    reason=order.reason,
                    until=order.until,
                    then=after,
                    previous=logged[-1].hash if logged else switch_log.GENESIS,
                )
                store.write(folder, store.State(log=switch_log.append(folder, event), switches=after))
        except Timeout as error:
            raise LockedError(f"Another process is switching for '{tenant}': try again in a moment.") from error
        return after


def no_switches(_tenant: str, _moment: datetime) -> InForce:
    """Nothing is switched off: for measuring, which is no answering of citizens."""
    return NOTHING_OFF


def _without(now: Switches, block: Block) -> tuple[Block, ...]:
    return tuple(each for each in now.blocks if (each.kind, each.target) != (block.kind, block.target))


def _name(block: Block) -> str:
    return f"{block.kind.value} {block.target}"
