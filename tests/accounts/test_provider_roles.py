"""What a token says about roles."""

import pytest

from app.accounts.account import EVERY_TENANT, Role
from app.accounts.provider_roles import roles_in

DESK = "amtslotse:musterstadt:desk"


@pytest.mark.parametrize(
    ("claims", "path"),
    [
        ({"groups": [DESK, "printer-users", 7]}, "groups"),
        ({"groups": ["/" + DESK]}, "groups"),
        ({"role": DESK}, "role"),
        ({"realm_access": {"roles": ["offline_access", DESK]}}, "realm_access.roles"),
        ({"https://musterstadt.de/roles": [DESK]}, "https://musterstadt.de/roles"),
    ],
)
def test_roles_are_found_where_providers_put_them(claims: dict[str, object], path: str) -> None:
    assert roles_in(claims, path).roles == {("musterstadt", Role.DESK)}


def test_a_star_is_every_town() -> None:
    assert roles_in({"groups": ["amtslotse:*:admin"]}, "groups").roles == {(EVERY_TENANT, Role.ADMIN)}


@pytest.mark.parametrize(
    "name",
    ["amtslotse:musterstadt:boss", "amtslotse:musterstadt", "amtslotse::desk", "amtslotse:*", "amtslotse:Ä b:desk",
     "amtslotse:musterstadt:desk:admin", "amtslotse:../x:desk"],
)  # fmt: skip
def test_names_that_mean_nothing_give_nothing_and_are_told(name: str) -> None:
    found = roles_in({"groups": [name]}, "groups")
    assert (found.roles, found.unknown) == (frozenset(), (name,))


@pytest.mark.parametrize("claims", [{}, {"groups": None}, {"groups": {"a": 1}}, {"groups": []}, {"realm_access": "x"}])
def test_a_token_without_roles_gives_none(claims: dict[str, object]) -> None:
    assert roles_in(claims, "groups").roles == roles_in(claims, "realm_access.roles").roles == frozenset()


def test_roles_of_other_software_are_not_ours() -> None:
    found = roles_in({"groups": ["xamtslotse:musterstadt:admin", "admin", "musterstadt:admin"]}, "groups")
    assert (found.roles, found.unknown) == (frozenset(), ())
