"""The channel `email` with the twin of a mail server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from tests.delivery.rig import Arrival, Fault

from gradeline.delivery.email import Email
from gradeline.delivery.mail_server import MailServer
from gradeline.delivery.mailbox import read_mailbox
from gradeline.sandbox import Journal, Pace
from gradeline.sandbox.smtp.inbox import PASSWORD, SENDER
from gradeline.sandbox.smtp.twin import SmtpTwin, running_mail

FAULTS: dict[Fault, str] = {
    "refused": "smtp-550",
    "later": "smtp-451",
    "unknown": "smtp-cut-after-dot",
    "timed-out": "smtp-cut-after-dot",
}


def parsed(content: bytes) -> EmailMessage:
    """A mail as the standard library reads it."""
    return cast(EmailMessage, message_from_bytes(content, policy=default))


def server_of(twin: SmtpTwin, **other) -> MailServer:
    """The twin as the channel knows it."""
    usual = {
        "host": "127.0.0.1",
        "port": twin.port,
        "sender": read_mailbox(SENDER),
        "password": PASSWORD,
        "ca_file": twin.ca_file,
        "timeout_s": 20.0,
    }
    return MailServer(**{**usual, **other})


class EmailRig:
    """The channel, and what the mail server took."""

    address = "ana@school.example"
    unknown_address = "nobody@school.example"
    secret = PASSWORD
    shows_text = takes_documents = True

    def __init__(self, twin: SmtpTwin) -> None:
        self.twin = twin
        self.channel = Email(server_of(twin))

    def arrived(self) -> Sequence[Arrival]:
        """Subject, plain text and attachments of each mail."""
        mails = [parsed(mail.content) for mail in self.twin.arrived()]
        return [
            Arrival(
                text=f"{mail['Subject']}\n{mail.get_body(('plain',)).get_content()}",
                documents={
                    str(part.get_filename()): part.get_content() for part in mail.iter_attachments()
                },
            )
            for mail in mails
        ]

    def fail_next(self, fault: Fault) -> None:
        """Let the next mail go wrong."""
        self.twin.inbox.fail_next.append(FAULTS[fault])


@contextmanager
def running_email() -> Iterator[EmailRig]:
    """The rig, until the block ends."""
    with running_mail(pace=Pace(speed=50), journal=Journal()) as twin:
        yield EmailRig(twin)
