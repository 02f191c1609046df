"""The version of this code, as answer records and manifests keep it."""

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_CODE_FOLDERS = ("app", "ingest")


@lru_cache(maxsize=1)
def code_version() -> str:
    """Release and a digest over the code that answers, for example `0.1.0+3fa9c1d2`.

    The digest covers every code, data and map file of `app` and `ingest`, so that two answers with the same code
    version came from the same code, whether or not it was committed.
    """
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for folder in _CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".yaml", ".json", ".safetensors") and path.is_file():
                digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    try:
        release = version("amtslotse")
    except PackageNotFoundError:
        release = "0"
    return f"{release}+{digest.hexdigest()[:8]}"
