"""The twin of a mail server: STARTTLS and TLS, a login, and an inbox of everything it took.

It is no `Twin` of HTTP: it listens on ports of its own, beside the sandbox.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
import ssl
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from gradeline.base.errors import SandboxBroken
from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.journal import Journal
from gradeline.sandbox.server.loop_thread import running_loop
from gradeline.sandbox.smtp.certificate import make_certificate
from gradeline.sandbox.smtp.dialogue import Connection
from gradeline.sandbox.smtp.inbox import PASSWORD, SENDER, ArrivedMail, Inbox

_HOST = "127.0.0.1"


class SmtpTwin:
    """A mail server with an account; mails to anybody but `nobody@…` are taken and kept."""

    def __init__(self, folder: Path, pace: Pace, journal: Journal) -> None:
        """Make a certificate in `folder`, which must outlive the server."""
        self.inbox = Inbox(pace, journal)
        self.port = 0  #: with STARTTLS
        self.tls_port = 0  #: with TLS from the first byte
        self.tls, self.ca_file = make_certificate(folder)
        self._listeners: list[asyncio.Server] = []
        self._connections: WeakSet[Connection] = WeakSet()

    @property
    def settings(self) -> Mapping[str, str]:
        """The settings in `.env` by which Gradeline sends through it."""
        return {
            "EMAIL_ENABLED": "true",
            "SMTP_SERVER": _HOST,
            "SMTP_PORT": str(self.port),
            "SENDER_EMAIL": SENDER,
            "SENDER_PASSWORD": PASSWORD,
            "SMTP_CA_FILE": str(self.ca_file),
        }

    def arrived(self) -> Sequence[ArrivedMail]:
        """Return every mail that it took, in order."""
        return self.inbox.arrived()

    async def start(self) -> None:
        """Listen on two ports, which are known from then on."""
        loop = asyncio.get_running_loop()
        # The library logs every line of each mail, and warns of an attribute that it sets itself.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        for secured in (None, self.tls):
            listener = await loop.create_server(
                lambda secured=secured: self._connection(secured), _HOST, 0, ssl=secured
            )
            self._listeners.append(listener)
        ports = [listener.sockets[0].getsockname()[1] for listener in self._listeners]
        self.port, self.tls_port = ports

    async def stop(self) -> None:
        """Stop listening and end every connection."""
        for listener in self._listeners:
            listener.close()
        tasks = [connection.end() for connection in list(self._connections)]
        await asyncio.gather(*tasks, return_exceptions=True)

    def _connection(self, secured: ssl.SSLContext | None) -> Connection:
        connection = Connection(self.inbox, upgrade=None if secured else self.tls)
        self._connections.add(connection)
        return connection


@contextmanager
def running_mail(*, pace: Pace, journal: Journal) -> Iterator[SmtpTwin]:
    """Run a mail server until the block ends.

    Raises:
        SandboxBroken: it cannot listen.
    """
    folder = Path(tempfile.mkdtemp(prefix="gl-mail-"))
    twin = SmtpTwin(folder, pace, journal)
    try:
        with running_loop("smtp") as loop:
            try:
                loop.run(twin.start())
            except OSError as error:
                raise SandboxBroken(f"The simulated mail server cannot listen: {error}.") from error
            try:
                yield twin
            finally:
                loop.run(twin.stop())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
