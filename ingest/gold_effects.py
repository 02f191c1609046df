"""Which gold answers publishing would change: a candidate is built in a temporary folder, asked, and forgotten."""

from app.index.generation import generations_folder
from app.models.ports import Embedder
from ingest.build import build_generation
from ingest.embedding import Progress
from ingest.gate import Examination, Examiner
from ingest.prepared import Prepared
from ingest.shadow import shadow_data


def gold_effects(prepared: Prepared, embedder: Embedder, examiner: Examiner, progress: Progress) -> Examination:
    """What the gate would see. Nothing is published or kept; vectors of unchanged texts are not computed again.

    Raises:
        ConfigurationError: there are no gold questions, or a file of them is wrong.
    """
    tenant_id = prepared.tenant.id
    with shadow_data(tenant_id, prepared.active_folder) as data_dir:
        manifest = build_generation(prepared.source, data_dir, tenant_id, prepared.checked, embedder, "diff", progress)
        candidate = generations_folder(data_dir, tenant_id) / manifest.id
        return examiner.examine(
            prepared.source, prepared.tenant.publishing, candidate, prepared.active_folder, progress
        )
