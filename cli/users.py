"""`amtslotse users`: accounts of the staff, and the log of what they did."""

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from app.accounts.account import EVERY_TENANT, Account, Role
from app.accounts.administration import Administration
from app.accounts.audit import AuditLog
from app.accounts.repository import AccountRepository
from app.database.connection import Database
from app.errors import InvalidInputError
from app.records.repository import open_records
from app.secret_file import read_secret
from app.settings import Settings, get_settings
from cli.options import AsJson
from ingest.publishing_log import account_name

app = typer.Typer(help="Accounts of the staff: add, list, roles, password, lock, remove.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What the person types on sign-in.")]
Roles = Annotated[list[Role] | None, typer.Option("--role", help="May be given several times; `admin` includes all.")]
Town = Annotated[str | None, typer.Option(help="For this municipality; AMTSLOTSE_DEFAULT_TENANT when not given.")]
Everywhere = Annotated[bool, typer.Option("--everywhere", help="For all municipalities of this installation.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(help="File with the password, readable by you only; `-` reads a line from standard input."),
]


@app.command()
def add(
    name: Name,
    role: Roles = None,
    tenant: Town = None,
    everywhere: Everywhere = False,
    display_name: Annotated[str, typer.Option("--name", help="First and last name, as colleagues see it.")] = "",
    password_file: PasswordFile = None,
) -> None:
    """Make a local account. Asks for its password."""
    if not role:
        raise InvalidInputError("Say what the account may do: --role desk, --role editor or --role admin.")
    settings = get_settings()
    town = _town(settings, tenant, everywhere)
    password = _password(password_file)
    with _administration(settings) as (_, administration):
        made = administration.create(name, display_name, frozenset((town, each) for each in role), password)
    typer.echo(f"{made.name}: {_roles_of(made)}. Sign in at /console/.")


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """Show all accounts with their roles."""
    with closing(open_records(get_settings())) as records:
        accounts = AccountRepository(records.database).all()
    if as_json:
        typer.echo(json.dumps([_as_object(account) for account in accounts], ensure_ascii=False, indent=2))
        return
    if not accounts:
        typer.echo("There are no accounts yet: `amtslotse users add NAME --role admin --everywhere` makes the first.")
        return
    width = max(len(account.name) for account in accounts)
    for account in accounts:
        kind = "" if account.is_local else ", signs in at the provider"
        state = "" if account.active else ", locked"
        typer.echo(f"{account.name:{width}}  {_roles_of(account)}{kind}{state}  ({account.display_name})")


@app.command()
def roles(name: Name, role: Roles = None, tenant: Town = None, everywhere: Everywhere = False) -> None:
    """Replace the roles for one municipality (or for all at once); without --role take them away."""
    settings = get_settings()
    town = _town(settings, tenant, everywhere)
    with _administration(settings) as (database, administration):
        account = AccountRepository(database).by_name(name)
        changed = administration.set_roles_for(account.id, town, role or ())
    typer.echo(f"{changed.name}: {_roles_of(changed)}.")


@app.command()
def password(name: Name, password_file: PasswordFile = None) -> None:
    """Set a new password, which ends all sessions of the account."""
    with _administration(get_settings()) as (database, administration):
        account = AccountRepository(database).by_name(name)
        administration.set_password(account.id, _password(password_file))
    typer.echo(f"{account.name}: the password is set, all sessions have ended.")


@app.command()
def lock(name: Name) -> None:
    """Keep somebody out; their sessions end at once."""
    _set_active(name, False)


@app.command()
def unlock(name: Name) -> None:
    """Let somebody in again."""
    _set_active(name, True)


@app.command()
def remove(name: Name) -> None:
    """Delete an account; what it did stays in the audit log."""
    with _administration(get_settings()) as (database, administration):
        account = administration.remove(AccountRepository(database).by_name(name).id)
    typer.echo(f"{account.name}: removed.")


@app.command()
def audit(as_json: AsJson = False) -> None:
    """Check that no line of the audit log was changed or removed. Exits with 1 when one was."""
    with closing(open_records(get_settings())) as records:
        report = AuditLog(records.database).verify()
    if as_json:
        whole = {"whole": report.first_fault is None, "lines": report.lines, "purged": report.purged}
        typer.echo(json.dumps({**whole, "first_fault": report.first_fault, "last_hash": report.last_hash}, indent=2))
    elif report.first_fault is None:
        typer.echo(f"{report.lines} lines are as they were written; {report.purged} older ones were purged.")
        typer.echo(f"Hash of the last line, to be kept elsewhere: {report.last_hash}")
    else:
        typer.echo(f"amtslotse: line {report.first_fault} of the audit log is missing or was changed.", err=True)
    if report.first_fault is not None:
        raise typer.Exit(1)


@contextmanager
def _administration(settings: Settings) -> Iterator[tuple[Database, Administration]]:
    with closing(open_records(settings)) as records:
        operator = f"cli:{account_name()}"
        yield records.database, Administration(records.database, None, datetime.now(UTC), operator)


def _set_active(name: str, active: bool) -> None:
    with _administration(get_settings()) as (database, administration):
        account = administration.set_active(AccountRepository(database).by_name(name).id, active)
    typer.echo(f"{account.name}: {'may sign in again' if active else 'locked, all sessions have ended'}.")


def _town(settings: Settings, tenant: str | None, everywhere: bool) -> str:
    """The town that roles are for. Raises InvalidInputError when there is none of that name."""
    if everywhere:
        if tenant is not None:
            raise InvalidInputError("Give --tenant or --everywhere, not both.")
        return EVERY_TENANT
    town = tenant or settings.default_tenant
    known = {path.parent.name for path in settings.data_dir.glob("*/generations")}
    known |= {path.parent.name for path in settings.knowledge_dir.glob("*/tenant.yaml")}
    if town not in known:
        raise InvalidInputError(f"There is no town '{town}' here; known are: {', '.join(sorted(known)) or 'none'}.")
    return town


def _password(file: Path | None) -> str:
    """A password from a file, from standard input, or typed twice; never from the arguments, which others can see."""
    if file is not None and str(file) != "-":
        return read_secret(file)
    if file is not None or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Password (at least 12 characters): ")
    if getpass("Once more: ") != first:
        raise InvalidInputError("The two passwords are not the same: try again.")
    return first


def _roles_of(account: Account) -> str:
    named = (f"{role.value} of {'all towns' if town == EVERY_TENANT else town}" for town, role in sorted(account.roles))
    return ", ".join(named) or "no role"


def _as_object(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "display_name": account.display_name,
        "roles": [{"tenant": town, "role": role.value} for town, role in sorted(account.roles)],
        "local": account.is_local,
        "active": account.active,
        "signed_in_at": account.signed_in_at.isoformat() if account.signed_in_at else None,
    }
