"""Accounts and roles: of the whole installation, or by a town's admin for that town alone."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from app.accounts.account import EVERY_TENANT, Account, Role
from app.accounts.administration import Administration
from app.accounts.repository import AccountRepository
from app.accounts.rights import may_manage
from app.accounts.sessions import SessionRepository
from app.console.access import Administering, Signed, posted, text_field
from app.console.page import redirect, render
from app.console.user_forms import chosen_roles, new_password, role_rows
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
        return await run_in_threadpool(_list, request, signed, error, typed)
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
        return await run_in_threadpool(_list, request, signed, error, {"existing": name})
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

    def work(form: FormData) -> str:
        roles, change = chosen_roles(form, signed), _administration(signed)
        if signed.tenant is None:
            change.set_roles(id_, roles)
        else:
            change.set_roles_for(id_, signed.town.id, [role for _, role in roles])
            if not roles:
                return _base(signed)  # no longer one of this town's
        return f"{_base(signed)}/{id_}"

    return await _change(request, signed, id_, work, "roles")


@router.post("/users/{id_}/password")
@router.post("/{tenant}/users/{id_}/password")
async def set_password(request: Request, signed: Administering, id_: str) -> Response:
    """Sets a new password, which ends all its sessions."""

    def work(form: FormData) -> str:
        _administration(signed).set_password(id_, new_password(form))
        return f"{_base(signed)}/{id_}"

    return await _change(request, signed, id_, work, "password")


@router.post("/users/{id_}/active")
@router.post("/{tenant}/users/{id_}/active")
async def set_active(request: Request, signed: Administering, id_: str) -> Response:
    """Locks it, or lets it in again."""

    def work(form: FormData) -> str:
        _administration(signed).set_active(id_, form.get("active") == "1")
        return f"{_base(signed)}/{id_}"

    return await _change(request, signed, id_, work, "active")


@router.post("/users/{id_}/sessions")
@router.post("/{tenant}/users/{id_}/sessions")
async def end_sessions(request: Request, signed: Administering, id_: str) -> Response:
    """Signs it out everywhere."""

    def work(form: FormData) -> str:
        _administration(signed).end_sessions(id_)
        return f"{_base(signed)}/{id_}"

    return await _change(request, signed, id_, work, "sessions")


@router.post("/users/{id_}/remove")
@router.post("/{tenant}/users/{id_}/remove")
async def remove(request: Request, signed: Administering, id_: str) -> Response:
    """Deletes it, once that is confirmed."""

    def work(form: FormData) -> str:
        if form.get("sure") != "1":
            raise InvalidInputError("Bestätigen Sie, dass das Konto gelöscht werden soll.")
        _administration(signed).remove(id_)
        return _base(signed)

    return await _change(request, signed, id_, work, "removed")


async def _change(request: Request, signed: Signed, id_: str, work: Callable[[FormData], str], done: str) -> Response:
    """Does what a form of an account's page asks for and goes to the page that `work` names, or says what is wrong."""
    form = await posted(request, signed)
    await run_in_threadpool(_shown, signed, id_)
    try:
        path = await run_in_threadpool(work, form)
    except AmtslotseError as error:
        return await run_in_threadpool(_page, request, signed, id_, error)
    return redirect(path, done)


def _list(
    request: Request, signed: Signed, error: AmtslotseError | None = None, typed: dict[str, str] | None = None
) -> HTMLResponse:
    accounts = [account for account in AccountRepository(_database(signed)).all() if _concerns(account, signed)]
    return render(
        request, signed, "users", "console/users.html",
        accounts=accounts, roles=tuple(Role), rows=role_rows(signed), typed=typed or {}, everywhere=EVERY_TENANT,
        users_base=_base(signed), error=error,
    )  # fmt: skip


def _page(request: Request, signed: Signed, id_: str, error: AmtslotseError | None = None) -> HTMLResponse:
    account = _shown(signed, id_)
    sessions = SessionRepository(_database(signed)).of(id_, signed.running.clock())
    return render(
        request, signed, "users", "console/user.html",
        account=account, rows=role_rows(signed, account), roles=tuple(Role), sessions=len(sessions),
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
