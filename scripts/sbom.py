"""`make sbom`: a bill of materials (CycloneDX, JSON) of what runs: the runtime packages as locked and installed here.

Licences and dependencies come from the installed packages; which packages belong to the runtime says the lock file,
so that tools of developers stay out. The same environment gives the same bytes.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from scripts.installation import REQUIREMENTS, ROOT

TARGET = ROOT / "dist" / "amtslotse.cdx.json"
Bom = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Writes the bill to the named file, or to dist/amtslotse.cdx.json."""
    target = Path(arguments[0]) if arguments else TARGET
    try:
        bom = of_the_runtime(installed(), locked(REQUIREMENTS / "runtime.lock"))
    except ValueError as error:
        sys.stderr.write(f"sbom: {error}\n")
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(bom, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"sbom: {len(bom['components'])} packages in {target}\n")
    return 0


def installed() -> Bom:
    """The bill of everything in this environment. Raises ValueError when the generator fails."""
    command = ["environment", "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--short-PURLs"]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "cyclonedx_py", *command, sys.executable], check=False, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise ValueError(f"cyclonedx-py failed: {(done.stderr.strip().splitlines() or ['no output'])[-1]}")
    bom: Bom = json.loads(done.stdout)
    return bom


def locked(lock: Path) -> dict[str, str]:
    """Versions in a lock file by name."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def of_the_runtime(bom: Bom, versions: Mapping[str, str]) -> Bom:
    """The bill of the locked packages alone, without where they lay on this machine.

    Raises:
        ValueError: a package is not installed, or in another version than the locked one.
    """
    components = {canonicalize_name(each["name"]): each for each in bom["components"]}
    for name, version in versions.items():
        found = components.get(canonicalize_name(name), {}).get("version", "")
        if found.partition("+")[0] != version:
            raise ValueError(f"{name} is locked at {version}, but {found or 'not there'} here: run `make setup` first.")
    kept = [_public(components[canonicalize_name(name)]) for name in sorted(versions)]
    refs = {each["bom-ref"] for each in kept} | {bom["metadata"]["component"]["bom-ref"]}
    dependencies = [
        {"ref": each["ref"], "dependsOn": [ref for ref in each.get("dependsOn", ()) if ref in refs]}
        for each in bom["dependencies"]
        if each["ref"] in refs
    ]
    return {**bom, "components": kept, "dependencies": dependencies}


def _public(component: Bom) -> Bom:
    references = [each for each in component.get("externalReferences", ()) if not each["url"].startswith("file:")]
    return {**component, "externalReferences": references}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
