"""The areas of the console, in the order in which the navigation shows them."""

from dataclasses import dataclass

from app.accounts.account import Role
from app.console.access import Signed


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the navigation; its name is `nav.<area>` in the wording of the shell."""

    area: str
    path: str
    """Below /console/{tenant}."""
    roles: tuple[Role, ...]
    """Who sees it; admins see all."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries below one heading, `nav.group.<name>`."""

    name: str
    entries: tuple[Entry, ...]


_ALL = tuple(Role)
GROUPS = (
    Group("town", (Entry("overview", "", _ALL), Entry("figures", "/figures", _ALL))),
    Group(
        "desk",
        (
            Entry("answers", "/answers", (Role.DESK,)),
            Entry("handovers", "/handovers", (Role.DESK,)),
            Entry("unanswered", "/unanswered", (Role.DESK, Role.EDITOR)),
            Entry("tasks", "/tasks", (Role.DESK, Role.EDITOR)),
        ),
    ),
    Group(
        "texts",
        (
            Entry("texts", "/texts", (Role.EDITOR,)),
            Entry("concerns", "/concerns", (Role.EDITOR,)),
            Entry("generations", "/generations", (Role.EDITOR,)),
            Entry("trials", "/trials", (Role.EDITOR, Role.DESK)),
        ),
    ),
    Group(
        "admin",
        (
            Entry("embed", "/embed", (Role.DESK,)),
            Entry("settings", "/settings", (Role.ADMIN,)),
            Entry("switches", "/switches", (Role.ADMIN, Role.DESK)),
            Entry("transparency", "/transparency", (Role.ADMIN,)),
            Entry("health", "/health", (Role.ADMIN,)),
            Entry("users", "/users", (Role.ADMIN,)),
            Entry("audit", "/audit", (Role.ADMIN,)),
        ),
    ),
)
_INSTALLATION = Group(
    "installation",
    tuple(
        Entry(area, path, (Role.ADMIN,)) for area, path in (("towns", "/"), ("users", "/users"), ("audit", "/audit"))
    ),
)
"""On pages that belong to no town, below /console."""


def navigation(signed: Signed) -> tuple[Group, ...]:
    """What this person may see for the page's town; on pages that belong to none, for the installation."""
    if signed.tenant is None:
        return (_INSTALLATION,) if signed.account.is_admin_everywhere else ()
    groups = (
        Group(group.name, tuple(entry for entry in group.entries if any(signed.may(role) for role in entry.roles)))
        for group in GROUPS
    )
    return tuple(group for group in groups if group.entries)
