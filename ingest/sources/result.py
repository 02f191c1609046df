"""What every reader yields: a document or the reason why there is none."""

from dataclasses import dataclass

from ingest.document import ServiceDocument
from ingest.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class ReadResult:
    """One text of a source. `document` is None with at least one error finding, or for a text to be left out."""

    name: str
    """What findings call the text: its path below the town's folder, or its address."""
    document: ServiceDocument | None
    findings: tuple[Finding, ...] = ()


class NotReadableError(Exception):
    """Raised deep inside a reader for a file that gives no text; the reader turns it into its one finding."""

    def __init__(self, code: str, message: str, fix: str, line: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.fix, self.line = code, message, fix, line

    def finding(self, name: str) -> Finding:
        return Finding(self.code, Severity.ERROR, name, self.line, self.message, self.fix)


def failed(name: str, place: int, code: str, message: str, fix: str) -> ReadResult:
    """A text that could not be read, with the one error that says why. `place`: line or page, 0 for the whole."""
    return ReadResult(name, None, (Finding(code, Severity.ERROR, name, place, message, fix),))
