"""What a run over the hostile inputs says to the test that started it."""

from pydantic import BaseModel, ConfigDict

from ingest.findings import Severity


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(_Strict):
    """One finding."""

    file: str
    code: str
    severity: Severity
    line: str
    """As the command line shows it."""
    fix: str


class Kept(_Strict):
    """One document."""

    id: str
    name: str
    title: str
    texts: tuple[str, ...]
    """Of its modules; Markdown."""


class Report(_Strict):
    """One run in a process of its own."""

    findings: tuple[Said, ...]
    documents: tuple[Kept, ...]
    html: str = ""
    """The page for editors."""
    milliseconds: dict[str, float]
    """For reading, by name; without what is not opened at all."""
    seconds: float
    cpu_seconds: float
    """Of the process and its children: what counts on a machine that does other things, too."""
    parent_mb: float
    """The most memory that the process ever held."""
    children_mb: float
    """The same of its largest child."""

    @property
    def summary(self) -> str:
        """In one line."""
        return (
            f"{len(self.documents)} documents, {self.seconds:.1f} s ({self.cpu_seconds:.1f} s of processor time), "
            f"at most {self.parent_mb:.0f} MB here and {self.children_mb:.0f} MB in a child"
        )
