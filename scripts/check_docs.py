"""`python -m scripts.check_docs`: wrong documentation fails the build. `--write` renews the settings table."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from app.settings import PROJECT_ROOT, Settings

OPERATIONS = Path("docs/operations.md")
TABLE_START = "<!-- settings: written by `python -m scripts.check_docs --write` -->"
TABLE_END = "<!-- end of settings -->"

_LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_MACHINE_PATH = re.compile(r"(?<![\w.-])/(?:work/(?:main|shared|\.)|tmp/(?:bash_jobs|w/))")
_BINARY_SUFFIXES = {".png", ".jpg", ".ico", ".woff2", ".npz", ".pdf", ".docx", ".zip"}


def main(arguments: list[str]) -> int:
    """Prints each fault with its place; 1 when there are any."""
    if "--write" in arguments:
        write_settings_table(PROJECT_ROOT)
    faults = [*settings_faults(PROJECT_ROOT), *link_faults(PROJECT_ROOT), *machine_path_faults(PROJECT_ROOT)]
    for fault in faults:
        sys.stderr.write(f"docs: {fault}\n")
    return 1 if faults else 0


def settings_table() -> str:
    """All settings as a Markdown table, from their descriptions."""
    rows = [
        f"| `AMTSLOTSE_{name.upper()}` | {_default(field)} | {field.description or ''} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| variable | default | meaning |", "|---|---|---|", *rows])


def settings_faults(root: Path) -> Iterator[str]:
    """Whether docs/operations.md lists every setting as it is."""
    text = (root / OPERATIONS).read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        if not field.description:
            yield f"app/settings.py: '{name}' has no description"
    if settings_table() not in text:
        yield f"{OPERATIONS}: the settings table is out of date: run `python -m scripts.check_docs --write`"


def write_settings_table(root: Path) -> None:
    """Renews the table between its two marks."""
    path = root / OPERATIONS
    before, _, rest = path.read_text(encoding="utf-8").partition(TABLE_START)
    _, _, after = rest.partition(TABLE_END)
    path.write_text(f"{before}{TABLE_START}\n\n{settings_table()}\n\n{TABLE_END}{after}", encoding="utf-8")


def link_faults(root: Path) -> Iterator[str]:
    """Relative links that lead to no file."""
    for page in sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")]):
        text = _CODE.sub("", page.read_text(encoding="utf-8"))
        for target in _LINK.findall(text):
            path = unquote(target.partition("#")[0])
            if path and "://" not in target and not target.startswith("mailto:") and not (page.parent / path).exists():
                yield f"{page.relative_to(root)}: the link to '{target}' leads nowhere"


def machine_path_faults(root: Path) -> Iterator[str]:
    """Paths of one particular machine in files that everybody gets."""
    for path in _project_files(root):
        if path.suffix in _BINARY_SUFFIXES:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if found := _MACHINE_PATH.search(line):
                yield f"{path.relative_to(root)}:{number}: '{found.group()}' is a path of one machine"


def _project_files(root: Path) -> list[Path]:
    """What git tracks or would track."""
    command = ["git", "-C", str(root), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    return [path for name in listed.split("\0") if name and (path := root / name).is_file()]


def _default(field: FieldInfo) -> str:
    value = field.default
    if value in (None, (), PydanticUndefined):
        return "–"
    if isinstance(value, Path):
        return f"`{value.relative_to(PROJECT_ROOT)}/` in the project"
    return f"`{value}`"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
