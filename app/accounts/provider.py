"""Sign-in by OpenID Connect: authorization code with PKCE, state and nonce; the ID token says who it is.

Nobody is asked before somebody signs in, and nobody but the configured issuer: its metadata may name no other host.
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from app.accounts.provider_roles import NamedRoles, roles_in
from app.errors import ConfigurationError, ForbiddenError, ProviderError
from app.settings import Settings

log = logging.getLogger(__name__)

SCOPE = "openid profile email"
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the provider can make: neither `none` nor a secret that is shared."""
_LEEWAY_S = 60
_TIMEOUT_S = 10.0
_KEPT = timedelta(hours=1)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Flow:
    """One sign-in under way; it stays with the browser until the provider sends it back."""

    state: str
    nonce: str
    verifier: str
    """The secret of PKCE."""
    redirect_uri: str
    back: str
    """The page of the console to go to."""

    @classmethod
    def new(cls, redirect_uri: str, back: str) -> "Flow":
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, redirect_uri, back)


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom the provider vouches for."""

    issuer: str
    subject: str
    name: str
    display_name: str
    email: str | None
    named: NamedRoles


@dataclass(frozen=True, slots=True)
class _Metadata:
    endpoints: Mapping[str, str]
    keys: KeySet
    read_at: datetime


class IdentityProvider:
    """The configured provider. Metadata and keys are kept for an hour, and read again for a key that is new.

    Use it on one event loop.
    """

    def __init__(self, issuer: str, client_id: str, client_secret: str | None, roles_claim: str, label: str) -> None:
        """Asks nobody yet. Raises ConfigurationError for an issuer without TLS that is not this machine."""
        _check_issuer(issuer)
        self.label = label
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._roles_claim = roles_claim
        self._kept: _Metadata | None = None

    @classmethod
    def of(cls, settings: Settings) -> "IdentityProvider | None":
        """The one in the settings, or None. Raises ConfigurationError."""
        if settings.oidc_issuer is None:
            return None
        return cls(
            settings.oidc_issuer,
            settings.oidc_client_id,
            settings.oidc_secret(),
            settings.oidc_roles_claim,
            settings.oidc_label,
        )

    async def address(self, flow: Flow, now: datetime) -> str:
        """Where the browser goes to sign in. Raises ProviderError when the provider can't be reached."""
        async with self._client(flow) as client:
            metadata = await self._metadata(client, now)
        url, _ = client.create_authorization_url(
            metadata.endpoints["authorization_endpoint"],
            state=flow.state,
            nonce=flow.nonce,
            code_challenge=create_s256_code_challenge(flow.verifier),
            code_challenge_method="S256",
        )
        return str(url)

    async def identity(self, flow: Flow, code: str, now: datetime) -> Identity:
        """Who signed in, from the code that the provider gave the browser.

        Raises:
            ProviderError: it can't be reached, or does not take the code.
            ForbiddenError: the ID token is not what was asked for; why is in the log.
        """
        async with self._client(flow) as client:
            metadata = await self._metadata(client, now)
            try:
                token = await client.fetch_token(
                    metadata.endpoints["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=flow.verifier,
                )
            except (AuthlibBaseError, httpx2.HTTPError, ValueError) as error:
                raise _unreachable("it took no code", error) from error
            try:
                return self._identity(await self._checked(client, metadata, token, flow, now))
            except (JoseError, ValueError, TypeError, KeyError) as error:
                log.warning("A sign-in was refused: the ID token is not valid (%s).", type(error).__name__)
                raise ForbiddenError(
                    "Die Antwort des Anmeldedienstes war nicht gültig. Bitte melden Sie sich noch einmal an; bleibt "
                    "es dabei, hilft Ihre Administration."
                ) from error

    async def _checked(
        self, client: AsyncOAuth2Client, metadata: _Metadata, token: Mapping[str, Any], flow: Flow, now: datetime
    ) -> Mapping[str, Any]:
        """The claims of an ID token whose signature, issuer, audience, times and nonce hold."""
        try:
            signed = jwt.decode(token["id_token"], metadata.keys, algorithms=_ALGORITHMS)
        except InvalidKeyIdError:
            metadata = await self._read(client, now)
            signed = jwt.decode(token["id_token"], metadata.keys, algorithms=_ALGORITHMS)
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            {
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client_id},
                "nonce": {"essential": True, "value": flow.nonce},
            },
            {"nonce": flow.nonce, "client_id": self._client_id, "access_token": token.get("access_token")},
        )
        claims.validate(now=int(now.timestamp()), leeway=_LEEWAY_S)
        return signed.claims

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        subject = str(claims["sub"])
        name = _text(claims, "preferred_username") or _text(claims, "email") or subject
        return Identity(
            issuer=self._issuer,
            subject=subject,
            name=name,
            display_name=_text(claims, "name") or name,
            email=_text(claims, "email") or None,
            named=roles_in(claims, self._roles_claim),
        )

    async def _metadata(self, client: AsyncOAuth2Client, now: datetime) -> _Metadata:
        if self._kept is None or not timedelta(0) <= now - self._kept.read_at < _KEPT:
            return await self._read(client, now)
        return self._kept

    async def _read(self, client: AsyncOAuth2Client, now: datetime) -> _Metadata:
        try:
            found = await _json(client, f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            endpoints = {name: str(found[name]) for name in _ENDPOINTS}
            if found["issuer"] != self._issuer:
                raise ValueError(f"it calls itself {str(found['issuer'])[:200]}; set AMTSLOTSE_OIDC_ISSUER to that")
            for name, url in endpoints.items():
                if urlsplit(url)[:2] != urlsplit(self._issuer)[:2]:
                    raise ValueError(f"its {name} is on another host than the issuer, which is not supported")
            keys = KeySet.import_key_set(await _json(client, endpoints["jwks_uri"]))  # type: ignore[arg-type]
        except (httpx2.HTTPError, JoseError, ValueError, TypeError, KeyError) as error:
            raise _unreachable("its metadata or keys cannot be read", error) from error
        self._kept = _Metadata(endpoints, keys, now)
        return self._kept

    def _client(self, flow: Flow) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=self._client_id,
            client_secret=self._client_secret,
            scope=SCOPE,
            redirect_uri=flow.redirect_uri,
            timeout=_TIMEOUT_S,
            trust_env=False,
            follow_redirects=False,
        )


async def _json(client: AsyncOAuth2Client, url: str) -> dict[str, Any]:
    response = await client.request("GET", url, withhold_token=True)
    response.raise_for_status()
    content = response.json()
    if not isinstance(content, dict):
        raise ValueError("no JSON object")
    return content


def _unreachable(what: str, error: Exception) -> ProviderError:
    log.error("The sign-in provider failed, %s: %s", what, error)
    return ProviderError(
        "Der Anmeldedienst hat die Anmeldung nicht angenommen oder antwortet nicht. Bitte versuchen Sie es noch "
        "einmal; bleibt es dabei, hilft Ihre Administration."
    )


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return " ".join(value.split())[:200] if isinstance(value, str) else ""


def _check_issuer(issuer: str) -> None:
    parts = urlsplit(issuer)
    try:
        is_here = ip_address(parts.hostname or "").is_loopback
    except ValueError:
        is_here = parts.hostname == "localhost"
    if not parts.hostname or parts.query or parts.fragment or not (parts.scheme == "https" or is_here):
        raise ConfigurationError(
            f"AMTSLOTSE_OIDC_ISSUER must be an https address such as https://sso.musterstadt.de/realms/stadt, "
            f"not '{issuer}'."
        )
