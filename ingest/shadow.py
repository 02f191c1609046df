"""A data folder for one look: it shows a single generation as the active one and is removed afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.index.generation import activate, generations_folder


@contextmanager
def shadow_data(tenant_id: str, generation: Path | None) -> Iterator[Path]:
    """A temporary data folder in which `generation` is active, or nothing is.

    What is written into it is gone afterwards; the generation itself is linked, not copied.
    """
    with TemporaryDirectory(prefix="amtslotse-", ignore_cleanup_errors=True) as name:
        data_dir = Path(name)
        root = generations_folder(data_dir, tenant_id)
        root.mkdir(parents=True)
        if generation is not None:
            (root / generation.name).symlink_to(generation.resolve(), target_is_directory=True)
            activate(data_dir, tenant_id, generation.name)
        yield data_dir
