"""Roles as a sign-in provider names them: `amtslotse:musterstadt:desk`, or `amtslotse:*:admin` for all towns."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.accounts.account import EVERY_TENANT, Role, Roles
from app.tenants.strict import SLUG_PATTERN

_PREFIX = "amtslotse:"
_TOWN = re.compile(SLUG_PATTERN)


@dataclass(frozen=True, slots=True)
class NamedRoles:
    """What a token says about roles here."""

    roles: Roles
    unknown: tuple[str, ...]
    """Names that begin like ours and mean nothing, for whoever set them up."""


def roles_in(claims: Mapping[str, Any], path: str) -> NamedRoles:
    """The roles in a token's claim, which is a list of names or one name.

    `path` is the claim's name, or several joined by dots where claims lie in one another, such as
    `realm_access.roles`. Names may have a slash in front, as groups of Keycloak have. What does not begin with
    `amtslotse:` is somebody else's.
    """
    found = _claim(claims, path)
    names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    roles: set[tuple[str, Role]] = set()
    unknown: list[str] = []
    for name in names:
        if not isinstance(name, str) or not name.removeprefix("/").startswith(_PREFIX):
            continue
        role = _role(name.removeprefix("/").removeprefix(_PREFIX))
        if role is None:
            unknown.append(name[:100])
        else:
            roles.add(role)
    return NamedRoles(frozenset(roles), tuple(unknown))


def _role(name: str) -> tuple[str, Role] | None:
    town, _, role = name.partition(":")
    if role not in set(Role) or not (town == EVERY_TENANT or _TOWN.match(town)):
        return None
    return town, Role(role)


def _claim(claims: Mapping[str, Any], path: str) -> Any:
    if path in claims:  # a name may have dots of its own, such as https://example.org/roles
        return claims[path]
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
