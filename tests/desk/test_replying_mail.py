"""Replies as mail, against a real mail server on this machine."""

import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from app.desk.replying import ReplyError
from app.desk.replying_mail import MailReplies, MailServer
from tests.desk.certificate import write_certificate
from tests.desk.samples import outgoing
from tests.servers import free_port

SENDER = "buergerservice@musterstadt.example"


class Mailbox:
    """Takes mail in, from whoever signed in where that is asked for; refuses one address."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.encrypted: list[bool] = []

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("niemand@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.original_content, bytes)
        message = message_from_bytes(envelope.original_content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        self.encrypted.append(session.ssl is not None)
        return "250 taken over"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def plain_port(mailbox: Mailbox) -> Iterator[int]:
    """A relay without TLS."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def guarded_port(mailbox: Mailbox, certificate: tuple[Path, Path]) -> Iterator[int]:
    """A server that wants STARTTLS and a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*map(str, certificate))

    def authenticated(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=(data.login, data.password) == (b"amtslotse", b"geheim"), handled=False)

    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=authenticated,
        auth_required=True,
    )
    controller.start()
    yield controller.port
    controller.stop()


def relay(port: int) -> MailReplies:
    return MailReplies(MailServer("127.0.0.1", port, "none"), SENDER)


def guarded(port: int, password: str = "geheim") -> MailReplies:
    return MailReplies(MailServer("127.0.0.1", port, "starttls", "amtslotse", password), SENDER)


def test_the_citizen_gets_the_reply_with_the_question(plain_port: int, mailbox: Mailbox) -> None:
    relay(plain_port).send(outgoing())
    (mail,) = mailbox.received
    assert (mail["From"], mail["To"]) == (f"Musterstadt <{SENDER}>", "frau.beispiel@example.org")
    assert mail["Subject"] == "Ihre Frage an Musterstadt"
    assert mail["Message-ID"] == "<00112233445566aa.musterstadt@musterstadt.example>"
    text = mail.get_content().replace("\r\n", "\n")
    assert text.startswith("Ja, auf der großen Wiese.")
    assert "ein Mensch geschrieben" in text and "> Darf ich im Stadtpark grillen?\n> Mit Gas?" in text


def test_the_words_around_the_reply_are_in_the_citizens_language(plain_port: int, mailbox: Mailbox) -> None:
    relay(plain_port).send(outgoing(language="ar"))
    assert mailbox.received[0]["Subject"] == "سؤالك إلى Musterstadt"
    assert mailbox.received[0]["Content-Language"] == "ar"


def test_mail_goes_out_encrypted_and_signed_in(
    guarded_port: int, mailbox: Mailbox, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    guarded(guarded_port).send(outgoing())
    assert mailbox.encrypted == [True]


def test_a_server_that_nobody_vouches_for_gets_neither_mail_nor_password(guarded_port: int, mailbox: Mailbox) -> None:
    with pytest.raises(ReplyError, match="nicht angenommen"):
        guarded(guarded_port).send(outgoing())
    assert mailbox.received == []


def test_a_server_without_starttls_gets_nothing(plain_port: int, mailbox: Mailbox) -> None:
    with pytest.raises(ReplyError, match="nicht angenommen"):
        guarded(plain_port).send(outgoing())
    assert mailbox.received == []


def test_a_wrong_password_is_a_matter_for_the_administration(
    guarded_port: int, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with pytest.raises(ReplyError, match="Anmeldung abgelehnt"):
        guarded(guarded_port, "falsch").send(outgoing())


def test_a_refused_address_is_told_apart(plain_port: int) -> None:
    with pytest.raises(ReplyError, match="Adresse abgelehnt"):
        relay(plain_port).send(outgoing("niemand@example.org"))


def test_a_server_that_is_down_is_reported() -> None:
    with pytest.raises(ReplyError, match="noch einmal"):
        relay(free_port()).send(outgoing())


@pytest.mark.parametrize("contact", ["a@b.de\nBcc: alle@example.org", "a@b.de, c@d.de", "<script>", "03999 115"])
def test_only_one_mail_address_is_reached(contact: str, plain_port: int, mailbox: Mailbox) -> None:
    assert not relay(plain_port).reaches(contact)
    with pytest.raises(ReplyError):
        relay(plain_port).send(outgoing(contact))
    assert mailbox.received == []


def test_a_towns_name_cannot_add_headers(plain_port: int, mailbox: Mailbox) -> None:
    relay(plain_port).send(outgoing(town="Musterstadt\nBcc: alle@example.org"))
    assert mailbox.received[0]["Bcc"] is None


@pytest.mark.parametrize("contact", ["müller@example.org", "a..b@example.org", "a@example..org", "a@example.org:25"])
def test_an_address_that_no_mail_can_have_is_said_to_be_one(contact: str, plain_port: int, mailbox: Mailbox) -> None:
    replies = MailReplies(MailServer("127.0.0.1", plain_port, "none"), SENDER)
    with pytest.raises(ReplyError, match="Tippfehler"):
        replies.send(outgoing(contact))
    assert not mailbox.received
