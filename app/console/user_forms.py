"""The fields of forms about accounts: which roles, and a password typed twice."""

from dataclasses import dataclass

from starlette.datastructures import FormData

from app.accounts.account import EVERY_TENANT, Role, Roles
from app.console.access import Signed
from app.console.towns import town_names
from app.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One town's roles as checkboxes."""

    town: str
    """Its id, or EVERY_TENANT."""
    name: str
    held: frozenset[Role]

    def value(self, role: Role) -> str:
        """What the form sends for a role."""
        return f"{self.town}:{role.value}"


def role_rows(signed: Signed, held: Roles = frozenset()) -> tuple[RoleRow, ...]:
    """The towns whose roles the page offers: its own, or all towns and those of `held`, which are ticked."""
    if signed.tenant is not None:
        return (_row(signed.tenant.id, signed.tenant.name, held),)
    known = town_names(signed.running.service.generations)
    gone = {town: town for town, _ in held if town not in known and town != EVERY_TENANT}
    return (
        _row(EVERY_TENANT, "", held),
        *(_row(town, name, held) for town, name in sorted({**known, **gone}.items())),
    )


def chosen_roles(form: FormData, signed: Signed) -> Roles:
    """The roles that were ticked. Raises InvalidInputError for what the form does not offer."""
    chosen: set[tuple[str, Role]] = set()
    for value in form.getlist("role"):
        town, _, role = str(value).rpartition(":")
        if role not in set(Role) or not town or (signed.tenant is not None and town != signed.tenant.id):
            raise InvalidInputError("Diese Rolle gibt es hier nicht. Laden Sie die Seite neu.")
        chosen.add((town, Role(role)))
    return frozenset(chosen)


def ticked_roles(form: FormData, signed: Signed) -> Roles:
    """The same to show the form again; none when one of them is not offered."""
    try:
        return chosen_roles(form, signed)
    except InvalidInputError:
        return frozenset()


def new_password(form: FormData) -> str:
    """A new password, as it was typed both times. Raises InvalidInputError."""
    password, again = (form.get(name, "") for name in ("password", "again"))
    if not isinstance(password, str) or password != again:
        raise InvalidInputError("Die beiden neuen Passwörter sind nicht gleich. Bitte geben Sie sie noch einmal ein.")
    return password


def _row(town: str, name: str, held: Roles) -> RoleRow:
    return RoleRow(town, name, frozenset(role for where, role in held if where == town))
