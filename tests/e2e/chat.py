"""The chat window as a citizen uses it: the one place that knows its labels and classes."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Route, expect

OFFICE = {
    "id": "buergeramt",
    "name": "Bürgeramt",
    "address": "Rathausplatz 1, 99001 Musterstadt",
    "phone": "03999 115-200",
    "email": "buergeramt@musterstadt.example",
    "url": "https://www.musterstadt.example/buergeramt",
    "appointment_url": None,
    "open_now": False,
    "hours": [["Montag", "08:00–16:00"], ["Sonntag", "geschlossen"]],
}
"""Closed, without appointments."""
ANSWER_TIMEOUT_MS = 90_000
"""A real answer may wait for the model to load on a slow machine."""

CHAT_URL = "**/api/v1/*/chat"

Events = list[tuple[str, dict[str, Any]]]


@dataclass
class Chat:
    """One page with the widget on it, and what the browser did meanwhile."""

    page: Page
    base_url: str
    requests: list[str] = field(default_factory=list)

    @property
    def launcher(self) -> Locator:
        return self.page.locator("amtslotse-chat .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("amtslotse-chat .panel")

    @property
    def field(self) -> Locator:
        return self.panel.get_by_label("Ihre Frage", exact=True)

    @property
    def accept_button(self) -> Locator:
        return self.panel.get_by_role("button", name="Verstanden, Chat starten")

    @property
    def log(self) -> Locator:
        return self.panel.get_by_role("log")

    @property
    def last_answer(self) -> Locator:
        """The newest complete answer."""
        return self.log.locator(".answer").last

    def start(self) -> "Chat":
        """Opens the window and confirms the notice."""
        self.launcher.click()
        self.accept_button.click()
        expect(self.field).to_be_enabled()
        return self

    def ask(self, question: str) -> Locator:
        """Asks and waits until the answer stands in the log."""
        before = self.log.locator(".answer").count()
        self.field.fill(question)
        self.field.press("Enter")
        expect(self.log.locator(".answer")).to_have_count(before + 1, timeout=ANSWER_TIMEOUT_MS)
        return self.last_answer

    def route_answer(self, events: Events) -> None:
        """Makes the service answer with these events, for states that the real one can't be brought into."""
        body = "".join(f"event: {name}\ndata: {json.dumps(data)}\n\n" for name, data in events)
        self.page.route(CHAT_URL, _fulfil(status=200, content_type="text/event-stream", body=body))

    def route_problem(self, status: int, code: str, detail: str, headers: dict[str, str] | None = None) -> None:
        """Makes the service refuse the question with a problem document."""
        body = json.dumps({"title": code, "detail": detail, "code": code, "status": status})
        self.page.route(
            CHAT_URL, _fulfil(status=status, content_type="application/problem+json", body=body, headers=headers)
        )

    def route_silence(self) -> None:
        """Makes the service never answer."""
        self.page.route(CHAT_URL, lambda route: None)

    def unroute(self) -> None:
        self.page.unroute(CHAT_URL)

    def focused_label(self) -> str:
        """Text or label of what has the focus inside the widget; empty when the focus is elsewhere."""
        label: str = self.page.evaluate(
            """() => {
                const node = document.querySelector("amtslotse-chat").shadowRoot.activeElement;
                return node ? node.getAttribute("aria-label") || node.id || node.textContent : "";
            }"""
        )
        return label

    def policy_violations(self) -> list[str]:
        """What the page's Content-Security-Policy has blocked."""
        found: list[str] = self.page.evaluate("window.policyViolations")
        return found

    def foreign_requests(self) -> list[str]:
        """Requests that left the service's own origin."""
        own = urlsplit(self.base_url)[:2]
        return [url for url in self.requests if urlsplit(url)[:2] != own and not url.startswith("data:")]


def _fulfil(**response: Any) -> Callable[[Route], None]:
    headers = response.pop("headers", None) or {}
    content_type = response.pop("content_type")
    return lambda route: route.fulfill(headers={"Content-Type": content_type, **headers}, **response)


def answer_events(*statements: dict[str, Any], **extras: Any) -> Events:
    """A complete answer with these statements; `status`, `language` and the fields of `sources` as keywords."""
    language = extras.pop("language", "de")
    status = extras.pop("status", "answered")
    sources: dict[str, Any] = {"sources": [], "office": None, "online_service": None, "suggestions": [], "notices": []}
    return [
        ("disclosure", {"text": "Ich bin eine KI.", "language": language, "model": "m", "ai_generated": True}),
        ("progress", {"stage": "retrieve", "text": "Ich suche."}),
        *(("statement", statement) for statement in statements),
        ("sources", {**sources, **extras}),
        (
            "done",
            {
                "answer_id": "a-4711",
                "conversation_id": "conversation-00001",
                "status": status,
                "language": language,
                "model": "m",
                "generation": "g",
                "timings": {},
            },
        ),
    ]


def statement(text: str, *citations: int, origin: str = "generated", language: str = "de") -> dict[str, Any]:
    direction = "rtl" if language == "ar" else "ltr"
    return {"text": text, "citations": list(citations), "origin": origin, "language": language, "dir": direction}


def source(number: int, text: str, *, module: str = "Kosten", url: str | None = None) -> dict[str, Any]:
    return {
        "number": number,
        "title": "Personalausweis beantragen",
        "module": module,
        "url": url or "https://www.musterstadt.example/dienste/personalausweis",
        "text": text,
        "chunk_id": f"chunk-{number}",
    }
