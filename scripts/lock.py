"""`make lock`: writes the exact versions of this environment into requirements/, split by who needs them.

Tried and tested first, then locked: change pyproject.toml, install by hand, run the tests, run this.
"""

import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.installation import REQUIREMENTS, ROOT

_HEADER = (
    "# Made by `make lock` from pyproject.toml and the installed versions; installed by scripts/installation.py.\n"
)


def main() -> int:
    """Writes runtime.lock and dev.lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = closure(project["dependencies"])
    dev = closure([*project["dependencies"], *project["optional-dependencies"]["dev"]])
    _write("runtime.lock", runtime)
    _write("dev.lock", {name: pinned for name, pinned in dev.items() if name not in runtime})
    return 0


def closure(requirements: list[str]) -> dict[str, str]:
    """Versions of these packages and all that they need here, by name; without a local part such as "+cpu"."""
    found: dict[str, str] = {}
    waiting = [Requirement(line) for line in requirements]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = frozenset(requirement.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found[name] = version(name).partition("+")[0]
        for line in requires(name) or []:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in (*extras, "")):
                waiting.append(needed)
    return dict(sorted(found.items()))


def _write(name: str, versions: dict[str, str]) -> None:
    lines = "".join(f"{package}=={pinned}\n" for package, pinned in versions.items())
    (REQUIREMENTS / name).write_text(_HEADER + lines, encoding="utf-8")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PackageNotFoundError as error:
        sys.exit(f"lock: {error.name} is not installed here: install it first, then run `make lock` again.")
