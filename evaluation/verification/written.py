"""Statements that people wrote for the drafting model to learn from, as pairs that should pass."""

from collections.abc import Iterator

from evaluation.drafting_pages import WrittenPage
from evaluation.verification.pairs import Pair, evidence_of, said_before


def written_pairs(page: WrittenPage) -> Iterator[Pair]:
    """All written statements of a page; the evidence is what its question names, numbered by section."""
    for asked_number, asked in enumerate(page.questions, start=1):
        named = [
            (number, section.kind, [text for key, text in section.sentences.items() if key in asked.evidence])
            for number, section in enumerate(page.sections, start=1)
        ]
        evidence = tuple(
            sentence
            for number, kind, texts in named
            for sentence in evidence_of(number, kind, texts, page=page.id, title=page.title, language=page.language)
        )
        numbers = {key: number for number, section in enumerate(page.sections, start=1) for key in section.sentences}
        for position, said in enumerate(asked.answer):
            citations = "".join(f" [{number}]" for number in sorted({numbers[key] for key in said.sources}))
            yield Pair(
                f"{page.id}-{asked_number}-{position + 1}",
                evidence,
                asked.ask,
                f"{said.says}{citations}",
                None,
                said_before([before.says for before in asked.answer[:position]]),
            )
