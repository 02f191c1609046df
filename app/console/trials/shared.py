"""The trial room of the running service: made on first use, closed with the service."""

from threading import Lock

from starlette.datastructures import State

from app.api.dependencies import Running
from app.console.trials.room import TrialRoom

_making = Lock()


def trial_room(state: State, running: Running) -> TrialRoom:
    """The one room; `state` is that of the application."""
    with _making:
        room = getattr(state, "trial_room", None)
        if room is None:
            room = TrialRoom(running.settings, running.service)
            state.trial_room = room
        assert isinstance(room, TrialRoom)
        return room


def close_trial_room(state: State) -> None:
    """Stops what is going on in the room and frees its model; without effect when nobody used it."""
    room = getattr(state, "trial_room", None)
    if isinstance(room, TrialRoom):
        room.close()
        state.trial_room = None
