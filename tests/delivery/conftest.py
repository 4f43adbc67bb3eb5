"""The channels that keep the contract, each with what stands in for its service."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from tests.delivery.email_rig import running_email
from tests.delivery.google_rig import DriveRig, SheetsRig
from tests.delivery.rig import Arrival, Fault, Rig
from tests.delivery.slack_rig import SlackRig
from tests.delivery.telegram_rig import TelegramRig
from tests.delivery.webhook_rig import WebhookRig

from gradeline.base.errors import DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.outbox import Outbox
from gradeline.sandbox.google.twin import GoogleTwin
from gradeline.sandbox.server.running import running
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.sandbox.telegram.twin import TelegramTwin
from gradeline.sandbox.webhook.twin import WebhookTwin


class OutboxRig:
    """The channel in memory, which is its own service."""

    address = "ana@school.example"
    unknown_address = "nobody@school.example"
    secret = "a-secret-nobody-may-see"
    shows_text = takes_documents = True

    def __init__(self) -> None:
        self.channel = Outbox(closed={self.unknown_address})

    def arrived(self) -> Sequence[Arrival]:
        """What the outbox keeps."""
        return [
            Arrival(
                text=f"{one.message.subject}\n{one.message.text}",
                documents={doc.name: doc.content for doc in one.message.documents},
            )
            for one in self.channel.arrived
        ]

    def fail_next(self, fault: Fault) -> None:
        """Give it the error to raise."""
        errors = {
            "refused": DeliveryRefused("The address is closed."),
            "later": DeliveryLater("Too many messages.", retry_after_s=7),
            "unknown": DeliveryUnknown("The connection was cut."),
            "timed-out": DeliveryUnknown("The service took too long."),
        }
        self.channel.failures.append(errors[fault])


@pytest.fixture
def outbox_rig() -> Rig:
    """The channel in memory."""
    return OutboxRig()


@pytest.fixture
def email_rig() -> Iterator[Rig]:
    """E-mail, through a mail server."""
    with running_email() as rig:
        yield rig


@pytest.fixture
def slack_rig() -> Iterator[Rig]:
    """Slack."""
    twin = SlackTwin()
    with running([twin]) as sandbox:
        yield SlackRig(twin, sandbox.url)


@pytest.fixture
def telegram_rig() -> Iterator[Rig]:
    """Telegram."""
    twin = TelegramTwin()
    with running([twin]) as sandbox:
        yield TelegramRig(twin, sandbox.url)


@pytest.fixture
def webhook_rig() -> Iterator[Rig]:
    """A webhook."""
    twin = WebhookTwin()
    with running([twin]) as sandbox:
        yield WebhookRig(twin, sandbox.url)


@pytest.fixture(scope="session")
def google_account() -> dict[str, str]:
    """A key of a service account, made once: it takes a quarter of a second."""
    return GoogleTwin().account


@pytest.fixture
def drive_rig(google_account: dict[str, str]) -> Iterator[Rig]:
    """Google Drive."""
    twin = GoogleTwin(account=google_account)
    with running([twin]) as sandbox:
        yield DriveRig(twin, sandbox.url)


@pytest.fixture
def sheets_rig(google_account: dict[str, str]) -> Iterator[Rig]:
    """Google Sheets."""
    twin = GoogleTwin(account=google_account)
    with running([twin]) as sandbox:
        rig = SheetsRig(twin, sandbox.url)
        rig.sandbox = sandbox
        yield rig


RIGS = ("outbox", "email", "slack", "telegram", "webhook", "drive", "sheets")


@pytest.fixture(params=[f"{name}_rig" for name in RIGS])
def rig(request: pytest.FixtureRequest) -> Rig:
    """Each channel in turn."""
    chosen: Rig = request.getfixturevalue(request.param)
    return chosen
