"""Accounts of the staff and what they may do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

EVERY_TENANT = "*"
"""In a role: it holds for all towns of the installation."""


class Role(StrEnum):
    """What somebody may do for one town; `admin` includes the others."""

    DESK = "desk"
    EDITOR = "editor"
    ADMIN = "admin"


Roles = frozenset[tuple[str, Role]]
"""Pairs of a tenant (or EVERY_TENANT) and a role."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the staff."""

    id: str
    name: str
    """What is typed on sign-in; unique, lower case."""
    display_name: str
    email: str | None
    roles: Roles
    active: bool
    is_local: bool
    """Whether it signs in with a password here; otherwise a sign-in provider vouches for it."""
    signed_in_at: datetime | None = None

    def may(self, tenant: str, role: Role) -> bool:
        """Whether the account has that role, or is admin, for that town."""
        towns = (tenant, EVERY_TENANT)
        return self.active and any((town, held) in self.roles for town in towns for held in (role, Role.ADMIN))

    def tenants(self, known: Iterable[str]) -> tuple[str, ...]:
        """Those of the known towns for which the account may do anything."""
        return tuple(town for town in known if any(self.may(town, role) for role in Role))

    def roles_for(self, tenant: str) -> frozenset[Role]:
        """The roles given for that very town; those for all towns are not among them."""
        return frozenset(role for town, role in self.roles if town == tenant)

    @property
    def is_admin_everywhere(self) -> bool:
        """Whether it administers the whole installation, accounts included."""
        return self.active and (EVERY_TENANT, Role.ADMIN) in self.roles
