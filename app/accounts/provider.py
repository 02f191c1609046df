"""Sign-in by OpenID Connect: authorization code with PKCE, state and nonce; the ID token says who it is.

Nobody is asked before somebody signs in, and nobody but the configured issuer: its metadata may name no other host.
"""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError

from app.accounts.provider_metadata import Metadata, MetadataReader, provider_failed
from app.accounts.provider_roles import NamedRoles, roles_in
from app.errors import ForbiddenError
from app.settings import Settings

log = logging.getLogger(__name__)

SCOPE = "openid profile email"
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the provider can make: neither `none` nor a secret that is shared."""
_LEEWAY_S = 60
_TIMEOUT_S = 10.0


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


class IdentityProvider:
    """The configured provider. Its keys are read again for a token that a new one has signed.

    Use it on one event loop.
    """

    def __init__(self, issuer: str, client_id: str, client_secret: str | None, roles_claim: str, label: str) -> None:
        """Asks nobody yet. Raises ConfigurationError for an issuer without TLS that is not this machine."""
        self.label = label
        self._issuer = issuer
        self._metadata = MetadataReader(issuer)
        self._client_id = client_id
        self._client_secret = client_secret
        self._roles_claim = roles_claim

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
            metadata = await self._metadata.at(client, now)
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
            metadata = await self._metadata.at(client, now)
            try:
                token = await client.fetch_token(
                    metadata.endpoints["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=flow.verifier,
                )
            except (AuthlibBaseError, httpx2.HTTPError, ValueError) as error:
                raise provider_failed("it took no code", error) from error
            try:
                return self._identity(await self._checked(client, metadata, token, flow, now))
            except (JoseError, ValueError, TypeError, KeyError) as error:
                log.warning("A sign-in was refused: the ID token is not valid (%s).", type(error).__name__)
                raise ForbiddenError(
                    "Die Antwort des Anmeldedienstes war nicht gültig. Bitte melden Sie sich noch einmal an; bleibt "
                    "es dabei, hilft Ihre Administration."
                ) from error

    async def _checked(
        self, client: AsyncOAuth2Client, metadata: Metadata, token: Mapping[str, Any], flow: Flow, now: datetime
    ) -> Mapping[str, Any]:
        """The claims of an ID token whose signature, issuer, audience, times and nonce hold."""
        try:
            signed = jwt.decode(token["id_token"], metadata.keys, algorithms=_ALGORITHMS)
        except InvalidKeyIdError:
            metadata = await self._metadata.read(client, now)
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


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return " ".join(value.split())[:200] if isinstance(value, str) else ""
