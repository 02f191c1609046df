"""A publisher that stops in the middle and waits: says `building` on its output, then reads its input.

Arguments: knowledge folder, data folder, tenant, the embedder's info as JSON. Everything is published already, so
that nothing is left to embed and no model is loaded.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from app.models.ports import EmbedderInfo, Matrix, Vector
from ingest.generation import publish


class _KnowsNothing:
    def __init__(self, info: EmbedderInfo) -> None:
        self.info = info

    def embed_query(self, text: str) -> Vector:
        raise NotImplementedError

    def embed_passages(self, texts: Sequence[str]) -> Matrix:
        raise AssertionError(f"{len(texts)} texts are not published yet")


def _wait(_step: str, _done: int, _total: int) -> None:
    sys.stdout.write("building\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    knowledge_dir, data_dir, tenant, info = sys.argv[1:]
    embedder = _KnowsNothing(EmbedderInfo(**json.loads(info)))
    publish(Path(knowledge_dir), Path(data_dir), tenant, embedder, "stuck", _wait)
