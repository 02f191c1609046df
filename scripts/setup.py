"""`python3 -m scripts.setup`: from a fresh clone to a service that can start.

This file is read by any Python 3.6 or later, so that an old one gets a sentence instead of a syntax error.
"""

import sys

MINIMUM = (3, 11)


def main() -> int:
    """Exit status: 0 when everything is in place, 1 after one sentence on stderr."""
    if sys.version_info < MINIMUM:
        found = f"{sys.version_info[0]}.{sys.version_info[1]}"
        sys.stderr.write(
            f"setup: Python 3.11 or newer is needed, this is {found}: "
            "install a newer one and name it, for example: make run PYTHON=python3.12\n"
        )
        return 1
    from scripts.installation import main as install

    return install(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
