"""How well messages are screened: by the patterns alone, and with the model beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.answering.screen_model import ORDINARY
from app.answering.values import Status
from evaluation.screening_examples import Example


@dataclass(frozen=True, slots=True)
class Judged:
    """An example, and what the service makes of it."""

    example: Example
    with_model: Status | None
    """The verdict of patterns and model together."""


def screening_lines(judged: Sequence[Judged]) -> Iterator[str]:
    """A line a verdict (or kind of ordinary message) and language: right by patterns alone, and with the model."""
    groups: dict[tuple[str, str], list[Judged]] = {}
    for entry in judged:
        verdict, language = entry.example.verdict, entry.example.language
        name = verdict.value if verdict else entry.example.label
        for shown in (language, "all") if language == "de" else (language, "not de", "all"):
            groups.setdefault((name, shown), []).append(entry)
    for (name, language), entries in sorted(groups.items()):
        before = sum(entry.example.by_patterns is entry.example.verdict for entry in entries)
        after = sum(entry.with_model is entry.example.verdict for entry in entries)
        yield (
            f"  {name:16} {language:6} {len(entries):5} patterns {before / len(entries):6.1%}"
            f"  with model {after / len(entries):6.1%}"
        )


def false_alarms(judged: Sequence[Judged]) -> Mapping[Status, list[str]]:
    """The ordinary questions (not replies) that no pattern takes for something else, but the model does, by verdict."""
    found: dict[Status, list[str]] = {}
    for entry in judged:
        if entry.example.label == ORDINARY and entry.example.by_patterns is None and entry.with_model is not None:
            found.setdefault(entry.with_model, []).append(entry.example.text)
    return found
