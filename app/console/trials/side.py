"""One side of a trial: a question walked with a set-up, and nothing written down about it."""

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import JsonValue, TypeAdapter

from app.answering.pipeline import Pipeline
from app.answering.trace import Trace
from app.answering.values import Answer, Finished, Question, Stated, WalkEvent
from app.answering.weights import Weights
from app.errors import BusyError, ModelError
from app.index.generation import Generation
from app.models.ports import LanguageModel
from app.trials.setup import SetUp


@dataclass(frozen=True, slots=True)
class SideAnswer:
    """What one side answered, and what of the walk helps to compare."""

    answer: Answer
    question: str
    """Masked."""
    timings_ms: dict[str, float]
    prompt: str | None
    """Reference of the prompt file that was drafted from."""
    answerable: float | None
    """Probability (0 to 1) that the knowledge answers; None where nobody searched."""
    rejected: int
    """Drafted sentences that verification dropped."""

    @property
    def total_ms(self) -> float:
        return self.timings_ms.get("done", 0.0)


_SIDE = TypeAdapter(SideAnswer)


def side_json(side: SideAnswer) -> JsonValue:
    """As it is kept with the trial."""
    kept: JsonValue = _SIDE.dump_python(side, mode="json")
    return kept


def side_from(kept: JsonValue) -> SideAnswer:
    """What `side_json` kept."""
    return _SIDE.validate_python(kept)


def pipeline_for(setup: SetUp, live: Pipeline, model: LanguageModel | None, prompts_dir: Path) -> Pipeline:
    """The live pipeline with what the set-up has otherwise."""
    weights = _with_caution(live.weights, setup)
    return replace(live, language_model=model, prompts_dir=prompts_dir, weights=weights)


def walk_unrecorded(pipeline: Pipeline, question: Question, generation: Generation) -> SideAnswer:
    """The answer, also when the language model fails on the way.

    Raises InvalidInputError for a question that is empty or too long.
    """
    trace = Trace(question=question)
    answer: Answer | None = None
    try:
        for event in pipeline.walk(question, generation, trace):
            answer = _noted(event, trace) or answer
    except (BusyError, ModelError) as error:
        for event in pipeline.break_off(trace, generation, error):
            answer = _noted(event, trace) or answer
    trace.mark("done")
    assert answer is not None and trace.screened is not None
    return SideAnswer(
        answer=answer,
        question=trace.screened.text,
        timings_ms=dict(trace.timings_ms),
        prompt=trace.prompt_reference,
        answerable=round(trace.evidence.answerable, 3) if trace.evidence else None,
        rejected=len(trace.rejections),
    )


def _noted(event: WalkEvent, trace: Trace) -> Answer | None:
    if isinstance(event, Stated):
        trace.mark("first_statement")
        trace.stated.append(event.statement)
    return event.answer if isinstance(event, Finished) else None


def _with_caution(weights: Weights, setup: SetUp) -> Weights:
    """The weights with one threshold for all towns: the set-up's own, or that of its operating point."""
    if setup.caution == "town" and setup.threshold is None:
        return weights
    second = weights.second_opinion

    def everywhere(learned: dict[str, float]) -> dict[str, float]:
        chosen = dict(learned) if setup.caution == "town" else dict.fromkeys(learned, learned[setup.caution])
        return chosen if setup.threshold is None else dict.fromkeys(chosen, setup.threshold)

    return replace(
        weights,
        answerable_thresholds=everywhere(dict(weights.answerable_thresholds)),
        answerable_dense_thresholds=everywhere(dict(weights.answerable_dense_thresholds)),
        second_opinion=second and replace(second, thresholds=everywhere(dict(second.thresholds))),
    )
