"""What signing in needs beside the database: the provider, the counts of failures, the key for sign-ins under way."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated, cast

from anyio import CapacityLimiter
from cryptography.fernet import Fernet, InvalidToken
from fastapi import Depends, Request

from app.accounts.attempts import Attempts
from app.accounts.provider import Flow, IdentityProvider
from app.settings import Settings

FLOW_S = 10 * 60
"""How long somebody may take to sign in at the provider."""
_HASHING = 2
"""Passwords looked at at once: each takes 64 MiB of memory and four threads for a moment."""


@dataclass(frozen=True)
class SignInState:
    """One for the application; forgotten when it stops."""

    provider: IdentityProvider | None
    attempts: Attempts
    hashing: CapacityLimiter
    flows: Fernet

    @classmethod
    def of(cls, settings: Settings) -> "SignInState":
        """Asks no provider yet. Raises ConfigurationError."""
        flows = Fernet(Fernet.generate_key())
        return cls(IdentityProvider.of(settings), Attempts(), CapacityLimiter(_HASHING), flows)

    def sealed(self, flow: Flow, now: datetime) -> str:
        """A sign-in under way as a cookie that nobody else can read or write."""
        return self.flows.encrypt_at_time(json.dumps(asdict(flow)).encode(), int(now.timestamp())).decode()

    def opened(self, cookie: str, now: datetime) -> Flow | None:
        """What was sealed, unless it is forged or too old."""
        try:
            return Flow(**json.loads(self.flows.decrypt_at_time(cookie, FLOW_S, int(now.timestamp()))))
        except InvalidToken:
            return None


def sign_in_state(request: Request) -> SignInState:
    """That of the application."""
    return cast(SignInState, request.app.state.sign_in)


SignInStateDep = Annotated[SignInState, Depends(sign_in_state)]
