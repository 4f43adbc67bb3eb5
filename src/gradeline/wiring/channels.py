"""From settings to channels: every way to people that the settings switch on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from gradeline.base.errors import DeliveryRefused, WrongSetting
from gradeline.base.hosts import is_loopback
from gradeline.delivery.channel import Channel
from gradeline.delivery.email import Email
from gradeline.delivery.mail_server import MailServer, Security
from gradeline.delivery.mailbox import Mailbox, read_mailbox
from gradeline.delivery.telegram import TelegramChannel
from gradeline.flows.parts import Addressee
from gradeline.records.recipients import What
from gradeline.settings import Settings
from gradeline.settings.addresses import google_key

_BOT_TOKEN = re.compile(r"^\d+:\S+$")
_TLS_PORT = 465
#: Ports on which a provider takes mail of its accounts alone, so of nobody without a password.
_ACCOUNT_PORTS = frozenset({_TLS_PORT, 587})


def wire_channels(settings: Settings) -> Mapping[str, Channel]:
    """Open every channel that the settings switch on; nothing is sent or asked yet.

    Returns:
        The channels by name; one whose settings are not there is off.

    Raises:
        WrongSetting: a channel is switched on, and a setting that it needs is missing or wrong.
    """
    opened: list[Channel] = [
        *_email(settings),
        *_slack(settings),
        *_telegram(settings),
        *_google(settings),
        *_webhook(settings),
    ]
    return {channel.name: channel for channel in opened}


def addressees_of(settings: Settings) -> tuple[Addressee, ...]:
    """Return whom the settings name, each for what that setting always stood for."""
    named: list[tuple[str, str, What]] = []
    if settings.email_enabled:
        for address in settings.recipient_email:
            named += [("email", address, What.DAILY_FIGURES), ("email", address, What.RUN_RESULT)]
    if settings.slack_bot_token is not None:
        named.append(("slack", settings.slack_channel, What.RUN_RESULT))
    if settings.telegram_bot_token is not None and settings.telegram_chat_id is not None:
        named.append(("telegram", settings.telegram_chat_id, What.RUN_RESULT))
    if settings.google_sheets_id is not None:
        named.append(("sheets", settings.google_sheets_id, What.DAILY_FIGURES))
    folder = settings.google_drive_folder_id or settings.google_shared_drive_id
    if folder is not None:
        named.append(("drive", folder, What.COURSE_REPORT))
    return tuple(Addressee(channel=c, address=a, what=w) for c, a, w in named)


def _twin(settings: Settings, name: str) -> str:
    """Return the address of a simulated service; empty = the real one."""
    return f"{settings.sandbox_url.rstrip('/')}/{name}" if settings.sandbox_url else ""


def _slack(settings: Settings) -> Iterator[Channel]:
    """Open Slack, if there is a bot's token."""
    if settings.slack_bot_token is None:
        return
    from gradeline.delivery.slack import SlackChannel  # brings Slack's client

    token, twin = settings.slack_bot_token.get_secret_value(), _twin(settings, "slack")
    yield SlackChannel(token, base_url=f"{twin}/api/") if twin else SlackChannel(token)


def _telegram(settings: Settings) -> Iterator[Channel]:
    """Open Telegram, if there is a bot's token."""
    if settings.telegram_bot_token is None:
        return
    token = settings.telegram_bot_token.get_secret_value()
    if not _BOT_TOKEN.match(token):
        raise WrongSetting(
            "TELEGRAM_BOT_TOKEN is no token of a bot.",
            hint="Copy it from @BotFather: a number, a colon, and letters.",
        )
    pause_s = float(1 / settings.sandbox_speed)
    yield TelegramChannel(token, base_url=_twin(settings, "telegram"), pause_s=pause_s)


def _google(settings: Settings) -> Iterator[Channel]:
    """Open Sheets and Drive, if an id of theirs and a service account are there."""
    ids = (
        settings.google_sheets_id,
        settings.google_drive_folder_id,
        settings.google_shared_drive_id,
    )
    if not any(ids):
        return
    secret = google_key(settings)
    if secret is None:
        raise WrongSetting(
            "Google cannot be reached: GOOGLE_SERVICE_ACCOUNT_KEY is not set, and there is no"
            " credentials.json.",
            hint="Put the account's JSON key there, or remove the ids of sheets and folders.",
            case="google-has-no-credentials",
        )
    # These bring Google's client.
    from gradeline.delivery.drive import DriveChannel  # as said above
    from gradeline.delivery.google import GoogleAccount  # as above
    from gradeline.delivery.sheets import SheetsChannel  # as above

    try:
        account = GoogleAccount(
            json.loads(secret.get_secret_value()), base_url=_twin(settings, "google")
        )
    except (ValueError, TypeError, DeliveryRefused):
        raise WrongSetting(
            "GOOGLE_SERVICE_ACCOUNT_KEY is no key of a service account.",
            hint="Download a JSON key of the account: Google Cloud, IAM, Service Accounts, Keys.",
            case="google-has-no-credentials",
        ) from None
    yield SheetsChannel(account)
    yield DriveChannel(account)


def _webhook(settings: Settings) -> Iterator[Channel]:
    """Open webhooks, if there is a secret to sign with."""
    if settings.signing_secret is None:
        return
    from gradeline.delivery.webhook import WebhookChannel  # brings the HTTP client

    secret = settings.signing_secret.get_secret_value()
    yield WebhookChannel(secret, allow_private=settings.sandbox_url is not None)


def _email(settings: Settings) -> Iterator[Channel]:
    """Open e-mail, if EMAIL_ENABLED says so."""
    if not settings.email_enabled:
        return
    secret = settings.sender_password
    security = _security(settings)
    if secret is None and security != "none" and settings.smtp_port in _ACCOUNT_PORTS:
        raise WrongSetting(
            "E-mail cannot be sent: EMAIL_ENABLED is true, and SENDER_PASSWORD is not set.",
            hint="Set it (for Gmail an app password), or EMAIL_ENABLED=false.",
        )
    if settings.smtp_ca_file is not None and not settings.smtp_ca_file.is_file():
        raise WrongSetting(
            f"SMTP_CA_FILE names {settings.smtp_ca_file}, and there is no such file.",
            hint="Correct the path, or remove the setting.",
        )
    yield Email(
        MailServer(
            host=settings.smtp_server,
            port=settings.smtp_port,
            sender=_sender(settings),
            password=None if secret is None else secret.get_secret_value(),
            security=security,
            ca_file=settings.smtp_ca_file,
        )
    )


def _security(settings: Settings) -> Security:
    """Return how the connection is encrypted: always, but to this machine without a password."""
    if settings.smtp_port == _TLS_PORT:
        return "tls"
    if settings.sender_password is None and is_loopback(settings.smtp_server):
        return "none"
    return "starttls"


def _sender(settings: Settings) -> Mailbox:
    if settings.sender_email is None:
        raise WrongSetting(
            "E-mail cannot be sent: EMAIL_ENABLED is true, and SENDER_EMAIL is not set.",
            hint="Set it to the address that sends, or EMAIL_ENABLED=false.",
        )
    try:
        return read_mailbox(settings.sender_email)
    except ValueError as error:
        raise WrongSetting(
            f"SENDER_EMAIL is {settings.sender_email!r}: {error}.",
            hint="Write it like reports@school.example, or Our school <reports@school.example>.",
        ) from None
