"""Which way a town's replies go: what `tenant.yaml` asks for, as far as the installation's settings allow it."""

from urllib.parse import unquote

from app.desk.replying import ReplyWay
from app.desk.replying_http import WebhookReplies, ZammadReplies
from app.desk.replying_mail import MailReplies, MailServer
from app.errors import ConfigurationError
from app.settings import Settings
from app.tenants.tenant import Tenant


def reply_way(town: Tenant, settings: Settings) -> ReplyWay | None:
    """None when staff reply by hand.

    Raises:
        ConfigurationError: the town asks for a way that the settings do not complete or do not allow.
    """
    wanted = town.handover
    if wanted.mail is not None:
        return MailReplies(_mail_server(settings), wanted.mail.sender)
    if wanted.webhook is not None:
        _require_allowed(wanted.webhook.url, settings)
        secret = settings.webhook_secret()
        if secret is None:
            raise ConfigurationError("Set AMTSLOTSE_HANDOVER_WEBHOOK_SECRET_FILE: replies are signed with it.")
        return WebhookReplies(wanted.webhook.url, secret)
    if wanted.zammad is not None:
        _require_allowed(wanted.zammad.url, settings)
        token = settings.zammad_token()
        if token is None:
            raise ConfigurationError("Set AMTSLOTSE_ZAMMAD_TOKEN_FILE: Zammad takes no tickets without its token.")
        return ZammadReplies(wanted.zammad.url, wanted.zammad.group, token)
    return None


def _mail_server(settings: Settings) -> MailServer:
    if settings.smtp_host is None:
        raise ConfigurationError("Set AMTSLOTSE_SMTP_HOST: tenant.yaml wants replies as mail.")
    password = settings.mail_password()
    if password is not None and settings.smtp_security == "none":
        raise ConfigurationError("AMTSLOTSE_SMTP_SECURITY=none would send the password openly: use starttls or tls.")
    return MailServer(settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user, password)


def _require_allowed(url: str, settings: Settings) -> None:
    """Editors may change `tenant.yaml`; where citizens' contacts go, whoever runs the installation decides."""
    climbs = ".." in unquote(url).replace("\\", "/").split("/")
    if climbs or not any(
        url == allowed or url.startswith(f"{allowed.rstrip('/')}/") for allowed in settings.handover_urls
    ):
        raise ConfigurationError(
            f"tenant.yaml sends replies to {url}, which AMTSLOTSE_HANDOVER_URLS does not allow: add it there, or "
            "correct tenant.yaml."
        )
