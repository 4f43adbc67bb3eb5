"""Every simulated service on loopback, and what arrived there as the services' own clients show."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.google.drive import Drive
from gradeline.sandbox.google.sheets import Sheets
from gradeline.sandbox.google.twin import GoogleTwin
from gradeline.sandbox.server.running import running
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.sandbox.smtp.twin import SmtpTwin, running_mail
from gradeline.sandbox.telegram.twin import TelegramTwin
from gradeline.sandbox.webhook.twin import PATH, WebhookTwin

#: Pauses between two messages to one chat are so many times shorter.
SPEED = 20
ANA = "ana@school.example"


@dataclass(frozen=True)
class Services:
    """The simulated services, and the settings that reach them."""

    google: GoogleTwin
    slack: SlackTwin
    telegram: TelegramTwin
    webhook: WebhookTwin
    mail: SmtpTwin
    url: str  #: of the sandbox
    settings: Mapping[str, str]

    @property
    def hook(self) -> str:
        """Where the webhook's receiver listens."""
        return f"{self.url}/{self.webhook.name}{PATH}"

    def clear(self) -> None:
        """Forget all that arrived; addresses stay."""
        self.google.drive, self.google.sheets = Drive(), Sheets()
        self.slack.files.clear()
        self.slack.channels["C0REPORTS1"].messages.clear()
        self.telegram.messages.clear()
        self.webhook.kept.clear()
        self.mail.inbox.clear()

    def mails(self) -> list[EmailMessage]:
        """All mails, in the order of arrival."""
        found = [message_from_bytes(each.content, policy=default) for each in self.mail.arrived()]
        return cast("list[EmailMessage]", found)

    def subjects(self) -> list[str]:
        """The subjects of all mails, in the order of arrival."""
        return [str(mail["subject"]) for mail in self.mails()]


@contextmanager
def services() -> Iterator[Services]:
    """Every service, until the block ends."""
    google, slack, telegram, webhook = GoogleTwin(), SlackTwin(), TelegramTwin(), WebhookTwin()
    twins = (google, slack, telegram, webhook)
    with running(twins) as sandbox, running_mail(pace=Pace(), journal=sandbox.journal) as mail:
        settings = {
            "SANDBOX_URL": sandbox.url,
            "SANDBOX_SPEED": str(SPEED),
            "RECIPIENT_EMAIL": ANA,
        }
        for twin in (*twins, mail):
            settings |= twin.settings
        yield Services(google, slack, telegram, webhook, mail, sandbox.url, settings)


@dataclass(frozen=True, order=True)
class Arrived:
    """One thing that arrived: a text, a file, a mail, a row."""

    channel: str
    what: str  #: as recipients ask for it
    name: str  #: of the file, or the subject
    digest: str = ""  #: of what it holds


def arrived(box: Services) -> Counter[Arrived]:
    """Everything that arrived, and how often."""
    return Counter(
        (*_mails(box), *_slack(box), *_telegram(box), *_drive(box), *_sheets(box), *_hooks(box))
    )


def _mails(box: Services) -> Iterator[Arrived]:
    for mail in box.mails():
        files = [(part.get_filename(), part.get_content()) for part in mail.iter_attachments()]
        subject = str(mail["subject"])
        yield Arrived("email", _what_of(subject), f"{mail['to']} {subject}", _digest(files))


def _slack(box: Services) -> Iterator[Arrived]:
    for message in box.slack.channels["C0REPORTS1"].messages:
        subject = message.text.partition("\n")[0]
        yield Arrived("slack", _what_of(subject), subject)
    for file in box.slack.files.values():
        if file.channel:
            yield Arrived("slack", "course-report", file.name, _digest(file.content))


def _telegram(box: Services) -> Iterator[Arrived]:
    for one in box.telegram.messages:
        subject = one.text.partition("\n")[0]
        what = "course-report" if one.file_name else _what_of(subject)
        yield Arrived("telegram", what, one.file_name or subject, _digest(one.content))


def _drive(box: Services) -> Iterator[Arrived]:
    for file in box.google.drive.files.values():
        if file.content:
            path = "/".join(box.google.drive.path(file))
            yield Arrived("drive", "course-report", path, _digest(file.content))


def _sheets(box: Services) -> Iterator[Arrived]:
    for title, grid in box.google.sheets.sheets.items():
        for row in grid:
            yield Arrived("sheets", "daily-figures", f"{title} {row[:1]}", _digest(row))


def _hooks(box: Services) -> Iterator[Arrived]:
    for one in box.webhook.kept.values():
        files = [(each["name"], each["sha256"]) for each in one["documents"]]
        subject = str(one["subject"])
        yield Arrived("webhook", _what_of(subject), subject, _digest(files))


def _what_of(subject: str) -> str:
    kinds = {"Course report": "course-report", "Daily figures": "daily-figures"}
    return next((what for start, what in kinds.items() if subject.startswith(start)), "run-result")


def _digest(content: object) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()[:16]
