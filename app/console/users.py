"""Accounts and roles: of the whole installation, or by a town's admin for that town alone."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.accounts.account import EVERY_TENANT, Account, Role, Roles
from app.accounts.administration import Administration
from app.accounts.repository import AccountRepository
from app.accounts.rights import may_manage
from app.accounts.sessions import SessionRepository
from app.console.access import Administering, Signed, posted, text_field
from app.console.page import redirect, render
from app.console.user_forms import chosen_roles, new_password, role_rows, ticked_roles
from app.database.connection import Database
from app.errors import AmtslotseError, InvalidInputError, NotFoundError

router = APIRouter()


@router.get("/users")
@router.get("/{tenant}/users")
def users(request: Request, signed: Administering) -> HTMLResponse:
    """All accounts that do something for the town, or all there are."""
    return _list(request, signed)


@router.post("/users")
@router.post("/{tenant}/users")
async def create(request: Request, signed: Administering) -> Response:
    """Makes a local account."""
    form = await posted(request, signed)
    name, display = text_field(form, "name", longest=100), text_field(form, "display_name", longest=100)

    def work() -> Account:
        roles, password = chosen_roles(form, signed), new_password(form)
        if signed.tenant is not None and not roles:
            raise InvalidInputError("Wählen Sie mindestens eine Rolle.")
        return _administration(signed).create(name, display, roles, password)

    try:
        made = await run_in_threadpool(work)
    except AmtslotseError as error:
        typed = {"name": name, "display_name": display}
        return await run_in_threadpool(_list, request, signed, error, typed, ticked_roles(form, signed))
    return redirect(f"{_base(signed)}/{made.id}", "created")


@router.post("/{tenant}/users/existing")
async def add_existing(request: Request, signed: Administering) -> Response:
    """Gives an account that exists already roles for the town."""
    form = await posted(request, signed)
    name = text_field(form, "existing", longest=100, required=True)

    def work() -> Account:
        account = AccountRepository(_database(signed)).by_name(name)
        roles = {role for _, role in chosen_roles(form, signed)} | account.roles_for(signed.town.id)
        return _administration(signed).set_roles_for(account.id, signed.town.id, roles)

    try:
        account = await run_in_threadpool(work)
    except AmtslotseError as error:
        ticked = ticked_roles(form, signed)
        return await run_in_threadpool(_list, request, signed, error, {"existing": name}, frozenset(), ticked)
    return redirect(f"{_base(signed)}/{account.id}", "roles")


@router.get("/users/{id_}")
@router.get("/{tenant}/users/{id_}")
def user(request: Request, signed: Administering, id_: str) -> HTMLResponse:
    """One account."""
    return _page(request, signed, id_)


@router.post("/users/{id_}/roles")
@router.post("/{tenant}/users/{id_}/roles")
async def set_roles(request: Request, signed: Administering, id_: str) -> Response:
    """Replaces its roles: all of them, or those for the town."""

    def change(by: Administration, form: FormData) -> None:
        roles = chosen_roles(form, signed)
        if signed.tenant is None:
            by.set_roles(id_, roles)
        else:
            by.set_roles_for(id_, signed.town.id, [role for _, role in roles])

    return await _changed(request, signed, id_, change, "roles")


@router.post("/users/{id_}/password")
@router.post("/{tenant}/users/{id_}/password")
async def set_password(request: Request, signed: Administering, id_: str) -> Response:
    """Sets a new password, which ends all its sessions."""

    def change(by: Administration, form: FormData) -> None:
        by.set_password(id_, new_password(form))

    return await _changed(request, signed, id_, change, "password")


@router.post("/users/{id_}/active")
@router.post("/{tenant}/users/{id_}/active")
async def set_active(request: Request, signed: Administering, id_: str) -> Response:
    """Locks it, or lets it in again."""

    def change(by: Administration, form: FormData) -> None:
        by.set_active(id_, form.get("active") == "1")

    return await _changed(request, signed, id_, change, "active")


@router.post("/users/{id_}/sessions")
@router.post("/{tenant}/users/{id_}/sessions")
async def end_sessions(request: Request, signed: Administering, id_: str) -> Response:
    """Signs it out everywhere."""
    return await _changed(request, signed, id_, lambda by, _: by.end_sessions(id_), "sessions")


@router.post("/users/{id_}/remove")
@router.post("/{tenant}/users/{id_}/remove")
async def remove(request: Request, signed: Administering, id_: str) -> Response:
    """Deletes it, once that is confirmed."""

    def change(by: Administration, form: FormData) -> None:
        if form.get("sure") != "1":
            raise InvalidInputError("Bestätigen Sie, dass das Konto gelöscht werden soll.")
        by.remove(id_)

    return await _changed(request, signed, id_, change, "removed")


async def _changed(
    request: Request, signed: Signed, id_: str, change: Callable[[Administration, FormData], object], done: str
) -> Response:
    """Does what a form of an account's page asks for, or says there what is wrong."""
    form = await posted(request, signed)
    await run_in_threadpool(_shown, signed, id_)
    try:
        await run_in_threadpool(change, _administration(signed), form)
    except AmtslotseError as error:
        return await run_in_threadpool(_page, request, signed, id_, error)
    return redirect(await run_in_threadpool(_page_after, signed, id_), done)


