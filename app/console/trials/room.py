"""The trial room of a running service: asks both sides of a trial, one question at a time, or a whole list."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore, Event, Lock

from app.answering.service import AnsweringService
from app.answering.values import Question
from app.console.trials.models import TrialModels
from app.console.trials.prompts import prompts_folder
from app.console.trials.side import SideAnswer, pipeline_for, side_json, walk_unrecorded
from app.errors import AmtslotseError, BusyError, CancelledError, GenerationError, LockedError
from app.index.generation import Generation
from app.settings import Settings
from app.switches.state import NOTHING_OFF, InForce
from app.trials.repository import TrialRepository
from app.trials.setup import QUOTES_ONLY, RUNNING, SetUp
from app.trials.trial import Trial, TrialAnswer

MOST_LISTED = 50
"""Questions that one list may have."""
_WAITING = 4
"""Questions that may wait for their turn, so that a shared link never fills the service with waiting requests."""
_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class ListProgress:
    """How far a list of questions is."""

    done: int
    total: int
    running: bool
    failed: tuple[tuple[str, str], ...] = ()
    """Questions that could not be asked, shortened, and why."""
    error: str | None = None
    """Why the list ended early."""


class TrialRoom:
    """One a process. Trials walk one question at a time, so that citizens keep the rest of the machine."""

    def __init__(self, settings: Settings, service: AnsweringService, models: TrialModels | None = None) -> None:
        self._settings = settings
        self._service = service
        self._trials = TrialRepository(service.records.database)
        self.models = models or TrialModels(settings, service.pipeline.language_model)
        self._prompts = TemporaryDirectory(prefix="amtslotse-trial-")
        self._turn = Lock()
        self._waiting = BoundedSemaphore(_WAITING)
        self._lists = ThreadPoolExecutor(max_workers=1, thread_name_prefix="trial-list")
        self._progress: dict[str, ListProgress] = {}
        self._stopped: dict[str, Event] = {}

    def check(self, tenant: str, setup: SetUp) -> None:
        """Raises an AmtslotseError that says why this set-up could not answer; loads no model."""
        self._generation(tenant, setup)
        prompts_folder(self._settings.prompts_dir, setup.prompts, Path(self._prompts.name))

    def ask(
        self, trial: Trial, text: str, at: datetime, *, by_visitor: bool = False, switches: InForce = NOTHING_OFF
    ) -> TrialAnswer:
        """Asks both sides and keeps the answers.

        Raises:
            BusyError: others are asking.
            InvalidInputError: the question is empty or too long, or a set-up cannot answer.
            ModelError, GenerationError: a set-up's model or texts cannot be opened.
        """
        if not self._waiting.acquire(blocking=False):
            raise _busy()
        try:
            with self._my_turn():
                question = Question(text=text, tenant=trial.tenant, asked_at=at, switches=switches)
                left, right = (self._side(setup, question) for setup in (trial.left, trial.right))
        finally:
            self._waiting.release()
        return self._keep(trial, left, right, at, by_visitor)

    def start_list(self, trial: Trial, questions: Sequence[str], at: datetime) -> None:
        """Asks a list in the background, as of that moment. Raises LockedError while this trial has one going."""
        progress = self._progress.get(trial.id)
        if progress is not None and progress.running:
            raise LockedError("In diesem Versuch läuft schon eine Liste. Warten Sie, bis sie fertig ist.")
        self._progress[trial.id] = ListProgress(0, len(questions), running=True)
        self._stopped[trial.id] = Event()
        self._lists.submit(self._work_list, trial, tuple(questions), at, self._stopped[trial.id])

    def stop_list(self, trial: Trial) -> None:
        """Ends a trial's list after the question that is being asked."""
        if trial.id in self._stopped:
            self._stopped[trial.id].set()

    def progress(self, trial: Trial) -> ListProgress | None:
        """Of the trial's last list; None when it had none since the service started."""
        return self._progress.get(trial.id)

    def close(self) -> None:
        """Stops all lists and frees the loaded model."""
        for stopped in self._stopped.values():
            stopped.set()
        self._lists.shutdown(wait=True, cancel_futures=True)
        self.models.release()
        self._prompts.cleanup()

    def _work_list(self, trial: Trial, questions: tuple[str, ...], at: datetime, stopped: Event) -> None:
        """Where both sides load models of their own, the whole list goes to one before the other: each loads once."""
        block = len(questions) if self._loads_two(trial) else 1
        done, failed, error = 0, list[tuple[str, str]](), None
        try:
            for start in range(0, len(questions), block):
                for pair in self._pairs(trial, questions[start : start + block], at, stopped):
                    done += 1
                    if isinstance(pair, tuple):
                        failed.append(pair)
                    self._progress[trial.id] = ListProgress(done, len(questions), True, tuple(failed))
        except CancelledError:
            pass
        except AmtslotseError as broken:
            error = broken.message
        finally:
            self._progress[trial.id] = ListProgress(done, len(questions), False, tuple(failed), error)

    def _pairs(
        self, trial: Trial, questions: Sequence[str], at: datetime, stopped: Event
    ) -> Iterator[TrialAnswer | tuple[str, str]]:
        """Answers kept, or a question with why it could not be asked; both sides answer all questions in turn."""
        asked = [Question(text=text, tenant=trial.tenant, asked_at=at) for text in questions]
        sides: list[list[SideAnswer | AmtslotseError]] = []
        for setup in (trial.left, trial.right):
            sides.append([self._listed(setup, question, stopped) for question in asked])
        for text, left, right in zip(questions, *sides, strict=True):
            if isinstance(left, AmtslotseError) or isinstance(right, AmtslotseError):
                error = left if isinstance(left, AmtslotseError) else right
                assert isinstance(error, AmtslotseError)
                yield text[:80], error.message
            else:
                yield self._keep(trial, left, right, at, by_visitor=False)

    def _listed(self, setup: SetUp, question: Question, stopped: Event) -> SideAnswer | AmtslotseError:
        if stopped.is_set():
            raise CancelledError("The list was stopped.")
        try:
            with self._my_turn():
                return self._side(setup, question)
        except AmtslotseError as error:
            if error.http_status >= 500 and not isinstance(error, BusyError):
                raise  # the set-up is broken, not the question
            return error

    def _side(self, setup: SetUp, question: Question) -> SideAnswer:
        generation = self._generation(question.tenant, setup)
        folder = prompts_folder(self._settings.prompts_dir, setup.prompts, Path(self._prompts.name))
        with self.models.using(setup.model) as model:
            pipeline = pipeline_for(setup, self._service.pipeline, model, folder)
            return walk_unrecorded(pipeline, question, generation)

    def _generation(self, tenant: str, setup: SetUp) -> Generation:
        if setup.generation is None:
            return self._service.generations.active(tenant)
        try:
            return self._service.generations.get(tenant, setup.generation)
        except GenerationError as error:
            raise GenerationError(
                f"Der Stand {setup.generation} lässt sich nicht öffnen. Legen Sie den Versuch mit einem anderen "
                f"Stand neu an. ({error.message})"
            ) from error

    def _keep(self, trial: Trial, left: SideAnswer, right: SideAnswer, at: datetime, by_visitor: bool) -> TrialAnswer:
        return self._trials.add_answer(
            trial, left.question, side_json(left), side_json(right), at, by_visitor=by_visitor
        )

    def _loads_two(self, trial: Trial) -> bool:
        models = {trial.left.model, trial.right.model} - {RUNNING, QUOTES_ONLY}
        return len(models) > 1

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=_PATIENCE_S):
            raise _busy()
        try:
            yield
        finally:
            self._turn.release()


def _busy() -> BusyError:
    return BusyError("Im Experimentierraum wird gerade viel gefragt. Versuchen Sie es in einer Minute noch einmal.", 60)
