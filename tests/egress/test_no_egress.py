"""Nothing leaves the machine: the whole product runs with every way out closed, and nothing even tries.

Two observers. Python's audit hooks see and refuse what Python code tries, everywhere. Where the kernel allows it, the
process also has a network of its own without any way out: there native code (Chroma's, the tokenizers', llama.cpp's)
cannot get anywhere, and the kernel counts each packet and connection that it has no route for, and each name look-up.
"""

import json
import re
import shutil
import subprocess
import sys
from functools import lru_cache
from importlib.metadata import distributions
from typing import Any

import pytest
import yaml

from app.settings import PROJECT_ROOT
from tests.knowledge import TENANT, copy_knowledge, set_publishing
from tests.servers import environment, free_port

pytestmark = pytest.mark.models

_LONGEST_S = 600
_GOLD = [
    {
        "id": "katzensteuer-1", "question": "Wie hoch ist die Katzensteuer?", "language": "de", "kind": "unanswerable",
        "services": [], "facts": [], "split": "dev",
    }
]  # fmt: skip
_CALLS_HOME = re.compile(
    r"posthog|sentry|segment|analytic|telemetry|wandb|mlflow|datadog|ddtrace|newrelic|amplitude|mixpanel|gradio|comet|"
    r"neptune|clearml|bugsnag|rollbar|scarf|honeycomb|statsd|matomo|logfire"
)
_KNOWN = {
    "opentelemetry-api", "opentelemetry-exporter-otlp-common", "opentelemetry-exporter-otlp-proto-common",
    "opentelemetry-exporter-otlp-proto-grpc", "opentelemetry-proto", "opentelemetry-sdk",
    "opentelemetry-semantic-conventions",
}  # fmt: skip
"""Come with Chroma; without a collector they send nothing, and `app/offline.py` takes the collector away."""


@lru_cache(maxsize=1)
def _namespace() -> tuple[str, ...]:
    """The command that gives a process a network of its own; empty where the kernel forbids it."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--user", "--map-root-user", "--net")
    return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else ()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the product did."""
    folder = tmp_path_factory.mktemp("egress")
    knowledge = copy_knowledge(folder / "knowledge", services=("reisepass", "personalausweis.en", "personalausweis"))
    set_publishing(knowledge, gold=["gold/dev.yaml"], right=0.0, right_refusals=0.0)
    (knowledge / TENANT / "gold").mkdir()
    (knowledge / TENANT / "gold" / "dev.yaml").write_text(yaml.safe_dump(_GOLD, allow_unicode=True), "utf-8")
    env = environment(folder / "data", knowledge, port=free_port(), default_tenant=TENANT)
    hostile = {
        "HF_HUB_OFFLINE": "0",
        "ANONYMIZED_TELEMETRY": "True",
        "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://192.0.2.1",
    }
    namespace = _namespace()
    run = subprocess.run(
        [*namespace, sys.executable, "-m", "tests.egress.product", *(["--namespace"] if namespace else [])],
        cwd=PROJECT_ROOT, env={**env, **hostile}, capture_output=True, text=True, timeout=_LONGEST_S, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_the_whole_product_works_without_a_way_out(told: dict[str, Any]) -> None:
    codes = {"publish": 0, "evaluate": 0, "ask": 0, "account": 0, "pause": 0, "resume": 0, "serve": 0}
    assert {**told["codes"], "serve": 0} == codes
    assert told["codes"]["serve"] in (0, 130)
    assert told["answered"].pop("chat") == "answered_by_rule"
    assert told["answered"].pop("stream") is True
    assert set(told["answered"].pop("console").values()) == {200}
    assert set(told["answered"].values()) == {200}


def test_no_python_code_tries_to_leave(told: dict[str, Any]) -> None:
    assert told["noted"] == []
    assert told["control"]["noted"] == 2


def test_no_native_code_tries_to_leave(told: dict[str, Any]) -> None:
    if not _namespace():
        pytest.skip("this kernel gives ordinary users no network namespace; only Python code was watched")
    assert told["counted"] == {"unroutable": 0, "datagrams": 0}
    assert told["control"]["unroutable"] == 1


def test_the_telemetry_of_every_library_is_off_whatever_the_shell_says(told: dict[str, Any]) -> None:
    telemetry = told["telemetry"]
    loaded = telemetry.pop("loaded")
    assert telemetry == {
        "hub_offline": True,
        "hub_telemetry_off": True,
        "chroma_anonymized_telemetry": False,
        "chroma_collector": "",
        "tracer": "ProxyTracerProvider",
    }
    assert [name for name in loaded if _CALLS_HOME.search(name.lower()) and name != "opentelemetry"] == []


def test_a_new_dependency_that_calls_home_does_not_go_unnoticed() -> None:
    installed = {found.name.lower() for found in distributions()}
    assert {name for name in installed if _CALLS_HOME.search(name)} <= _KNOWN
