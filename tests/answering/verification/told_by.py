"""One passage, one statement: why verification rejects it."""

from collections.abc import Sequence

from app.answering.values import Origin, Statement
from app.answering.verification.statement import verify_statement
from app.index.modules import ModuleKind
from app.text.terms import Vocabulary
from tests.answering.samples import chunk, evidence


def reason(
    says: str,
    *sentences: str,
    ask: str = "Was gilt hier?",
    module: ModuleKind = ModuleKind.FULL_TEXT,
    title: str = "Dienst",
    language: str = "de",
    said: Sequence[str] = (),
) -> str:
    """The reason against a statement about one passage with these sentences; empty when it may be shown."""
    units = evidence(chunk(sentences, module, title=title, language=language))
    before = [Statement(text, (1,), Origin.GENERATED) for text in said]
    verdict = verify_statement(f"{says} [1]", ask, units, before, Vocabulary.of([title, *sentences]))
    return verdict.rejection.reason if verdict.rejection else ""


def shown(says: str, *sentences: str, ask: str) -> str:
    """What is shown of a statement about one passage with these sentences; empty when it is rejected."""
    units = evidence(chunk(sentences, ModuleKind.FULL_TEXT, title="Dienst"))
    verdict = verify_statement(f"{says} [1]", ask, units, [], Vocabulary.of(["Dienst", *sentences]))
    return verdict.statement.text if verdict.statement else ""
