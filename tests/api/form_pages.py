"""What tests of the plain pages share: asking, and sending on what the page carries in its hidden fields."""

import html
import re

from fastapi.testclient import TestClient
from httpx2 import Response

FORM = "/musterstadt/fragen"
QUESTION = "Welche Unterlagen brauche ich für den Reisepass?"


def text_of(page: str) -> str:
    """What stands on a page, without its tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page; where a name comes more than once, they are all the same."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found if name != "helpful"}


def answered(client: TestClient, question: str = QUESTION, **fields: str) -> dict[str, str]:
    """Asks a question; gives the hidden fields of the answer's page."""
    return hidden(client.post(FORM, data={"question": question, **fields}).text)


def send(client: TestClient, place: str, data: dict[str, str], **headers: str) -> Response:
    """Sends the form that leads there, as from a page of that visit."""
    return client.post(f"{FORM}/{place}", data=data, headers=headers)
