"""The whole product in one process with every way out closed; `test_no_egress` starts it and reads what it prints.

It uses the commands that operators use: publish (which reads sources and asks gold questions), evaluate, ask, replay,
serve; and the console, as an admin does. Settings come from the environment. `--namespace` says that it has a network
of its own.
"""

import io
import json
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from tests.egress.watch import SOMEWHERE, connect_natively, forbid, kernel_counts, raise_loopback

DRAFTED = "Was kostet ein Reisepass?"
BY_RULE = "Hat das Bürgeramt am Samstag geöffnet?"
"""Answered without the language model, which takes seconds."""
ADMIN, PASSWORD = "kim", "Ein langes Passwort für Tests"
_START_S = 120


def main() -> None:
    noted: list[str] = []
    forbid(noted)
    namespace = "--namespace" in sys.argv
    if namespace:
        raise_loopback()
    before = kernel_counts()
    codes = {
        "publish": _command("knowledge", "publish", "--author", "test"),
        "evaluate": _command("evaluate", "gold", "--split", "dev"),
        "ask": _command("ask", BY_RULE),
        "account": _command("users", "add", ADMIN, "--role", "admin", "--password-file", "-"),
        "pause": _command("pause", "generation", "--reason", "test"),
        "resume": _command("resume", "generation", "--reason", "test"),
    }
    answered: dict[str, Any] = {}
    citizen = threading.Thread(target=_ask_over_http, args=(answered,))
    citizen.start()
    codes["serve"] = _command("serve")
    citizen.join()
    after = kernel_counts()
    told = {
        "codes": codes,
        "answered": answered,
        "noted": list(noted),
        "counted": {name: after[name] - before[name] for name in after},
        "telemetry": _telemetry(),
    }
    told["control"] = _control(noted, namespace)
    print(json.dumps(told), file=sys.__stdout__)


def _command(*arguments: str) -> int:
    """Runs a command of the product, with the password on standard input; its exit status."""
    from cli.main import main as amtslotse

    sys.argv = ["amtslotse", *arguments]
    sys.stdin = io.StringIO(f"{PASSWORD}\n")
    sys.stdout = sys.stderr
    try:
        amtslotse()
    except SystemExit as ended:
        return int(ended.code or 0)
    except KeyboardInterrupt:
        return 130  # how the server is stopped
    finally:
        sys.stdout = sys.__stdout__
    return 0


def _ask_over_http(answered: dict[str, Any]) -> None:
    """What a citizen's browser asks for; then stops the server."""
    import httpx

    base = f"http://127.0.0.1:{os.environ['AMTSLOTSE_PORT']}"
    town = os.environ["AMTSLOTSE_DEFAULT_TENANT"]
    try:
        with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
            _wait_for(client)
            for path in ("/", "/widget.js", f"/api/v1/{town}/widget", "/readyz"):
                answered[path] = client.get(path).status_code
            answered["chat"] = client.post(f"/api/v1/{town}/chat", json={"question": BY_RULE}).json()["status"]
            stream = client.post(
                f"/api/v1/{town}/chat", json={"question": DRAFTED}, headers={"Accept": "text/event-stream"}
            )
            answered["console"] = _visit_console(client, town)
            answered["stream"] = '"origin": "generated"' in stream.text and "event: done" in stream.text
    finally:
        os.kill(os.getpid(), signal.SIGINT)


def _visit_console(client: Any, town: str) -> dict[str, int]:
    """Signs in by the form, and opens every page of the navigation; their statuses."""
    from app.console.navigation import GROUPS

    form = {"name": ADMIN, "password": PASSWORD, "back": f"/console/{town}"}
    client.post("/console/sign-in", data=form, follow_redirects=True).raise_for_status()
    paths = [f"/console/{town}{entry.path}" for group in GROUPS for entry in group.entries]
    return {path: client.get(path).status_code for path in paths}


def _wait_for(client: Any) -> None:
    import httpx

    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        with suppress(httpx.ConnectError):
            client.get("/healthz")
            return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


def _telemetry() -> dict[str, Any]:
    """What the libraries that could call home believe, in the process that has used them all."""
    import huggingface_hub.constants as hub
    from chromadb.config import Settings
    from opentelemetry import trace

    return {
        "hub_offline": hub.HF_HUB_OFFLINE,
        "hub_telemetry_off": hub.HF_HUB_DISABLE_TELEMETRY,
        "chroma_anonymized_telemetry": Settings().anonymized_telemetry,
        "chroma_collector": Settings().chroma_otel_collection_endpoint,
        "tracer": type(trace.get_tracer_provider()).__name__,
        "loaded": sorted({name.partition(".")[0] for name in sys.modules}),
    }


def _control(noted: list[str], namespace: bool) -> dict[str, Any]:
    """Attempts that must be seen, so that silence above means something."""
    seen = len(noted)
    for attempt in (
        lambda: socket.create_connection((SOMEWHERE, 9), timeout=1),
        lambda: socket.getaddrinfo("telemetry.example", 443),
    ):
        with suppress(OSError):
            attempt()
    before = kernel_counts()["unroutable"]
    if namespace:
        connect_natively()
    return {"noted": len(noted) - seen, "unroutable": kernel_counts()["unroutable"] - before}


if __name__ == "__main__":
    main()
