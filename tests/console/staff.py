"""Signed-in browsers without a browser: one HTTP client a person, with the token that forms need."""

import re
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.accounts.account import Account, Role
from app.accounts.repository import AccountRepository
from app.accounts.sessions import SessionRepository
from app.api.dependencies import Running
from app.console.access import COOKIE

TENANT = "musterstadt"


@dataclass(frozen=True)
class Person:
    """Somebody of the staff with a session of their own."""

    account: Account
    client: TestClient
    csrf: str

    def get(self, path: str, **options: Any) -> Response:
        """A page below /console/musterstadt (or any path that begins with /)."""
        return self.client.get(_path(path), **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> Response:
        """Posts a form of the session; redirects are followed."""
        return self.client.post(_path(path), data={"csrf": self.csrf, **(data or {})}, **options)


def sign_in(app: FastAPI, *roles: Role, tenant: str = TENANT) -> Person:
    """A new account with those roles, signed in without the form."""
    running: Running = app.state.running
    database, now = running.service.records.database, running.clock()
    accounts = AccountRepository(database)
    name = f"{'-'.join(roles) or 'nobody'}-{len(accounts.all())}"
    account = accounts.create(name, f"Kim {name.title()}", [(tenant, role) for role in roles], now)
    sessions = SessionRepository(database)
    token = sessions.begin(account, now)
    session = sessions.find(token, now)
    assert session is not None
    client = TestClient(app, base_url="http://testserver")
    client.cookies.set(COOKIE, token)
    return Person(account, client, session.csrf)


def text_of(response: Response) -> str:
    """What a page says, without tags; for looking for sentences."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))


def _path(path: str) -> str:
    return path if path.startswith("/") else f"/console/{TENANT}/{path}".rstrip("/")
