"""What is wrong with a rule file: the place, the fault, and the fix."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """One fault; `file` is relative to the town's folder, `line` counts from 1, 0 means the whole file."""

    file: str
    line: int
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}: {self.fix}"


class RuleFileError(Exception):
    """Stops the reading of one rule file; carries its problem, and never leaves this package."""

    def __init__(self, problem: RuleProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem
