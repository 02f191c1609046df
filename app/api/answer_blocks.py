"""The statements of an answer as a page shows them: neighbours of one origin together, as in the chat window."""

import re
from dataclasses import dataclass
from itertools import groupby

from app.answering.values import Origin
from app.api.answer_parts import SourceOut, StatementOut

_SENTENCE_END = re.compile(r"""[.!?…:]["“”»)]?$""")
_LISTABLE = frozenset({Origin.QUOTE, Origin.RULE})


@dataclass(frozen=True)
class Block:
    """Consecutive statements of one origin and language; quotes only from the same passages."""

    origin: Origin
    language: str
    statements: tuple[StatementOut, ...]

    @property
    def citations(self) -> tuple[int, ...]:
        """Numbers of all sources, in order, each once."""
        return tuple(dict.fromkeys(number for each in self.statements for number in each.citations))

    @property
    def is_list(self) -> bool:
        """Whether these were items of a list: several, at least one of them no whole sentence."""
        texts = [each.text for each in self.items]
        return self.origin in _LISTABLE and len(texts) > 1 and not all(map(_SENTENCE_END.search, texts))

    @property
    def lead(self) -> StatementOut | None:
        """The statement that announces a list: "Die Gebühr hängt vom Alter ab:"."""
        first = self.statements[0]
        return first if len(self.statements) > 2 and first.text.endswith(":") else None

    @property
    def items(self) -> tuple[StatementOut, ...]:
        """The statements without the lead."""
        return self.statements[1:] if self.lead else self.statements


def answer_blocks(statements: list[StatementOut]) -> tuple[Block, ...]:
    """In the order of the statements."""
    blocks = []
    for (origin, language, _), group in groupby(enumerate(statements), key=_kind):
        blocks.append(Block(origin, language, tuple(statement for _, statement in group)))
    return tuple(blocks)


def source_name(source: SourceOut) -> str:
    """As sources are named everywhere."""
    return f"{source.title} – {source.module}" if source.module else source.title


def quoted_from(source: SourceOut, statements: list[StatementOut]) -> list[str]:
    """The sentences of the answer that cite a source; those that stand in it word for word can be marked there."""
    return [each.text for each in statements if source.number in each.citations]


def _kind(numbered: tuple[int, StatementOut]) -> tuple[Origin, str, tuple[int, ...]]:
    position, statement = numbered
    apart = {Origin.QUOTE: statement.citations, Origin.FRAME: (position,)}
    return statement.origin, statement.language, apart.get(statement.origin, ())
