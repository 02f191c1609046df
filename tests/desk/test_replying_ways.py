"""Which way a town's replies go."""

from pathlib import Path

import pytest

from app.desk.replying_http import WebhookReplies, ZammadReplies
from app.desk.replying_mail import MailReplies
from app.desk.replying_ways import reply_way
from app.errors import ConfigurationError
from app.secret_file import write_secret
from app.settings import Settings
from app.tenants.handover import Handover
from app.tenants.tenant import Tenant
from tests.tenants.samples import tenant

HOOK = "https://intern.musterstadt.example/chat/antwort"


def town(**handover: object) -> Tenant:
    return tenant().model_copy(update={"handover": Handover.model_validate(handover)})


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    write_secret(tmp_path / "secret", "abc")
    return tmp_path / "secret"


def test_without_a_way_staff_reply_by_hand() -> None:
    assert reply_way(town(), Settings()) is None


def test_mail_goes_to_the_server_of_the_settings(secret: Path) -> None:
    settings = Settings(smtp_host="mail.musterstadt.example", smtp_user="bot", smtp_password_file=secret)
    way = reply_way(town(mail={"sender": "a@musterstadt.example"}), settings)
    assert isinstance(way, MailReplies)
    assert (way.server.security, way.server.password, way.target) == ("starttls", "abc", "mail.musterstadt.example:587")


def test_no_password_is_sent_openly(secret: Path) -> None:
    settings = Settings(smtp_host="mail", smtp_security="none", smtp_password_file=secret)
    with pytest.raises(ConfigurationError, match="openly"):
        reply_way(town(mail={"sender": "a@musterstadt.example"}), settings)


@pytest.mark.parametrize(
    "allowed", ["https://intern.musterstadt.example", "https://intern.musterstadt.example/chat/", HOOK]
)
def test_an_allowed_webhook_is_used(allowed: str, secret: Path) -> None:
    settings = Settings(handover_urls=(allowed,), handover_webhook_secret_file=secret)
    assert reply_way(town(webhook={"url": HOOK}), settings) == WebhookReplies(HOOK, "abc")


@pytest.mark.parametrize(
    "allowed",
    [
        "",
        "https://intern.musterstadt.example/cha",
        "https://intern.musterstadt.exam",
        "http://intern.musterstadt.example",
    ],
)
def test_contacts_go_nowhere_that_the_settings_do_not_allow(allowed: str, secret: Path) -> None:
    settings = Settings(handover_urls=(allowed,) if allowed else (), handover_webhook_secret_file=secret)
    with pytest.raises(ConfigurationError, match="AMTSLOTSE_HANDOVER_URLS"):
        reply_way(town(webhook={"url": HOOK}), settings)


@pytest.mark.parametrize("beside", ["../other", "%2e%2e/other", "x/..\\..\\other"])
def test_an_allowed_folder_is_not_left(beside: str, secret: Path) -> None:
    settings = Settings(handover_urls=("https://a.example/chat",), handover_webhook_secret_file=secret)
    with pytest.raises(ConfigurationError, match="AMTSLOTSE_HANDOVER_URLS"):
        reply_way(town(webhook={"url": f"https://a.example/chat/{beside}"}), settings)


def test_zammad_needs_its_token(secret: Path) -> None:
    zammad = town(zammad={"url": "https://zammad.musterstadt.example", "group": "Bürgerservice"})
    allowed = ("https://zammad.musterstadt.example",)
    with pytest.raises(ConfigurationError, match="ZAMMAD_TOKEN_FILE"):
        reply_way(zammad, Settings(handover_urls=allowed))
    way = reply_way(zammad, Settings(handover_urls=allowed, zammad_token_file=secret))
    assert way == ZammadReplies("https://zammad.musterstadt.example", "Bürgerservice", "abc")
