"""Steps that are done once, and repaired after an interruption."""

from pathlib import Path

import pytest

from scripts.stamps import Stamps


def test_a_step_runs_once_for_the_same_input_and_again_for_another(tmp_path: Path) -> None:
    stamps, calls = Stamps(tmp_path), list[bool]()
    for key in ("one", "one", "two"):
        stamps.run("torch", key, calls.append)
    assert calls == [False, False]
    assert stamps.done("torch", "two")


def test_an_interrupted_step_is_told_so_and_is_not_done(tmp_path: Path) -> None:
    def interrupt(_: bool) -> None:
        raise KeyboardInterrupt

    stamps, calls = Stamps(tmp_path), list[bool]()
    with pytest.raises(KeyboardInterrupt):
        stamps.run("torch", "one", interrupt)
    assert not stamps.done("torch", "one")
    stamps.run("torch", "one", calls.append)
    stamps.run("torch", "two", calls.append)
    assert calls == [True, False]
