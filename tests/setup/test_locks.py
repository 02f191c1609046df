"""The committed versions: complete, exact, and the ones that are installed here."""

import re
import tomllib
from importlib.metadata import version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.installation import REQUIREMENTS, ROOT


def lock(name: str) -> dict[str, str]:
    lines = (REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line) for line in pinned)
    return dict(line.split("==") for line in pinned)


def project() -> dict[str, list[str]]:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"runtime": content["dependencies"], "dev": content["optional-dependencies"]["dev"]}


def test_every_dependency_of_the_project_is_pinned_within_its_bounds() -> None:
    runtime = lock("runtime.lock")
    everything = runtime | lock("dev.lock")
    for line in project()["runtime"] + project()["dev"]:
        requirement = Requirement(line)
        assert requirement.specifier.contains(everything[canonicalize_name(requirement.name)]), line
    assert {canonicalize_name(Requirement(line).name) for line in project()["runtime"]} <= set(runtime)


def test_no_package_is_pinned_twice_with_different_versions() -> None:
    runtime, dev, build = lock("runtime.lock"), lock("dev.lock"), lock("build.lock")
    assert not set(runtime) & set(dev)
    assert {name: runtime[name] for name in runtime.keys() & build.keys()} == {
        name: build[name] for name in runtime.keys() & build.keys()
    }


def test_what_is_installed_is_what_is_locked() -> None:
    """After a deliberate change of versions: `make lock`."""
    locked = lock("runtime.lock") | lock("dev.lock")
    assert {name: version(name).partition("+")[0] for name in locked} == locked
