"""What browsers load: the chat widget, the demo page and their styles. Files only; `app.api` serves them."""

from pathlib import Path

STATIC_DIR = Path(__file__).parent / "static"
"""Served under `/static/`; `widget.js` in it also as `/widget.js`."""

TEMPLATES_DIR = Path(__file__).parent / "templates"
"""Jinja2 templates; `demo.html` takes `tenant` (`Tenant`), `office` (`OfficeCard` of its default office, in German) and
`widget_src` (URL of the widget's script)."""
