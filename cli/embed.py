"""`amtslotse embed`: the HTML that a town puts into its pages."""

import json
from dataclasses import asdict
from typing import Annotated, Literal

import typer

from app.settings import get_settings
from app.tenants.tenant import load_tenant
from app.web.bundle import widget_bundle
from app.web.embedding import EmbedOptions, Mode, Position, embed_snippets
from cli.options import AsJson, TenantOption


def embed(
    url: Annotated[str, typer.Option(help="Address of the service, as browsers reach it.")],
    tenant: TenantOption = None,
    mode: Annotated[Mode, typer.Option(help="In the corner, in place, or filling the screen.")] = "bubble",
    language: Annotated[str | None, typer.Option(help="Two letters; default: that of the page.")] = None,
    theme: Annotated[Literal["auto", "light", "dark"] | None, typer.Option(help="Default: as the visitor.")] = None,
    position: Annotated[Position | None, typer.Option(help="Side of the screen.")] = None,
    offset: Annotated[str | None, typer.Option(help="Pixels from side and bottom, such as '20 96'.")] = None,
    accent: Annotated[str | None, typer.Option(help="Colour of buttons and links, such as '#8a1538'.")] = None,
    header: Annotated[str | None, typer.Option(help="Colour of the head; default: the accent.")] = None,
    greeting: Annotated[str | None, typer.Option(help="Instead of the town's; in the page's language.")] = None,
    as_json: AsJson = False,
) -> None:
    """The snippets for a town's pages: always the present widget, or one version pinned by its hash."""
    settings = get_settings()
    town = tenant or settings.default_tenant
    load_tenant(settings.knowledge_dir / town)
    options = EmbedOptions(mode, language, theme, position, offset, accent, header, greeting)
    snippets = embed_snippets(town, url, options, widget_bundle())
    if as_json:
        typer.echo(json.dumps(asdict(snippets), ensure_ascii=False))
        return
    for heading, text in (
        ("Always the service's present version:", snippets.plain),
        ("Exactly this version, checked by the browser; change the tag to get a newer one:", snippets.pinned),
        ("Where the page has a Content-Security-Policy, allow:", snippets.policy),
        ("The chat as a page of its own, and without JavaScript:", f"{snippets.chat_url}\n{snippets.form_url}"),
    ):
        typer.echo(f"{heading}\n\n{text}\n")
