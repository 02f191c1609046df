"""The same gold questions in every way of answering that an installation has, for one table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from app.answering.values import Origin, Status
from app.models.adapter import adapter_path
from app.settings import Settings
from evaluation.bootstrap import Share, share
from evaluation.gold import run_gold
from evaluation.gold_answer import GoldAnswer
from evaluation.gold_file import GoldKind, GoldQuestion
from evaluation.judge import Outcome
from evaluation.report_figures import gold_figures
from evaluation.unrecorded import unrecorded_service

_WRONG = (Outcome.WRONG, Outcome.PARTLY)


@dataclass(frozen=True, slots=True)
class AnswerMode:
    """A way of answering: a name, and the settings that differ from the installation's."""

    name: str
    update: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModeFigures:
    """What one mode made of the questions."""

    mode: str
    model: str
    questions: int
    right: Share
    """Of answerable questions, as the next two."""
    wrong: Share
    """Partly right answers included."""
    refused: Share
    invented_figures: int
    right_refusals: Share
    generated: float | None
    """Share of statements written by the language model among those that tell facts; None without any."""
    answered_p50_s: float | None
    """From the question to the record, of answered questions; None when none was answered."""


def answer_modes(settings: Settings) -> tuple[AnswerMode, ...]:
    """Quotes, then every embedded model plain and with its adapter where it has one, then a remote model.

    Embedded models are the one that comes with Amtslotse and, when the settings name another, that one as well.

    Raises:
        ConfigurationError: the settings name an adapter that is not there.
    """
    own = str(Settings.model_fields["llm_model"].default)
    configured = settings.llm_model if settings.llm_backend == "embedded" else own
    modes = [AnswerMode("verbatim quotes", {"llm_backend": "none"})]
    for model in dict.fromkeys((own, configured)):
        plain: dict[str, object] = {"llm_backend": "embedded", "llm_model": model, "llm_adapter": "none"}
        adapter = settings.llm_adapter if model == configured else "builtin"
        modes.append(AnswerMode(f"{model}, plain", plain))
        if adapter_path(settings.model_copy(update={**plain, "llm_adapter": adapter})) is not None:
            modes.append(AnswerMode(f"{model}, with adapter", {**plain, "llm_adapter": adapter}))
    if settings.llm_backend == "openai":
        modes.append(AnswerMode(f"{settings.llm_model}, remote"))
    return tuple(modes)


def evaluate_modes(
    settings: Settings,
    modes: Sequence[AnswerMode],
    tenant: str,
    questions: Sequence[GoldQuestion],
    progress: Callable[[str, int, int], None],
) -> tuple[ModeFigures, ...]:
    """Asks all questions once a mode, one mode after the other, each with models of its own.

    Raises:
        ModelError: a mode's model is missing or damaged.
    """
    figures = []
    for mode in modes:

        def step(done: int, total: int, name: str = mode.name) -> None:
            progress(name, done, total)

        with unrecorded_service(settings.model_copy(update=dict(mode.update))) as service:
            answers = run_gold(service, tenant, questions, step)
            figures.append(mode_figures(mode.name, service.pipeline.model_name, answers))
    return tuple(figures)


def mode_figures(mode: str, model: str, answers: Sequence[GoldAnswer]) -> ModeFigures:
    """The figures of one mode over answers, of which there is at least one."""
    overall = gold_figures(answers)
    wrong = ((a.cluster, a.outcome in _WRONG) for a in answers if a.kind is GoldKind.ANSWERABLE)
    told = [s.origin for a in answers for s in a.statements if s.origin in (Origin.GENERATED, Origin.QUOTE)]
    seconds = [answer.timings_ms["done"] / 1000 for answer in answers if answer.status is Status.ANSWERED]
    return ModeFigures(
        mode=mode,
        model=model,
        questions=len(answers),
        right=overall.right,
        wrong=share(wrong),
        refused=overall.wrong_refusals,
        invented_figures=overall.invented_figures,
        right_refusals=overall.right_refusals,
        generated=told.count(Origin.GENERATED) / len(told) if told else None,
        answered_p50_s=median(seconds) if seconds else None,
    )
