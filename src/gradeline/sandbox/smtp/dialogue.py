"""The mail server's side of one connection: what it answers, and where a fault ends it."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from hmac import compare_digest

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from gradeline.sandbox.smtp.inbox import REPLIES, TAKEN, UNKNOWN_RECIPIENT, ArrivedMail, Inbox

#: The recipient that no mailbox stands for, at any domain.
NOBODY = "nobody"

_DELAY_S = 5.0


class _Dialogue:
    """What the server answers in one connection."""

    def __init__(self, inbox: Inbox) -> None:
        self.fault: str | None = None
        self._inbox = inbox
        self._drawn = False

    def log_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
    ) -> AuthResult:
        """Compare login and password; from here on the connection has its fault."""
        if not self._drawn:
            self.fault, self._drawn = self._inbox.draw(), True
        known = (
            isinstance(given, LoginPassword)
            and given.login.decode(errors="replace") in self._inbox.accounts
            and compare_digest(given.password, self._inbox.accounts[given.login.decode()].encode())
        )
        if known and self.fault != "smtp-535":
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False, message=REPLIES["smtp-535"])

    async def handle_MAIL(  # noqa: N802 - the library's name, as the next two
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender of whoever has logged in."""
        if not session.authenticated:
            return "530 5.7.0 Authentication Required."
        if self.fault in ("smtp-421", "smtp-quota"):
            return REPLIES[self.fault]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return TAKEN

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _opts: list[str]
    ) -> str:
        """Take a recipient who is somebody."""
        if address.partition("@")[0].lower() == NOBODY:
            return UNKNOWN_RECIPIENT
        if self.fault in ("smtp-451", "smtp-550"):
            return REPLIES[self.fault]
        envelope.rcpt_tos.append(address)
        return TAKEN

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the whole message."""
        if self.fault == "smtp-552":
            return REPLIES[self.fault]
        content = envelope.original_content or b""
        self._inbox.keep(
            ArrivedMail(
                sender=envelope.mail_from or "",
                recipients=tuple(envelope.rcpt_tos),
                content=content,
            )
        )
        if self.fault == "delay":
            await asyncio.sleep(self._inbox.pace.scaled(_DELAY_S))
        if self.fault == "smtp-cut-after-dot":
            await _hang_up(server)
        return TAKEN


class Connection(SMTP):
    """One connection, which may end where a fault says."""

    def __init__(self, inbox: Inbox, *, upgrade: ssl.SSLContext | None) -> None:
        """Offer STARTTLS with the context `upgrade`; None = TLS is there already."""
        self._dialogue = _Dialogue(inbox)
        super().__init__(
            self._dialogue,
            data_size_limit=inbox.most_bytes,
            hostname="localhost",
            ident="Gradeline sandbox",
            tls_context=upgrade,
            require_starttls=upgrade is not None,
            auth_require_tls=upgrade is not None,
            authenticator=self._dialogue.log_in,
            loop=asyncio.get_running_loop(),
        )

    async def end(self) -> None:
        """Cut the connection, and wait until nothing of it runs."""
        _abort(self)
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()
            await asyncio.gather(self._handler_coroutine, return_exceptions=True)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the library's name
        """Take the message, or cut the connection after its first line."""
        if self._dialogue.fault != "smtp-cut":
            await super().smtp_DATA(arg)
            return
        await self.push("354 Go ahead")
        await self._reader.readline()
        await _hang_up(self)

    async def _handle_client(self) -> None:
        with contextlib.suppress(ConnectionError):  # the client hung up
            await super()._handle_client()


async def _hang_up(server: SMTP) -> None:
    """Cut the connection; what would go on is cancelled by its end."""
    _abort(server)
    await asyncio.Event().wait()


def _abort(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()
