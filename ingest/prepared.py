"""A town's texts as they are about to be published: read, checked, and compared with what is active."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app.errors import GenerationError, KnowledgeError
from app.index.generation import active_id, generations_folder
from app.index.manifest import GenerationState, Manifest, Reasons, read_manifest
from app.tenants.tenant import Tenant, load_tenant
from ingest.content import content_of, content_of_source
from ingest.gate import refuse_shrinking
from ingest.quality import CheckedKnowledge, check_knowledge, kept_findings_file
from ingest.rollback import generations
from ingest.sources.crawl_cache import crawl_folder


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that can be known before a model is loaded."""

    source: Path
    """The town's knowledge folder."""
    data_dir: Path
    tenant: Tenant
    checked: CheckedKnowledge
    active: Manifest | None
    """None when nothing is published, or its manifest is damaged."""

    @property
    def active_folder(self) -> Path | None:
        """The active generation's folder."""
        return generations_folder(self.data_dir, self.tenant.id) / self.active.id if self.active else None

    def refreshed(self) -> "Prepared":
        """The same while nobody else has published; else the texts are read anew, so that none goes back in time.

        Raises as `prepare`. Call while holding the publish lock.
        """
        active = _active(self.data_dir, self.tenant.id)
        if (active and active.id) == (self.active and self.active.id):
            return replace(self, active=active)
        return prepare(self.source.parent, self.data_dir, self.tenant.id)

    def unchanged(self, embedding: str, revision: str) -> bool:
        """Whether publishing would make the active generation again, with that embedding model (name, SHA-256)."""
        if self.active is None or (self.active.embedding.name, self.active.embedding.revision) != (embedding, revision):
            return False
        return content_of(self.active) == content_of_source(self.checked, self.source)

    def twin(self, state: GenerationState) -> Manifest | None:
        """The newest generation in that state which was made from the same, and beside the same active one."""
        wanted = content_of_source(self.checked, self.source)
        parent = self.active.id if self.active else None
        found = generations(self.data_dir, self.tenant.id)
        same = (m for m in reversed(found) if m.state is state and m.parent == parent and content_of(m) == wanted)
        return next(same, None)


def prepare(knowledge_dir: Path, data_dir: Path, tenant_id: str) -> Prepared:
    """Reads and checks a town's texts.

    Raises:
        UnknownTenantError, ConfigurationError: tenant.yaml is missing or wrong.
    """
    source = knowledge_dir / tenant_id
    tenant = load_tenant(source)
    return Prepared(source, data_dir, tenant, checked_today(source, data_dir, tenant), _active(data_dir, tenant_id))


def checked_today(
    source: Path, data_dir: Path, tenant: Tenant, *, external_links: bool = False, crawl: bool = True
) -> CheckedKnowledge:
    """The texts in a town's folder as of today, with the help of what was kept in `data_dir`; see `check_knowledge`."""
    kept = kept_findings_file(data_dir, tenant.id)
    return check_knowledge(
        source,
        tenant,
        datetime.now(tenant.zone).date(),
        external_links,
        crawl_cache=crawl_folder(data_dir, tenant.id),
        kept=kept if crawl else kept.with_stem(f"{kept.stem}-of-files"),
        crawl=crawl,
    )


def refuse_errors(prepared: Prepared) -> None:
    """Raises KnowledgeError with the list of errors when there are any."""
    if errors := prepared.checked.errors:
        raise KnowledgeError("\n".join(["The texts have errors, nothing was published:", *map(str, errors)]))


def refuse_unfit(prepared: Prepared, reasons: Reasons) -> None:
    """What a gate looks at before anything is built. Raises KnowledgeError with what to do."""
    warnings = [finding for finding in prepared.checked.blocking if finding not in prepared.checked.errors]
    if warnings and reasons.warnings is None:
        raise KnowledgeError(
            "\n".join(
                [
                    "The texts have warnings that nobody has let stand, nothing was published: mend them, override "
                    "them in overrides.yaml, or publish with --accept-warnings REASON.",
                    *map(str, warnings),
                ]
            )
        )
    before = len(prepared.active.documents) if prepared.active else 0
    refuse_shrinking(before, len(prepared.checked.documents), prepared.tenant.publishing, reasons)


def _active(data_dir: Path, tenant_id: str) -> Manifest | None:
    active = active_id(data_dir, tenant_id)
    try:
        return read_manifest(generations_folder(data_dir, tenant_id) / active) if active else None
    except GenerationError:
        return None
