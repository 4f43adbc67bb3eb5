"""E-mail by SMTP, encrypted: one message to one address, taken by the server or not."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from gradeline.base.clock import now
from gradeline.base.errors import DeliveryError, DeliveryLater, DeliveryRefused, DeliveryUnknown
from gradeline.delivery.channel import Envelope, Limits, Traits
from gradeline.delivery.mail_server import MailServer, connection, log_in, upload
from gradeline.delivery.mailbox import Mailbox, read_mailbox
from gradeline.delivery.message import Receipt
from gradeline.delivery.mime import mail_bytes, message_id
from gradeline.delivery.smtp_replies import Reply, Stage, error_of

_log = logging.getLogger(__name__)

_STEP = "message"
#: Gmail takes and delivers 25 MB, encoding included, and few servers take more.
_MOST_BYTES = 25_000_000
_ACCEPTED, _REFUSED, _NO_REPLY = range(200, 300), range(400, 600), -1


class Email:
    """The channel `email`. Its calls run an event loop: call them from a thread without one."""

    name = "email"
    traits = Traits(can_find=False)  # SMTP has no question for it

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._asked = False
        self._announced: int | None = None

    @property
    def identity(self) -> str:
        """The address that sends."""
        return self._server.sender.address

    @property
    def limits(self) -> Limits:
        """25 MB after encoding, or less if the server says so; it is asked once."""
        if not self._asked:
            self._asked = True
            try:
                asyncio.run(self._ask_size())
            except (SMTPException, OSError, DeliveryError) as error:
                # Sending meets the same trouble and reports it.
                _log.info("%s did not say how much it takes: %s", self._server, error)
        return Limits(message_bytes=min(_MOST_BYTES, self._announced or _MOST_BYTES))

    def resolve(self, address: str) -> str:
        """Return the address with its domain in ASCII; whether it exists only `check` can ask."""
        return self._mailbox(address).address

    def send(self, envelope: Envelope) -> Receipt:
        """Send the message; the receipt has its Message-ID."""
        receipt = Receipt(provider_id=message_id(envelope.key, self._server.sender))
        if _STEP in envelope.done:
            return receipt
        address = self.resolve(envelope.address)
        content = mail_bytes(envelope, self._server.sender, now())
        with self._translated(address):
            asyncio.run(self._send(address, content))
        envelope.record_step(_STEP, receipt.provider_id)
        return receipt

    def find(self, envelope: Envelope) -> Receipt | None:
        """Raise `DeliveryUnknown`: no mail server can be asked."""
        raise DeliveryUnknown(
            f"Whether the mail to {envelope.address} arrived is not known: mail servers do not"
            " tell.",
            hint="Ask the recipient, or look among the sent messages of the account.",
        )

    def check(self, address: str) -> Sequence[DeliveryError]:
        """Log in and name sender and recipient to the server, then take it back."""
        try:
            known = self.resolve(address)
            with self._translated(known):
                asyncio.run(self._try_recipient(known))
        except DeliveryError as error:
            return (error,)
        return ()

    async def _ask_size(self) -> None:
        async with connection(self._server) as client:
            self._note_size(client)

    async def _try_recipient(self, address: str) -> None:
        async with connection(self._server) as client:
            await log_in(self._server, client)
            await client.mail(self._server.sender.address)
            await client.rcpt(address)
            await client.rset()

    async def _send(self, address: str, content: bytes) -> None:
        async with connection(self._server) as client:
            await log_in(self._server, client)
            self._note_size(client)
            sized = client.supports_extension("size")
            options = [f"SIZE={len(content)}"] if sized else []
            await client.mail(self._server.sender.address, options=options)
            await client.rcpt(address)
            await upload(self._server, client, content)
            await self._finish(client, address)

    async def _finish(self, client: SMTP, address: str) -> None:
        """Send the dot that ends the message; from here on the server may have it."""
        try:
            code, text = await client.execute_command(b".", timeout=self._server.take_s)
        except (SMTPException, OSError):
            code, text = _NO_REPLY, ""
        if code in _ACCEPTED:
            return
        if code not in _REFUSED:
            raise DeliveryUnknown(
                f"The mail server {self._server} got the whole message for {address} and did not"
                " confirm it.",
                hint="Ask the recipient whether it arrived before you send it again.",
            ) from None
        reply = Reply(code=code, text=text, stage=Stage.CONTENT)
        raise error_of(reply, server=str(self._server), address=address)

    def _note_size(self, client: SMTP) -> None:
        announced = client.esmtp_extensions.get("size", "").strip()
        self._announced = int(announced) or None if announced.isdecimal() else None
        self._asked = True

    def _mailbox(self, address: str) -> Mailbox:
        try:
            return read_mailbox(address)
        except ValueError as error:
            raise DeliveryRefused(
                f"{address!r} is no mail address: {error}.",
                hint="Write one address per recipient, such as ana@school.example.",
            ) from None

    @contextmanager
    def _translated(self, address: str) -> Iterator[None]:
        """Turn errors before the end of a message into ours; the library's have server's words."""
        try:
            yield
        except SMTPResponseException as error:
            reply = Reply(code=error.code, text=error.message, stage=_stage(error))
            raise error_of(reply, server=str(self._server), address=address) from None
        except (SMTPException, OSError) as error:
            raise self._lost(error) from None

    def _lost(self, error: Exception) -> DeliveryError:
        """Return what a connection means that failed before the server had the message."""
        cause = error.__cause__ if isinstance(error.__cause__, ssl.SSLError) else error
        if isinstance(cause, ssl.SSLCertVerificationError):
            return DeliveryRefused(
                f"The certificate of the mail server {self._server} is not trusted:"
                f" {cause.verify_message}. Nothing was sent.",
                hint="Write in SMTP_SERVER the name that its certificate has; for a server of your"
                " own, name the file of its authority in SMTP_CA_FILE.",
            )
        words = str(error) or type(error).__name__
        return DeliveryLater(
            f"The connection to the mail server {self._server} failed before it had the message:"
            f" {words}.",
            hint="It is tried again by itself. If it stays so, check SMTP_SERVER, SMTP_PORT (587 is"
            " STARTTLS, 465 TLS) and whether your network lets this port out.",
        )


def _stage(error: SMTPResponseException) -> Stage:
    stages = {
        SMTPAuthenticationError: Stage.LOGIN,
        SMTPSenderRefused: Stage.SENDER,
        SMTPRecipientRefused: Stage.RECIPIENT,
        SMTPDataError: Stage.CONTENT,
    }
    return stages.get(type(error), Stage.GREETING)
