"""`make audit`: asks an advisory database about every locked version. Needs a network; sends names and versions only.

pip-audit calls a package that the database does not know "skipped", and finds no vulnerabilities in it: here an
audit that could not look something up has not passed.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.installation import REQUIREMENTS

LOCKS = ("runtime.lock", "dev.lock", "build.lock")
CLEAN, VULNERABLE, NOT_ASKED = 0, 1, 2
_UNREACHABLE = ("ConnectionError", "ProxyError", "NameResolutionError", "ServiceError", "Timeout", "HTTPError")
_OWN_PACKAGES_SHARE = 0.1
"""Up to this share may be unknown: versions that were withdrawn, packages of an index of one's own."""


@dataclass(frozen=True)
class Verdict:
    """What an audit came to: the exit status, and what a person reads."""

    status: int
    text: str


def main(arguments: Sequence[str]) -> int:
    """Audits the lock files; further arguments go to pip-audit, for example `--vulnerability-service osv`."""
    verdict = audit([REQUIREMENTS / name for name in LOCKS], arguments)
    (sys.stdout if verdict.status == CLEAN else sys.stderr).write(f"audit: {verdict.text}\n")
    return verdict.status


def audit(locks: Sequence[Path], arguments: Sequence[str] = ()) -> Verdict:
    """Runs pip-audit on lock files, which name every package with its exact version."""
    files = [part for lock in locks for part in ("--requirement", str(lock))]
    fixed = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pip_audit", *files, *fixed, *arguments], check=False, capture_output=True, text=True
    )
    return verdict_on(done.stdout, done.stderr)


def verdict_on(report: str, complaints: str) -> Verdict:
    """What pip-audit's JSON means; `complaints` is what it wrote to stderr."""
    try:
        packages = json.loads(report)["dependencies"]
    except ValueError:
        return _failed(complaints)
    found = [
        f"{package['name']} {package['version']}: {advisory['id']}, mended in "
        f"{', '.join(advisory['fix_versions']) or 'no version yet'}"
        for package in packages
        for advisory in package.get("vulns", ())
    ]
    unknown = sorted(package["name"] for package in packages if "skip_reason" in package)
    asked = len(packages) - len(unknown)
    if found:
        return Verdict(VULNERABLE, "\n  ".join([f"{len(found)} known vulnerabilities:", *found]))
    if not packages or len(unknown) > _OWN_PACKAGES_SHARE * len(packages):
        return Verdict(
            NOT_ASKED,
            f"the advisory database knows only {asked} of {len(packages)} packages, so this says nothing: a mirror "
            "seems to stand in for pypi.org. Run it where pypi.org or api.osv.dev (`--vulnerability-service osv`) can "
            "be reached.",
        )
    unknowns = f", {len(unknown)} unknown to the database: {', '.join(unknown)}" if unknown else ""
    return Verdict(CLEAN, f"no known vulnerability in {asked} packages{unknowns}")


def _failed(complaints: str) -> Verdict:
    last = (complaints.strip().splitlines() or ["no output"])[-1]
    if any(sign in complaints for sign in _UNREACHABLE):
        return Verdict(
            NOT_ASKED,
            "the advisory database cannot be reached, so nothing was checked: run this where pypi.org can be reached "
            f"(behind a proxy set HTTPS_PROXY). {last[:300]}",
        )
    return Verdict(NOT_ASKED, f"pip-audit failed, so nothing was checked: {last[:300]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
