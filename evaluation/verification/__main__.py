"""`python -m evaluation.verification`: what verification catches, and what it rejects although it is right."""

from collections.abc import Callable

from app.errors import InvalidInputError
from evaluation.drafting_pages import read_pages
from evaluation.verification.measure import Report, measure
from evaluation.verification.pairs import HERE, read_pairs
from evaluation.verification.written import written_pairs

_MOST_REASONS = 8


def run(echo: Callable[[str], None]) -> None:
    """Measures the pairs of both files and the statements written for training, and prints a table of each.

    Raises InvalidInputError when a file is not as it should be.
    """
    for name in ("dev", "test"):
        _print(f"pairs ({name})", measure(read_pairs(HERE / f"pairs_{name}.yaml")), echo)
    written = measure([pair for page in read_pages() for pair in written_pairs(page)])
    _print("statements written for training", written, echo)


def _print(title: str, report: Report, echo: Callable[[str], None]) -> None:
    echo(f"\n{title}")
    for kind, (caught, total) in report.by_kind().items():
        echo(f"  {kind.value:<12} {caught:>4} of {total:<4} caught")
    if report.corrupted:
        echo(f"  {'corrupted':<12} {report.caught_share:>7.1%} of {len(report.corrupted)} caught")
    echo(f"  {'good':<12} {report.rejected_share:>7.1%} of {len(report.good)} rejected")
    echo(f"  {'':<12} {report.shortened:>7} accepted without their Ja or Nein")
    for reason, count in report.reasons()[:_MOST_REASONS]:
        echo(f"    {count:>4}  {reason}")


if __name__ == "__main__":
    try:
        run(print)
    except InvalidInputError as error:
        raise SystemExit(error.message) from error
