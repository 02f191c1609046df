"""Everything learned that takes part in answering: which files they are, and under which licence."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from app.answering.pipeline import Pipeline
from app.answering.question_maps import MAPS_FILE
from app.answering.screen_model import SCREEN_MODEL_FILE
from app.answering.weights import WEIGHTS_FILE
from app.models.adapter import BUILTIN_ADAPTER
from app.models.catalog import load_catalog
from app.models.evidence.model import EVIDENCE_FILE
from app.models.installed import sha256_of
from app.models.ports import LanguageModelInfo
from app.transparency.register import ModelEntry, ModelFile, ModelRole
from app.wording.catalog import Catalog

OWN_LICENCE = "EUPL-1.2"
"""Of this software and of what was trained for it."""
_OWN = {
    ModelRole.EVIDENCE: (EVIDENCE_FILE, EVIDENCE_FILE.with_suffix(".safetensors")),
    ModelRole.SCREENING: (SCREEN_MODEL_FILE,),
    ModelRole.RANKING: (WEIGHTS_FILE,),
    ModelRole.QUESTION_MAPS: (MAPS_FILE,),
}
"""What comes with the software."""
_NO_LICENCE = "unknown"


def model_entries(pipeline: Pipeline, wording: Catalog) -> tuple[ModelEntry, ...]:
    """The models of a running service, those first that a citizen notices most."""
    own = [_own(role, files, wording) for role, files in _OWN.items()]
    model = pipeline.language_model
    return (*(_language_model(model.info, wording) if model else ()), _embedder(pipeline, wording), *own)


def is_remote(info: LanguageModelInfo | None) -> bool:
    """Whether questions are sent to another server; see `LanguageModelInfo.sha256`."""
    return info is not None and info.sha256.startswith("remote:")


def _language_model(info: LanguageModelInfo, wording: Catalog) -> Iterator[ModelEntry]:
    say, known, remote = wording.text, load_catalog().find(info.name), is_remote(info)
    licence = _licence(info.licence, wording)
    yield _entry(
        ModelRole.LANGUAGE_MODEL,
        wording,
        name=known.title if known else info.name,
        files=() if remote else (ModelFile(name=info.file, sha256=info.sha256),),
        licence=licence,
        licence_url=known.licence_url if known else None,
        remote=remote,
        runtime=info.runtime,
    )
    if info.adapter and info.adapter_sha256:
        own = OWN_LICENCE if info.adapter_sha256 == _sha256(BUILTIN_ADAPTER) else _licence(_NO_LICENCE, wording)
        yield _entry(
            ModelRole.DRAFT_ADAPTER,
            wording,
            name=Path(info.adapter).stem,
            files=(ModelFile(name=info.adapter, sha256=info.adapter_sha256),),
            licence=say("licence.adapter", own=own, base=licence),
            runtime=info.runtime,
        )


def _embedder(pipeline: Pipeline, wording: Catalog) -> ModelEntry:
    info = pipeline.embedder.info
    known = load_catalog().find(info.name)
    return _entry(
        ModelRole.EMBEDDING,
        wording,
        name=known.title if known else info.name,
        files=(ModelFile(name=known.file if known else info.name, sha256=info.revision),),
        licence=_licence(known.licence if known else _NO_LICENCE, wording),
        licence_url=known.licence_url if known else None,
    )


def _own(role: ModelRole, files: tuple[Path, ...], wording: Catalog) -> ModelEntry:
    hashed = tuple(ModelFile(name=path.name, sha256=_sha256(path)) for path in files)
    return _entry(role, wording, name=files[0].stem, files=hashed, licence=OWN_LICENCE)


def _entry(
    role: ModelRole,
    wording: Catalog,
    *,
    name: str,
    files: tuple[ModelFile, ...],
    licence: str,
    licence_url: str | None = None,
    remote: bool = False,
    runtime: str | None = None,
) -> ModelEntry:
    return ModelEntry(
        role=role,
        role_label=wording.text(f"role.{role}"),
        name=name,
        task=wording.text(f"task.{role}"),
        files=files,
        licence=licence,
        licence_url=licence_url,
        location="remote" if remote else "local",
        location_label=wording.text(f"location.{'remote' if remote else 'local'}"),
        runtime=runtime,
    )


def _licence(stated: str, wording: Catalog) -> str:
    say = wording.text
    return say("licence.unknown") if stated == _NO_LICENCE else stated


@lru_cache
def _sha256(path: Path) -> str:
    """Of a file that comes with the software, so it does not change while this runs."""
    return sha256_of(path)
