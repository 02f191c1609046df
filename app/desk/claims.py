"""Who of the staff is at work on a hand-over, and the reply that is not out yet."""

from sqlalchemy import ColumnElement, update

from app.database.connection import Database
from app.database.tables import handovers
from app.desk.handovers import Handover, HandoverStatus, HandoverStore
from app.errors import ForbiddenError

_c = handovers.c


class Claims:
    """Only open hand-overs can be claimed; one person at a time. Safe to share between threads.

    Every method raises RecordsError when the database fails, and NotFoundError when the hand-over is gone.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._handovers = HandoverStore(database)

    def claim(self, tenant: str, id_: str, account_id: str, account_name: str) -> Handover:
        """Takes it over; whoever holds it may claim it again.

        Raises:
            ForbiddenError: somebody else holds it, or it is settled.
        """
        free = _c.account_id.is_(None) | (_c.account_id == account_id)
        self._change(tenant, id_, free, {"account_id": account_id, "account_name": account_name})
        return self._handovers.get(tenant, id_)

    def release(self, tenant: str, id_: str) -> None:
        """Gives it back to the others, with the draft; also one that a colleague holds who is not there.

        Raises:
            ForbiddenError: it is settled.
        """
        self._change(tenant, id_, None, {"account_id": None, "account_name": None})

    def keep_draft(self, tenant: str, id_: str, account_id: str, text: str) -> None:
        """Keeps what shall be replied until it is out, so that a failure loses nothing.

        Raises:
            ForbiddenError: somebody else holds it, or it is settled.
        """
        self._change(tenant, id_, _c.account_id == account_id, {"reply": text})

    def _change(
        self, tenant: str, id_: str, held: ColumnElement[bool] | None, values: dict[str, str] | dict[str, None]
    ) -> None:
        is_open = (_c.tenant == tenant) & (_c.id == id_) & (_c.status == HandoverStatus.OPEN)
        condition = is_open if held is None else is_open & held
        with self._database.writing() as connection:
            changed = connection.execute(update(handovers).where(condition).values(**values)).rowcount
        if not changed:
            found = self._handovers.get(tenant, id_)
            if found.status is not HandoverStatus.OPEN:
                raise ForbiddenError("Diese Anfrage ist schon erledigt.")
            who = found.account_name or "niemand"
            raise ForbiddenError(
                f"Diese Anfrage bearbeitet gerade {who}. Sprechen Sie sich ab oder geben Sie sie frei."
            )
