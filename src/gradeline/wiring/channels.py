"""From settings to channels: every way to people that the settings switch on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradeline.base.errors import WrongSetting
from gradeline.delivery.channel import Channel
from gradeline.delivery.email import Email
from gradeline.delivery.mail_server import MailServer, Security, is_loopback
from gradeline.delivery.mailbox import Mailbox, read_mailbox
from gradeline.settings import Settings

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
    opened: list[Channel] = [*_email(settings)]
    return {channel.name: channel for channel in opened}


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
