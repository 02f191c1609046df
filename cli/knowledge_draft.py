"""`amtslotse knowledge draft`."""

from typing import Annotated

import typer

from app.settings import get_settings
from cli.options import ProgressFileOption, TenantOption


def draft(
    tenant: TenantOption = None,
    author: Annotated[str | None, typer.Option(help="Who builds it; your user name when not given.")] = None,
    progress_file: ProgressFileOption = None,
) -> None:
    """Build a generation of the texts as they are now, to be tried out. It is never activated; citizens see nothing."""
    from cli.publishing import loaded_models, shown_progress
    from ingest.draft import build_draft
    from ingest.prepared import prepare
    from ingest.publishing_log import account_name

    settings = get_settings()
    name = tenant or settings.default_tenant
    prepared = prepare(settings.knowledge_dir, settings.data_dir, name)
    quiet = settings.model_copy(update={"llm_backend": "none"})
    with loaded_models(quiet, name) as (embedder, _), shown_progress(progress_file) as (progress, end):
        built = build_draft(prepared, embedder, author or account_name(), progress)
        end("built", built.id)
    typer.echo(f"{name}: built {built.id}, {len(built.documents)} texts, {built.chunk_count} passages, as a draft")
