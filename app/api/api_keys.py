"""Keys for other software: without any configured, `/v1` and `/mcp` are as open as the rest of the API."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Annotated, ClassVar, cast

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.errors import AmtslotseError, ConfigurationError

SHORTEST_KEY = 20
"""In characters; `openssl rand -hex 32` gives 64."""
BEARER_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_BEARER = HTTPBearer(auto_error=False, description="Only where the operator has set up keys; see docs/api.md.")


class ApiKeyError(AmtslotseError):
    """The call came without one of the keys that the operator handed out."""

    code: ClassVar[str] = "invalid_api_key"
    http_status: ClassVar[int] = 401


class ApiKeys:
    """The keys that are let in; only their hashes are kept."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Raises ConfigurationError when one can be guessed."""
        keys = tuple(keys)
        if any(len(key) < SHORTEST_KEY for key in keys):
            raise ConfigurationError(
                f"AMTSLOTSE_API_KEYS_FILE holds a key of fewer than {SHORTEST_KEY} characters, which can be guessed: "
                "make one with `openssl rand -hex 32`."
            )
        self._digests = tuple(map(_digest, keys))

    def require(self, credentials: str | None) -> None:
        """Lets everybody in when there are no keys. Raises ApiKeyError.

        All keys are compared, in constant time, so that the time taken tells nothing about them.
        """
        given = _digest(credentials or "")
        matches = [hmac.compare_digest(given, digest) for digest in self._digests]
        if self._digests and not any(matches):
            raise ApiKeyError(
                "Hier wird ein Schlüssel gebraucht (Authorization: Bearer …), und dieser fehlt oder ist nicht der "
                "richtige. Schlüssel vergibt, wer diesen Dienst betreibt."
            )


def bearer_token(authorization: str | None) -> str | None:
    """The credentials in such a header; None in any other."""
    scheme, _, credentials = (authorization or "").partition(" ")
    return credentials.strip() if scheme.casefold() == "bearer" else None


def require_api_key(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)]
) -> None:
    """A dependency of routers for other software. Raises ApiKeyError."""
    keys_of(request).require(credentials.credentials if credentials else None)


def keys_of(request: Request) -> ApiKeys:
    """Those of the application."""
    return cast(ApiKeys, request.app.state.api_keys)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode(errors="surrogatepass")).digest()
