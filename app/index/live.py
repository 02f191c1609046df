"""The generations that a running service answers from: switched without a restart, and old ones for replay."""

import logging
from collections import OrderedDict
from pathlib import Path
from threading import Lock

from app.errors import GenerationError, NotReadyError, UnknownTenantError
from app.index.generation import Generation, active_id, generations_folder, open_generation
from app.models.ports import EmbedderInfo

log = logging.getLogger(__name__)

_OPEN_AT_MOST = 8
"""Generations kept open; each holds its texts in memory. A request in flight keeps the one it started with."""


class LiveGenerations:
    """Opens generations on demand; follows the active pointer of every tenant."""

    def __init__(self, data_dir: Path, knowledge_dir: Path, embedder: EmbedderInfo) -> None:
        self._data_dir = data_dir
        self._knowledge_dir = knowledge_dir
        self._embedder = embedder
        self._open: OrderedDict[tuple[str, str], Generation] = OrderedDict()
        self._serving: dict[str, Generation] = {}
        """Per tenant: what `active` gave back last."""
        self._lock = Lock()

    def active(self, tenant: str) -> Generation:
        """The active generation of a tenant, as the pointer says now.

        When a newly activated one cannot be opened, the one that served before goes on serving.

        Raises:
            UnknownTenantError: no such tenant here.
            NotReadyError: nothing is published.
            GenerationError: the published generation is damaged and no earlier one is open.
        """
        if tenant not in self.tenants():
            raise UnknownTenantError(f"Es gibt hier keine Stadt mit der Kennung „{tenant[:64]}“.")
        generation_id = self.active_id(tenant)
        if generation_id is None:
            raise NotReadyError(
                f"Für „{tenant}“ ist noch nichts veröffentlicht: amtslotse knowledge publish --tenant {tenant}"
            )
        try:
            generation = self.get(tenant, generation_id)
        except GenerationError as error:
            before = self._serving.get(tenant)
            if before is None:
                raise
            log.error("%s goes on serving generation %s: %s", tenant, before.id, error.message)
            return before
        self._serving[tenant] = generation
        return generation

    def active_id(self, tenant: str) -> str | None:
        """Id of the active generation, or None when nothing is published."""
        return active_id(self._data_dir, tenant)

    def get(self, tenant: str, generation_id: str) -> Generation:
        """A certain generation of a tenant, active or not. Raises GenerationError."""
        key = (tenant, generation_id)
        with self._lock:
            generation = self._open.get(key)
            if generation is None:
                folder = generations_folder(self._data_dir, tenant) / generation_id
                generation = open_generation(folder, tenant, self._embedder)
                self._open[key] = generation
                while len(self._open) > _OPEN_AT_MOST:
                    self._open.popitem(last=False)
            self._open.move_to_end(key)
            return generation

    def tenants(self) -> tuple[str, ...]:
        """Ids of all tenants that have source texts or something published."""
        sources = {path.parent.name for path in self._knowledge_dir.glob("*/tenant.yaml")}
        published = {path.parent.name for path in self._data_dir.glob("*/generations")}
        return tuple(sorted(sources | published))
