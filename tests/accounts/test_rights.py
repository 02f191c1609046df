"""Nobody gives or takes more than they administer themselves."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.accounts.account import EVERY_TENANT, Account, Role, Roles
from app.accounts.rights import check_an_admin_stays, check_new_roles, may_manage
from app.errors import ForbiddenError, InvalidInputError

TOWNS = ("a", "b", EVERY_TENANT)
some_roles = st.frozensets(st.tuples(st.sampled_from(TOWNS), st.sampled_from(Role)))


def _account(roles: Roles, name: str = "anna", *, active: bool = True) -> Account:
    return Account(name, name, name, None, roles, active, True)


@settings(max_examples=60)
@given(some_roles, some_roles)
def test_who_may_set_a_password_could_do_all_that_it_opens(mine: Roles, theirs: Roles) -> None:
    actor, other = _account(mine), _account(theirs, "bea")
    if may_manage(actor, other):
        for town, role in itertools.product(("a", "b", "c"), Role):
            assert actor.may(town, role) or not other.may(town, role)
        assert actor.is_admin_everywhere or not other.is_admin_everywhere


@settings(max_examples=60)
@given(some_roles, some_roles, some_roles)
def test_what_somebody_gives_they_have_themselves(mine: Roles, before: Roles, after: Roles) -> None:
    actor = _account(mine)
    try:
        check_new_roles(actor, before, after)
    except ForbiddenError:
        return
    given_ = _account(after)
    for town, role in itertools.product(("a", "b", "c"), Role):
        assert actor.may(town, role) or given_.may(town, role) <= _account(before).may(town, role)


@pytest.mark.parametrize("role", [Role.DESK, Role.EDITOR])
def test_only_admins_manage_accounts(role: Role) -> None:
    actor = _account(frozenset({("a", role)}))
    assert not may_manage(actor, _account(frozenset({("a", Role.DESK)}), "bea"))
    with pytest.raises(ForbiddenError):
        check_new_roles(actor, frozenset(), frozenset({("a", role)}))


def test_accounts_without_a_role_belong_to_the_installation() -> None:
    nobody = _account(frozenset(), "bea")
    assert not may_manage(_account(frozenset({("a", Role.ADMIN)})), nobody)
    assert may_manage(_account(frozenset({(EVERY_TENANT, Role.ADMIN)})), nobody)


def test_a_locked_admin_manages_nobody() -> None:
    actor = _account(frozenset({(EVERY_TENANT, Role.ADMIN)}), active=False)
    assert not may_manage(actor, _account(frozenset({("a", Role.DESK)}), "bea"))


def test_the_last_admin_of_the_installation_stays() -> None:
    chief = _account(frozenset({(EVERY_TENANT, Role.ADMIN)}))
    deputy = _account(frozenset({(EVERY_TENANT, Role.ADMIN)}), "bea")
    other = _account(frozenset({("a", Role.ADMIN)}), "chris")
    with pytest.raises(InvalidInputError, match="letzte Konto"):
        check_an_admin_stays([chief, other], chief, None)
    check_an_admin_stays([chief, deputy], chief, None)
    check_an_admin_stays([chief, other], other, None)
    check_an_admin_stays([chief], chief, chief)
