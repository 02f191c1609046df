"""Replies as mail, handed to the town's own mail server."""

import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from app.desk.replying import TIMEOUT_S, OutgoingReply, ReplyError, is_mail_address
from app.wording.reply import reply_frame

MailSecurity = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in, and as whom."""

    host: str
    port: int
    security: MailSecurity
    """`starttls` and `tls` check the server's certificate; `none` is for a relay on the same machine."""
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class MailReplies:
    """Implements `ReplyWay`; works in the caller's thread."""

    server: MailServer
    sender: str
    """The address that replies come from."""

    name = "mail"

    @property
    def target(self) -> str:
        return f"{self.server.host}:{self.server.port}"

    def reaches(self, contact: str) -> bool:
        return is_mail_address(contact)

    def send(self, reply: OutgoingReply) -> None:
        if not self.reaches(reply.handover.contact):
            raise ReplyError("Das ist keine E-Mail-Adresse. Antworten Sie auf anderem Weg, zum Beispiel am Telefon.")
        try:
            message = self._message(reply)
        except (MessageError, ValueError) as error:  # an address that looks like one, such as müller@web.de
            raise ReplyError(
                "An diese Adresse lässt sich keine E-Mail schreiben. Prüfen Sie, ob sie einen Tippfehler hat, oder "
                "antworten Sie auf anderem Weg."
            ) from error
        try:
            with self._connection() as connection:
                if self.server.security == "starttls":
                    connection.starttls(context=ssl.create_default_context())
                if self.server.user and self.server.password:
                    connection.login(self.server.user, self.server.password)
                connection.send_message(message)
        except smtplib.SMTPAuthenticationError as error:
            raise ReplyError(
                "Der Mailserver hat die Anmeldung abgelehnt. Bitte melden Sie das Ihrer Administration."
            ) from error
        except smtplib.SMTPRecipientsRefused as error:
            raise ReplyError(
                "Der Mailserver hat die Adresse abgelehnt. Prüfen Sie die Adresse, oder antworten Sie auf anderem Weg."
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise ReplyError(
                "Der Mailserver hat die Antwort nicht angenommen. Versuchen Sie es in einigen Minuten noch einmal; "
                "bleibt es dabei, melden Sie das Ihrer Administration."
            ) from error

    def _connection(self) -> smtplib.SMTP:
        host, port = self.server.host, self.server.port
        if self.server.security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=TIMEOUT_S)

    def _message(self, reply: OutgoingReply) -> EmailMessage:
        """The same hand-over gives the same Message-ID, so that a second try shows as the same mail."""
        handover, frame = reply.handover, reply_frame(reply.handover.language)
        message = EmailMessage()
        message["From"] = Address(" ".join(reply.town.split()), addr_spec=self.sender)
        message["To"] = Address(addr_spec=handover.contact.strip())
        message["Subject"] = frame.subject.format(town=" ".join(reply.town.split()))
        message["Date"] = format_datetime(reply.at)
        message["Message-ID"] = f"<{handover.id}.{handover.tenant}@{self.sender.partition('@')[2]}>"
        asked = "\n".join(f"> {line}" for line in handover.question.splitlines())
        message.set_content(f"{reply.text}\n\n-- \n{frame.written_by}\n{frame.asked}\n{asked}\n")
        message["Content-Language"] = handover.language  # after the content, which sets such headers anew
        return message
