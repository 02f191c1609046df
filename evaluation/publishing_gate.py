"""The publishing gate's examiner: asks the gold questions of a candidate and of the active generation."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from app.answering.environment import environment_of
from app.answering.service import AnsweringService
from app.errors import ConfigurationError, GenerationError
from app.files import make_folder, write_atomically
from app.index.manifest import EvaluationEntry
from app.models.ports import Embedder, LanguageModel
from app.records.repository import RecordRepository
from app.settings import Settings
from app.starting import build_service
from app.tenants.publishing import Publishing
from evaluation.gold import run_gold
from evaluation.gold_answer import GoldAnswer
from evaluation.gold_file import GoldQuestion, read_gold_files
from evaluation.gold_gate import GateThresholds, gate
from evaluation.judge import Outcome
from evaluation.kept_answers import EVALUATION_FILE, KeptAnswers, read_cached, read_kept
from evaluation.report import GoldEnvironment, GoldReport, gold_report
from evaluation.report_changes import Change, changes
from evaluation.report_figures import gold_figures
from evaluation.report_html import gold_html
from ingest.embedding import Progress
from ingest.gate import AnswerChange, Examination, GivenAnswer
from ingest.shadow import shadow_data

REPORT_FILE = "evaluation.html"
_COMMAND = "amtslotse knowledge publish"
_STEP = "gold questions"
_ACTIVE_STEP = "gold questions, active generation"


@dataclass(frozen=True, slots=True)
class GoldExaminer:
    """Implements `Examiner` with the real service, answers in a throw-away log. The caller closes the models."""

    settings: Settings
    embedder: Embedder
    language_model: LanguageModel | None
    """None to quote only, which is deterministic and takes about a fifth of the time."""
    cache: Path | None = None
    """A file for the active generation's answers, for looks that are repeated while texts are being written."""

    def examine(
        self, source: Path, publishing: Publishing, candidate: Path, active: Path | None, progress: Progress
    ) -> Examination:
        """See `Examiner`. What the active generation answered when it was published is not asked again."""
        questions = gold_questions(source, publishing)
        tenant = source.name
        previous = self._previous(active, tenant, questions, progress)
        report, asked_on = self._answered(candidate, tenant, questions, _STEP, progress)
        kept = KeptAnswers.of(report, questions, asked_on).to_json()
        compared = tuple(_answer_change(change) for change in changes(report, previous))
        figures = gold_figures(report.answers)
        entry = EvaluationEntry(
            file=EVALUATION_FILE,
            sha256=hashlib.sha256(kept.encode()).hexdigest(),
            report=REPORT_FILE,
            model=report.environment.model,
            questions=figures.questions,
            right=figures.right.value,
            right_refusals=figures.right_refusals.value,
            invented=figures.invented_figures,
            regressions=tuple(change.id for change in compared if change.regression),
        )
        return Examination(
            entry, tuple(gate(report, _thresholds(publishing))), compared, kept, gold_html(report, previous)
        )

    def _previous(
        self, active: Path | None, tenant: str, questions: Sequence[GoldQuestion], progress: Progress
    ) -> GoldReport | None:
        """What the active generation answers; None without one.

        When it cannot be opened any more (another embedding model), what it answered when it was published.
        """
        if active is None:
            return None
        remembered = read_cached(self.cache) if self.cache else None
        try:
            report, asked_on = self._answered(active, tenant, questions, _ACTIVE_STEP, progress, remembered)
        except (GenerationError, ConfigurationError):
            kept = read_kept(active)
            return _report_of(kept, questions, active.name, tenant) if kept else None
        if self.cache:
            with suppress(OSError):  # the next look takes longer, nothing else
                make_folder(self.cache.parent)
                write_atomically(self.cache, KeptAnswers.of(report, questions, asked_on).to_json())
        return report

    def _answered(
        self,
        folder: Path,
        tenant: str,
        questions: Sequence[GoldQuestion],
        step: str,
        progress: Progress,
        remembered: KeptAnswers | None = None,
    ) -> tuple[GoldReport, date]:
        """A generation's answers as of today: those kept with it or remembered, the others asked now."""
        with self._service(folder, tenant) as service:
            generation = service.generations.active(tenant)
            now = datetime.now(UTC)
            today = now.astimezone(generation.tenant.zone).date()
            environment = GoldEnvironment.model_validate(environment_of(service.pipeline))
            known: tuple[GoldAnswer, ...] = ()
            for kept in (read_kept(folder), remembered):
                if kept is not None and not known:
                    known = kept.reusable(questions, environment, generation, today)
            answers = [*known, *_ask_missing(service, tenant, questions, known, step, progress)]
            return gold_report(answers, service, tenant, _COMMAND, now), today

    @contextmanager
    def _service(self, folder: Path, tenant: str) -> Iterator[AnsweringService]:
        """The service that would run if that generation were the active one."""
        with (
            shadow_data(tenant, folder) as data_dir,
            TemporaryDirectory() as records_dir,
            closing(RecordRepository(Path(records_dir) / "records.sqlite3")) as records,
        ):
            settings = self.settings.model_copy(update={"data_dir": data_dir})
            yield build_service(settings, self.embedder, self.language_model, records)


def gold_questions(source: Path, publishing: Publishing) -> tuple[GoldQuestion, ...]:
    """The questions that a town's publishing is measured by.

    Raises:
        ConfigurationError: there are none, or a file is not valid.
    """
    paths = {path: None for pattern in publishing.gold for path in sorted(source.glob(pattern)) if path.is_file()}
    questions = read_gold_files(tuple(paths))
    if not questions:
        raise ConfigurationError(
            f"{source} has no gold questions ({', '.join(publishing.gold)}), so nobody can say whether the texts "
            "answer rightly: write some (docs/evaluation.md), or publish with --skip-gold REASON."
        )
    return questions


def _ask_missing(
    service: AnsweringService,
    tenant: str,
    questions: Sequence[GoldQuestion],
    known: Sequence[GoldAnswer],
    step: str,
    progress: Progress,
) -> tuple[GoldAnswer, ...]:
    have = {answer.id for answer in known}
    missing = [question for question in questions if question.id not in have]
    if not missing:
        return ()
    return run_gold(service, tenant, missing, lambda done, total: progress(step, done, total))


def _report_of(kept: KeptAnswers, questions: Sequence[GoldQuestion], generation: str, tenant: str) -> GoldReport | None:
    answers = kept.to(questions)
    if not answers:
        return None
    return GoldReport(
        created_at=datetime.combine(kept.asked_on, time(), UTC),
        command=_COMMAND,
        tenant=tenant,
        generation=generation,
        environment=kept.environment,
        splits=(),
        answers=answers,
    )


def _thresholds(publishing: Publishing) -> GateThresholds:
    """The town's own goals; what it sets no goal for is not measured, but a statement always needs a source."""
    return GateThresholds(
        right=publishing.right,
        right_refusals=publishing.right_refusals,
        wrong_refusals=1,
        invented_figures=publishing.invented,
        answerable_questions=0,
        unanswerable_questions=0,
    )


def _answer_change(change: Change) -> AnswerChange:
    before = _given(change.before) if change.before else None
    return AnswerChange(change.now.id, change.now.question, change.verdict.value, before, _given(change.now))


def _given(answer: GoldAnswer) -> GivenAnswer:
    invented = f"invented: {', '.join(answer.invented)}" if answer.invented else ""
    outcome = Outcome.WRONG if answer.invented else answer.outcome
    return GivenAnswer(outcome.value, invented or answer.why, answer.text)
