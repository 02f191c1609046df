"""What can be blocked: the texts of the active generation, so that a mistyped id is no false safety."""

from difflib import get_close_matches
from pathlib import Path

from app.errors import InvalidInputError
from app.index.generation import active_id, generations_folder
from app.index.store import read_chunks
from app.switches.state import BlockKind, checked_words

_MOST_NAMED = 5


def checked_target(data_dir: Path, tenant: str, kind: BlockKind, target: str) -> str:
    """The target as given. Raises InvalidInputError when nothing published has that id, or a word is too short."""
    if kind is BlockKind.WORDS:
        try:
            return checked_words(target)
        except ValueError as error:
            raise InvalidInputError(f"'{target}' cannot be blocked: {error}.") from error
    generation = active_id(data_dir, tenant)
    if generation is None:
        raise InvalidInputError(f"Nothing is published for '{tenant}', so there is nothing to block.")
    chunks = read_chunks(generations_folder(data_dir, tenant) / generation)
    known = sorted({chunk.service if kind is BlockKind.SERVICE else chunk.document_id for chunk in chunks})
    if target not in known:
        near = get_close_matches(target, known, _MOST_NAMED, 0.5)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise InvalidInputError(f"The published texts of '{tenant}' have no {kind.value} with the id '{target}'.{hint}")
    return target
