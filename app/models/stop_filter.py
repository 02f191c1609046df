"""Cuts generated text before the first stop string, also when the string arrives in parts."""

from collections.abc import Sequence


class StopFilter:
    """Lets text through piece by piece, holding back what may turn out to begin a stop string.

    The stop string that is complete first wins; of several complete at the same character, the longest. So the
    result doesn't depend on how the text was cut into pieces.
    """

    def __init__(self, stop: Sequence[str]) -> None:
        self._stop = tuple(text for text in stop if text)
        self._held = ""
        self.stopped = False

    def feed(self, text: str) -> str:
        """What may be shown now; empty once `stopped`."""
        if self.stopped:
            return ""
        text = self._held + text
        matches = [(start + len(stop), start) for stop in self._stop if (start := text.find(stop)) >= 0]  # (end, start)
        if matches:
            self.stopped = True
            self._held = ""
            return text[: min(matches)[1]]
        shown = len(text) - self._undecided(text)
        self._held = text[shown:]
        return text[:shown]

    def flush(self) -> str:
        """What was held back when the text ends without a stop string."""
        rest, self._held = self._held, ""
        return rest

    def _undecided(self, text: str) -> int:
        """Length of the longest end of `text` that begins a stop string."""
        lengths = (
            length
            for stop in self._stop
            for length in range(min(len(stop) - 1, len(text)), 0, -1)
            if text.endswith(stop[:length])
        )
        return max(lengths, default=0)
