"""No container engine is needed: the Dockerfile is read. Does all exist that it names, and is it `make setup`?"""

import json
import re
import shlex
import tomllib
from dataclasses import dataclass
from importlib.util import find_spec

import pytest

from scripts.installation import ROOT, _parse

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Instruction:
    stage: int
    word: str
    rest: str


def instructions() -> list[Instruction]:
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    found: list[Instruction] = []
    stage = -1
    for line in re.sub(r"\\\n\s*", " ", text).splitlines():
        if line.strip():
            word, _, rest = line.partition(" ")
            stage += word == "FROM"
            found.append(Instruction(stage, word, rest.strip()))
    return found


def of(word: str, stage: int | None = None) -> list[str]:
    return [line.rest for line in instructions() if line.word == word and stage in (None, line.stage)]


def setup_calls(text: str) -> list[list[str]]:
    """Arguments of each `python -m scripts.setup …` in a text."""
    calls = re.findall(r"(?:python3?|\$\(PYTHON\)) -m scripts\.setup([^&|;\n]*)", text)
    return [shlex.split(call) for call in calls]


def ignored(path: str) -> bool:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    return rules[0] != "*" or f"!{path}" not in rules


def test_every_copied_path_exists_and_reaches_the_build() -> None:
    sources = [part for rest in of("COPY") if "--from" not in rest for part in rest.split()[:-1]]
    assert sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert not ignored(source), source


def test_everything_that_runs_is_copied() -> None:
    copied = " ".join(of("COPY"))
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = [pattern.rstrip("*") for pattern in content["tool"]["setuptools"]["packages"]["find"]["include"]]
    for folder in [*packages, "scripts", "requirements", "knowledge", "prompts"]:
        assert f"{folder}/ {folder}/" in copied


def test_the_steps_are_those_of_make_setup() -> None:
    assert setup_calls(MAKEFILE)[0] == []  # `make setup`: all parts, which are install and content
    (built,) = [call for rest in of("RUN", stage=0) for call in setup_calls(rest)]
    (started,) = setup_calls(json.loads(of("CMD", stage=1)[0])[2])
    assert (built[0], started) == ("install", ["content"])
    assert _parse([]).part == "all"
    for call in (built, started):
        _parse(call)  # every argument is one that the set-up knows


def test_the_command_exists_and_comes_last() -> None:
    shell, option, script = json.loads(of("CMD", stage=1)[0])
    assert (shell, option) == ("sh", "-c")
    assert script.endswith("exec amtslotse serve")
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert find_spec(scripts["amtslotse"].partition(":")[0]) is not None


def test_the_environment_is_copied_to_the_place_where_it_was_made() -> None:
    (place,) = set(of("WORKDIR"))
    assert f"--from=builder {place} {place}" in of("COPY", stage=1)
    assert f"PATH={place}/.venv/bin:$PATH" in of("ENV", stage=1)[0]


def test_it_runs_as_an_ordinary_user_who_owns_the_volumes() -> None:
    (user,) = of("USER", stage=1)
    assert user not in ("root", "0")
    assert f"--uid {user} " in of("RUN", stage=1)[0]
    assert json.loads(of("VOLUME", stage=1)[0]) == ["/data", "/models"]
    assert "--owner=amtslotse --group=amtslotse /data /models" in of("RUN", stage=1)[0]


@pytest.mark.parametrize(
    "variable",
    ["AMTSLOTSE_DATA_DIR=/data", "AMTSLOTSE_MODELS_DIR=/models", "PYTHONDONTWRITEBYTECODE=1", "HF_HUB_OFFLINE=1"],
)
def test_nothing_but_the_volumes_and_tmp_is_written(variable: str) -> None:
    assert variable in of("ENV", stage=1)[0].split()


def test_every_location_of_caches_is_a_volume_or_tmp() -> None:
    variables = dict(part.split("=", 1) for part in of("ENV", stage=1)[0].split())
    for name in ("HF_HOME", "XDG_CACHE_HOME", "AMTSLOTSE_DATA_DIR", "AMTSLOTSE_MODELS_DIR"):
        assert variables[name].startswith(("/data", "/models", "/tmp"))


def test_the_index_of_torch_and_the_processor_are_build_arguments() -> None:
    arguments = dict(rest.split("=", 1) for rest in of("ARG", stage=0))
    assert arguments["TORCH_INDEX_URL"] == '""'
    assert "avx2" in arguments["CPU_FEATURES"]
    assert not {"avx512f", "amx_tile"} & set(arguments["CPU_FEATURES"].strip('"').split())


def test_the_health_check_is_a_program_that_asks_healthz() -> None:
    (check,) = of("HEALTHCHECK", stage=1)
    command = json.loads(check.partition("CMD ")[2])
    assert command[:2] == ["python", "-c"]
    compile(command[2], "healthcheck", "exec")
    assert "/healthz" in command[2]
    assert of("EXPOSE", stage=1) == ["8000"]


@pytest.mark.parametrize("place", ["Dockerfile", "docs/operations.md"])
def test_the_documented_start_takes_every_right_away_that_it_does_not_need(place: str) -> None:
    text = (ROOT / place).read_text(encoding="utf-8")
    (start,) = re.findall(r"docker run (?:[^\n]*\\\n)*[^\n]*", text)
    for option in ("--read-only", "--tmpfs /tmp", "--cap-drop=ALL", "--security-opt no-new-privileges"):
        assert option in start
    assert "--privileged" not in start
    assert "-p 127.0.0.1:" in start  # not open to the network by accident
