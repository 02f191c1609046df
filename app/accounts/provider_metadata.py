"""What a sign-in provider says about itself: where it is asked, and the keys that its tokens are signed with."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx2
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.errors import ConfigurationError, ProviderError

log = logging.getLogger(__name__)

_KEPT = timedelta(hours=1)
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Metadata:
    """As it was read at that moment."""

    endpoints: Mapping[str, str]
    """Addresses by the names that OpenID Connect Discovery gives them."""
    keys: KeySet
    read_at: datetime


class MetadataReader:
    """Reads metadata and keys of one issuer, and keeps them for an hour."""

    def __init__(self, issuer: str) -> None:
        """Asks nobody yet. Raises ConfigurationError for an issuer without TLS that is not this machine."""
        _check_issuer(issuer)
        self._issuer = issuer
        self._kept: Metadata | None = None

    async def at(self, client: AsyncOAuth2Client, now: datetime) -> Metadata:
        """What was read within the hour, or is read now. Raises ProviderError."""
        if self._kept is None or not timedelta(0) <= now - self._kept.read_at < _KEPT:
            return await self.read(client, now)
        return self._kept

    async def read(self, client: AsyncOAuth2Client, now: datetime) -> Metadata:
        """Reads both anew. Raises ProviderError when it fails, or when another host is named than the issuer's."""
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
            raise provider_failed("its metadata or keys cannot be read", error) from error
        self._kept = Metadata(endpoints, keys, now)
        return self._kept


def provider_failed(what: str, error: Exception) -> ProviderError:
    """The error for whoever wants to sign in; what went wrong goes to the service's log."""
    log.error("The sign-in provider failed, %s: %s", what, error)
    return ProviderError(
        "Der Anmeldedienst hat die Anmeldung nicht angenommen oder antwortet nicht. Bitte versuchen Sie es noch "
        "einmal; bleibt es dabei, hilft Ihre Administration."
    )


async def _json(client: AsyncOAuth2Client, url: str) -> dict[str, Any]:
    response = await client.request("GET", url, withhold_token=True)
    response.raise_for_status()
    content = response.json()
    if not isinstance(content, dict):
        raise ValueError("no JSON object")
    return content


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
