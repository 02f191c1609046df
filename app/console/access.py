"""Who is signed in, what they may do, and that a form comes from a page of their own session."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.requests import HTTPConnection
from starlette.types import Scope

from app.accounts.account import Account, Role
from app.accounts.audit import AuditLog
from app.accounts.sessions import SessionRepository
from app.api.dependencies import Running, RunningDep
from app.api.same_origin import checked_origin
from app.errors import AmtslotseError, ForbiddenError, InvalidInputError
from app.tenants.tenant import Tenant

COOKIE = "amtslotse_session"
COOKIE_PATH = "/console"
"""Never sent with what citizens load: they get no cookie."""
_SECURE = "__Secure-"
"""Prefix of cookies that browsers take and send over TLS only; `__Host-` would want the path to be /."""
MAX_FIELDS = 2_000


class SignInRequiredError(AmtslotseError):
    """Nobody is signed in, or the session is over; `back` is the page to return to."""

    code = "sign_in_required"
    http_status = 401

    def __init__(self, back: str) -> None:
        super().__init__("Bitte melden Sie sich an.")
        self.back = back


@dataclass(frozen=True)
class Signed:
    """Somebody of the staff on a page, for one town where the page belongs to one."""

    account: Account
    csrf: str
    running: Running
    tenant: Tenant | None

    @property
    def town(self) -> Tenant:
        """The town that the page belongs to; only pages below /console/{tenant} may ask."""
        assert self.tenant is not None
        return self.tenant

    def may(self, role: str) -> bool:
        """Whether the account has that role for the page's town, or without one for the whole installation."""
        return self.account.may(self.tenant.id if self.tenant else "", Role(role))

    def audit(self, action: str, subject: str, **detail: Any) -> None:
        """Notes in the audit log that this person did something; `detail` must be JSON without citizens' data."""
        log = AuditLog(self.running.service.records.database)
        log.write(self.account, self.tenant.id if self.tenant else None, action, subject, self.running.clock(), detail)


def cookie_name(request: HTTPConnection, name: str = COOKIE) -> str:
    """What a cookie of the console is called on this connection."""
    return f"{_SECURE}{name}" if request.url.scheme == "https" else name


def session_token(request: HTTPConnection) -> str | None:
    """The token in the session's cookie, whatever it is worth."""
    return request.cookies.get(cookie_name(request))


def has_session(scope: Scope, running: Running | None) -> bool:
    """Whether a request comes from somebody who is signed in. Reads the database."""
    token = session_token(HTTPConnection(scope))
    if running is None or not token:
        return False
    return SessionRepository(running.service.records.database).find(token, running.clock()) is not None


def signed_in(request: Request, running: RunningDep) -> Signed:
    """Whoever is signed in. Raises SignInRequiredError."""
    token = session_token(request)
    database = running.service.records.database
    session = SessionRepository(database).find(token, running.clock()) if token else None
    if session is None:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise SignInRequiredError(back if request.method == "GET" else COOKIE_PATH)
    return Signed(session.account, session.csrf, running, None)


SignedIn = Annotated[Signed, Depends(signed_in)]


def require(role: Role) -> Callable[..., Signed]:
    """A dependency for pages below /console/{tenant}: whoever is signed in and has that role there.

    It raises SignInRequiredError, ForbiddenError, and UnknownTenantError.
    """

    def allowed(tenant: str, signed: SignedIn) -> Signed:
        if not signed.account.may(tenant, role):
            raise ForbiddenError("Für diese Seite fehlt Ihrem Konto die Berechtigung. Fragen Sie Ihre Administration.")
        town = signed.running.service.generations.active(tenant).tenant
        return Signed(signed.account, signed.csrf, signed.running, town)

    return allowed


Desk = Annotated[Signed, Depends(require(Role.DESK))]
Editor = Annotated[Signed, Depends(require(Role.EDITOR))]
Admin = Annotated[Signed, Depends(require(Role.ADMIN))]


def any_role(tenant: str, signed: SignedIn) -> Signed:
    """Whoever is signed in and has any role for that town; errors as with `require`."""
    if not signed.account.tenants([tenant]):
        raise ForbiddenError("Für diese Stadt fehlt Ihrem Konto die Berechtigung. Fragen Sie Ihre Administration.")
    return Signed(signed.account, signed.csrf, signed.running, signed.running.service.generations.active(tenant).tenant)


Staff = Annotated[Signed, Depends(any_role)]


def installation_admin(signed: SignedIn) -> Signed:
    """Whoever is signed in and administers the whole installation. Raises SignInRequiredError, ForbiddenError."""
    if not signed.account.is_admin_everywhere:
        raise ForbiddenError("Diese Seite ist für die Administration der ganzen Anlage.")
    return signed


InstallationAdmin = Annotated[Signed, Depends(installation_admin)]


def administering(request: Request, signed: SignedIn) -> Signed:
    """Whoever administers what the page is about: the town in its address, or without one the installation."""
    town = request.path_params.get("tenant")
    return installation_admin(signed) if town is None else require(Role.ADMIN)(town, signed)


Administering = Annotated[Signed, Depends(administering)]


async def posted(request: Request, signed: Signed) -> FormData:
    """The form that was posted. Raises ForbiddenError unless it comes from a page of this very session."""
    checked_origin(request)
    form = await request.form(max_fields=MAX_FIELDS)
    token = form.get("csrf")
    if not isinstance(token, str) or not hmac.compare_digest(token.encode(), signed.csrf.encode()):
        raise ForbiddenError("Das Formular ist abgelaufen. Laden Sie die Seite neu und senden Sie es noch einmal ab.")
    return form


def text_field(form: FormData, name: str, *, longest: int = 10_000, required: bool = False) -> str:
    """A field as trimmed text with Unix line ends, empty when it is not there.

    Raises:
        InvalidInputError: missing although required, too long, or a file.
    """
    value = form.get(name, "")
    if isinstance(value, UploadFile):
        raise InvalidInputError(f"Das Feld „{name}“ darf keine Datei sein.")
    text = value.replace("\r\n", "\n").strip()
    if required and not text:
        raise InvalidInputError(f"Bitte füllen Sie das Feld „{name}“ aus.")
    if len(text) > longest:
        raise InvalidInputError(f"Das Feld „{name}“ darf höchstens {longest} Zeichen haben.")
    return text
