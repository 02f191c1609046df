"""An answer as one text in Markdown, for programs that show nothing else: disclosure, statements, sources, reference.

What a machine worded and what is quoted stay told apart: quotes are Markdown quotations, generated sentences have a
mark, and a line below says what both mean. Pieces are given one by one, so that a stream says the same as the whole.
"""

import re

from app.answering.values import Answer, Link, Origin, Statement
from app.wording.as_text import as_text_catalog

GENERATED_MARK = "*"
_REFERENCE = re.compile(r"\b[0-9a-f]{16}\b")


def whole_text(answer: Answer, answer_id: str) -> str:
    """The text of an answer; the same as its pieces one after the other."""
    statements = "".join(map(statement_piece, answer.statements))
    return disclosure_piece(answer.disclosure) + statements + closing_piece(answer, answer_id)


def disclosure_piece(disclosure: str) -> str:
    """What every text begins with."""
    return f"{disclosure}\n\n"


def statement_piece(statement: Statement) -> str:
    """A paragraph: the words, then the numbers of the sources that they rest on."""
    numbers = "".join(f" [{number}]" for number in statement.citations)
    if statement.origin is Origin.QUOTE:
        quoted = statement.text.replace("\n", "\n> ")
        return f"> {quoted}{numbers}\n\n"
    mark = f" {GENERATED_MARK}" if statement.origin is Origin.GENERATED else ""
    return f"{statement.text}{mark}{numbers}\n\n"


def closing_piece(answer: Answer, answer_id: str) -> str:
    """What every text ends with: notices, sources, next steps, what the marks mean, the answer's reference."""
    say = as_text_catalog(answer.language).text
    blocks = [say("notices", notice=notice) for notice in answer.notices]
    if answer.sources:
        cited = (
            f"- [{source.number}] {_titled(f'{source.title}, {source.module}', source.url)}"
            for source in answer.sources
        )
        blocks.append("\n".join([say("sources"), "", *cited]))
    if answer.online_service and answer.online_service.url:
        blocks.append(say("online_service", title=answer.online_service.title, url=answer.online_service.url))
    if answer.suggestions:
        blocks.append("\n".join([say("suggestions"), "", *map(_suggested, answer.suggestions)]))
    if answer.office:
        office = answer.office
        blocks.append(say("office", name=office.name, phone=office.phone, url=office.url))
    if any(statement.origin is Origin.GENERATED for statement in answer.statements):
        blocks.append(say("marking"))
    blocks.append(say("reference", answer_id=answer_id))
    return "\n\n".join(blocks)


def reference_in(text: str) -> str | None:
    """The reference at the end of such a text, if there is one."""
    found = _REFERENCE.findall(text)
    return found[-1] if found else None


def _titled(title: str, url: str | None) -> str:
    return f"{title}: {url}" if url else title


def _suggested(link: Link) -> str:
    return f"- {_titled(link.title, link.url)}"