def _page_after(signed: Signed, id_: str) -> str:
    """The account's page; the list once it is removed, or no longer one of this town's."""
    try:
        return f"{_base(signed)}/{_shown(signed, id_).id}"
    except NotFoundError:
        return _base(signed)


def _list(
    request: Request,
    signed: Signed,
    error: AmtslotseError | None = None,
    typed: dict[str, str] | None = None,
    ticked: Roles = frozenset(),
    existing_ticked: Roles = frozenset(),
) -> HTMLResponse:
    """All accounts; after a mistake with what was typed and ticked in either form."""
    accounts = [account for account in AccountRepository(_database(signed)).all() if _concerns(account, signed)]
    return render(
        request, signed, "users", "console/users.html",
        accounts=accounts, roles=tuple(Role), rows=role_rows(signed, ticked),
        existing_rows=role_rows(signed, existing_ticked), typed=typed or {}, everywhere=EVERY_TENANT,
        users_base=_base(signed), error=error,
    )  # fmt: skip


def _page(request: Request, signed: Signed, id_: str, error: AmtslotseError | None = None) -> HTMLResponse:
    account = _shown(signed, id_)
    sessions = SessionRepository(_database(signed)).of(id_, signed.running.clock())
    return render(
        request, signed, "users", "console/user.html",
        account=account, rows=role_rows(signed, account.roles), roles=tuple(Role), sessions=len(sessions),
        everywhere=EVERY_TENANT,
        manageable=may_manage(signed.account, account), is_self=account.id == signed.account.id,
        users_base=_base(signed), error=error,
    )  # fmt: skip


def _shown(signed: Signed, id_: str) -> Account:
    """The account, if the page may show it. Raises NotFoundError."""
    account = AccountRepository(_database(signed)).get(id_)
    if not _concerns(account, signed):
        raise NotFoundError("Dieses Konto gibt es nicht.")
    return account


def _concerns(account: Account, signed: Signed) -> bool:
    return signed.tenant is None or any(town in (signed.tenant.id, EVERY_TENANT) for town, _ in account.roles)


def _administration(signed: Signed) -> Administration:
    town = signed.tenant.id if signed.tenant else None
    return Administration(_database(signed), signed.account, signed.running.clock(), town=town)


def _database(signed: Signed) -> Database:
    return signed.running.service.records.database


def _base(signed: Signed) -> str:
    return f"/console/{signed.tenant.id}/users" if signed.tenant else "/console/users"
