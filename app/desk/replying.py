"""Sending a person's reply to a citizen: what is sent, and the port to the ways in which it can go."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.desk.handovers import Handover
from app.errors import AmtslotseError

TIMEOUT_S = 15.0
"""How long a mail server or another program may take, in seconds: somebody waits before the screen."""

_MAIL_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\".]+")


class ReplyError(AmtslotseError):
    """The reply did not go out; the hand-over stays open and the text is kept."""

    code = "reply_failed"
    http_status = 502


@dataclass(frozen=True, slots=True)
class OutgoingReply:
    """What goes out."""

    handover: Handover
    town: str
    """The town's name, as it is shown."""
    text: str
    """What the person wrote; plain text."""
    at: datetime
    """Now."""


class ReplyWay(Protocol):
    """One configured way. Implementations only contact what was configured, and follow no redirects."""

    @property
    def name(self) -> str:
        """As it is kept with the hand-over: `mail`, `webhook` or `zammad`."""

    @property
    def target(self) -> str:
        """Where it goes, for staff to read: a mail server or an address, no secret."""

    def reaches(self, contact: str) -> bool:
        """Whether this way can get to what the citizen gave: a mail address or a phone number."""

    def send(self, reply: OutgoingReply) -> None:
        """Sends it; when it returns, the other side has taken it over.

        Raises:
            ReplyError: it did not, or nobody knows whether it did; the message says what to do.
        """


def is_mail_address(contact: str) -> bool:
    """Whether a contact is one mail address and nothing else."""
    return _MAIL_ADDRESS.fullmatch(contact.strip()) is not None
