"""Speed and memory of the whole product beside the bare libraries that it stands on: `python -m evaluation.bench`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from app.answering.environment import environment_of
from app.answering.service import AnsweringService
from app.errors import AmtslotseError, NotReadyError
from app.index.generation import active_id
from app.settings import Settings, get_settings
from evaluation.bench_answers import bench_answers, bench_questions
from evaluation.bench_figures import Figure, as_rows, as_table
from evaluation.bench_index import bench_ingest, bench_retrieval
from evaluation.bench_process import bench_processes
from evaluation.gold_file import read_gold
from evaluation.unrecorded import unrecorded_service

_QUESTIONS = 40
_SERVED_QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the figures were measured, and how busy it was."""

    processor: str
    cores: int
    load_average: float
    """Over the last minute before the run; well above 0 means that something else was running."""
    model: str
    embedder: str
    generation: str


def main(arguments: Sequence[str]) -> int:
    """Prints the table; the exit status says only whether it could be measured."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.bench", description=__doc__)
    parser.add_argument("--questions", type=int, default=_QUESTIONS, help=f"How many to ask; {_QUESTIONS} by default.")
    parser.add_argument("--json", action="store_true", help="Print one JSON object.")
    options = parser.parse_args(arguments)
    try:
        machine, figures = run(get_settings(), max(2, options.questions))
    except AmtslotseError as error:
        sys.stderr.write(f"bench: {error.message}\n")
        return 1
    if options.json:
        sys.stdout.write(json.dumps({"machine": asdict(machine), "figures": as_rows(figures)}) + "\n")
    else:
        lines = [f"{name.replace('_', ' ')}: {value}" for name, value in asdict(machine).items()]
        sys.stdout.write("\n".join([*lines, "", as_table(figures)]) + "\n")
    return 0


def run(settings: Settings, count: int) -> tuple[Machine, list[Figure]]:
    """All measurements. Processes come first, while this one is small.

    Raises:
        NotReadyError: nothing is published for the default tenant.
    """
    tenant = settings.default_tenant
    if active_id(settings.data_dir, tenant) is None:
        raise NotReadyError(f"For '{tenant}' nothing is published yet: run `make setup`.")
    load = os.getloadavg()[0]
    questions = bench_questions(read_gold(settings.knowledge_dir / tenant / "gold", "dev"), count)
    texts = [question.question for question in questions]
    _say("start-up and memory")
    processes = bench_processes(settings, texts[:_SERVED_QUESTIONS])
    with unrecorded_service(settings) as service:
        generation, embedder = service.generations.active(tenant), service.pipeline.embedder
        _say(f"answers to {len(questions)} questions")
        figures = bench_answers(service, settings, questions)
        _say("retrieval")
        figures += bench_retrieval(generation, embedder, service.pipeline.weights, texts)
        _say("ingest")
        figures.append(bench_ingest(generation, embedder, settings))
        return _machine(service, generation.id, load), [*figures, *processes]


def _machine(service: AnsweringService, generation: str, load: float) -> Machine:
    return Machine(
        processor=str(environment_of(service.pipeline)["processor"]),
        cores=os.cpu_count() or 1,
        load_average=round(load, 2),
        model=service.pipeline.model_name,
        embedder=service.pipeline.embedder.info.name,
        generation=generation,
    )


def _say(step: str) -> None:
    sys.stderr.write(f"bench: {step} …\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
