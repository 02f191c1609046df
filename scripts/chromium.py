"""`python -m scripts.chromium`: has a browser for the end-to-end tests, or says loudly that they will be skipped."""

import os
import shutil
import subprocess
import sys

from scripts.command import say

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    """0 when there is a browser or nobody insists on one; 1 when CI does."""
    if find() is None:
        _install()
    if found := find():
        say(f"browser for the end-to-end tests: {found}")
        return 0
    say("!! NO BROWSER: all end-to-end tests are SKIPPED. Install one: `sudo apt-get install chromium`.")
    if os.environ.get("CI") == "true":
        say("!! CI does not accept that.")
        return 1
    return 0


def find() -> str | None:
    """Path of an installed Chromium."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _install() -> None:
    """With Debian's package manager, when we are root; nothing happens elsewhere."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return
    say("installing Debian's chromium for the end-to-end tests")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ([apt, "-qq", "update"], [apt, "-qq", "install", "--yes", "--no-install-recommends", "chromium"]):
        result = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603
        if result.returncode != 0:
            reason = (result.stderr.strip() or "no reason given").splitlines()[-1]
            say(f"`{' '.join(command)}` failed: {reason}")
            return


if __name__ == "__main__":
    sys.exit(main())
