"""The widget as one file: everything in it, the same bytes each time, and refused where it would be wrong."""

import gzip
import re
from base64 import b64decode
from hashlib import sha384
from pathlib import Path

import pytest

from app.errors import ConfigurationError
from app.web import STATIC_DIR, bundle
from app.web.bundle import widget_bundle


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for modules; `widget.js` is where they begin."""
    monkeypatch.setattr(bundle, "STATIC_DIR", tmp_path)
    (tmp_path / "widget" / "styles").mkdir(parents=True)
    (tmp_path / "widget" / "styles" / "base.css").write_text("/* why */ a { color: red; }", "utf-8")
    return tmp_path


def test_every_module_and_style_sheet_is_in_it_once() -> None:
    text = widget_bundle().text.decode()
    for path in (STATIC_DIR / "widget").glob("*.js"):
        assert text.count(f"const $widget_{path.stem} = ") == 1, path.name
    for path in (STATIC_DIR / "widget" / "styles").glob("*.css"):
        assert f'"{path.stem}": "' in text


def test_nothing_is_loaded_and_nothing_is_left_of_the_modules() -> None:
    text = widget_bundle().text.decode()
    assert not re.search(r"\bimport\b|^export\b|\bawait import|@import|@typedef", text, re.MULTILINE)


def test_integrity_and_name_are_hashes_of_what_is_served() -> None:
    made = widget_bundle()
    assert gzip.decompress(made.compressed) == made.text
    assert made.integrity == f"sha384-{made.integrity.removeprefix('sha384-')}"
    assert b64decode(made.integrity.removeprefix("sha384-")) == sha384(made.text).digest()
    assert sha384(made.text).hexdigest().startswith(made.digest)


def test_the_same_files_give_the_same_bytes_and_other_files_others(modules: Path) -> None:
    (modules / "widget.js").write_text('import { css } from "./widget/css.js";\nwindow.a = css;\n', "utf-8")
    first = widget_bundle()
    bundle._bundle.cache_clear()
    assert widget_bundle() == first
    (modules / "widget" / "styles" / "base.css").write_text("a { color: blue; }", "utf-8")
    assert widget_bundle().digest != first.digest


def test_imports_become_what_the_other_module_gives(modules: Path) -> None:
    (modules / "widget" / "one.js").write_text(
        "/** Why. */\nexport const a = 1;\nexport async function* b() {}\n", "utf-8"
    )
    (modules / "widget" / "two.js").write_text(
        'import {\n  a,\n  b as c,\n} from "./one.js";\nexport class D {}\n', "utf-8"
    )
    (modules / "widget.js").write_text('import { D } from "./widget/two.js";\nnew D();\n', "utf-8")
    text = widget_bundle().text.decode()
    assert "return { a, b };" in text
    assert "const {a, b: c,} = $widget_one;" in text
    assert text.index("$widget_one = ") < text.index("$widget_two = ") < text.index("$widget = ")
    assert "Why" not in text


@pytest.mark.parametrize(
    "line",
    ['import d from "./one.js";', "export default 1;", 'await import("./one.js");', "const here = import.meta.url;"],
)
def test_what_cannot_be_bundled_is_refused_with_its_place(modules: Path, line: str) -> None:
    (modules / "widget.js").write_text(f"{line}\n", "utf-8")
    with pytest.raises(ConfigurationError, match=r"widget\.js: cannot be bundled"):
        widget_bundle()


def test_modules_that_import_each_other_are_refused(modules: Path) -> None:
    (modules / "widget" / "one.js").write_text('import { b } from "./two.js";\nexport const a = b;\n', "utf-8")
    (modules / "widget" / "two.js").write_text('import { a } from "./one.js";\nexport const b = a;\n', "utf-8")
    (modules / "widget.js").write_text('import { a } from "./widget/one.js";\n', "utf-8")
    with pytest.raises(ConfigurationError, match="in a circle"):
        widget_bundle()
