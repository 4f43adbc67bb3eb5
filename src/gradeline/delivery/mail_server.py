"""The connection to a mail server: encrypted, logged in, and a message carried up to its end."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from aiosmtplib import SMTP, SMTPDataError

from gradeline.base.errors import DeliveryRefused
from gradeline.base.hosts import is_loopback
from gradeline.delivery.mailbox import Mailbox

_PIECE_BYTES = 65_536
_BUFFER_BYTES = 262_144
_POLL_S = 0.01
_GO_AHEAD = 354
#: An app password as Google shows it: four groups of letters, with spaces that do not belong to it.
_APP_PASSWORD = re.compile(r"[a-z]{4}(\s[a-z]{4}){3}")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)

#: starttls = encrypted by STARTTLS, or not used at all; tls = encrypted from the first byte;
#: none = not encrypted, which is for a server on this machine that asks for no password.
Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """The server that sends our mail, and our account there."""

    host: str
    port: int
    sender: Mailbox  #: whose address is the login as well
    password: str | None = field(repr=False)  #: None = the server asks for no login
    security: Security = "starttls"
    ca_file: Path | None = None  #: whom to trust in place of the system's authorities
    timeout_s: float = 60.0  #: for each answer, but for the one to the whole message
    take_s: float = 600.0  #: for that one (RFC 5321, 4.5.3.2.6), and for carrying the message

    def __post_init__(self) -> None:
        """Refuse to be without encryption where that could be overheard.

        Raises:
            ValueError: it is not a server on this machine, or it has a password.
        """
        if self.security == "none" and (self.password is not None or not is_loopback(self.host)):
            raise ValueError("Only a server on this machine, without a password, needs no TLS.")

    def __str__(self) -> str:
        """Return the address, for messages."""
        return f"{self.host}:{self.port}"


@asynccontextmanager
async def connection(server: MailServer) -> AsyncIterator[SMTP]:
    """Connect, encrypt and greet; say goodbye at the end.

    Raises:
        DeliveryRefused: the server does not encrypt, or SMTP_CA_FILE is no certificate.
        SMTPException, OSError: what the library says of the connection.
    """
    client = SMTP(
        hostname=server.host,
        port=server.port,
        local_hostname=server.sender.domain,
        timeout=server.timeout_s,
        use_tls=server.security == "tls",
        start_tls=False,
        tls_context=None if server.security == "none" else _tls_context(server.ca_file),
    )
    transport = None
    try:
        await client.connect()
        transport = client.transport
        await client.ehlo()
        if server.security == "starttls":
            await _encrypt(server, client)
            transport = client.transport
        yield client
        await _say_goodbye(client)
    finally:
        client.close()
        await _hang_up(transport)


async def _encrypt(server: MailServer, client: SMTP) -> None:
    if not client.supports_extension("starttls"):
        raise DeliveryRefused(
            f"The mail server {server} does not offer STARTTLS, so that nothing was"
            " sent: login and message could be read on the way.",
            hint="Check SMTP_SERVER; use SMTP_PORT=587 for STARTTLS, or 465 for TLS.",
        )
    await client.starttls()
    await client.ehlo()


async def log_in(server: MailServer, client: SMTP) -> None:
    """Log in, where the server asks for it.

    Raises:
        DeliveryRefused: the server takes no password.
        SMTPException, OSError: it does not take this one, or the connection was lost.
    """
    if server.password is None:
        return
    if not client.supported_auth_methods:
        raise DeliveryRefused(
            f"The mail server {server} takes no login by password.",
            hint="Use its port for sending (587 or 465) and a provider that takes passwords;"
            " for a server that asks for none, remove SENDER_PASSWORD.",
        )
    password = server.password
    if _APP_PASSWORD.fullmatch(password):
        password = "".join(password.split())
    await client.login(server.sender.address, password)


async def upload(server: MailServer, client: SMTP, content: bytes) -> None:
    """Send the message but for the dot that ends it: whatever fails here, nothing was taken.

    Raises:
        SMTPException, OSError: the server refused, or the connection was lost.
    """
    code, text = await client.execute_command(b"DATA")
    if code != _GO_AHEAD:
        raise SMTPDataError(code, text)
    transport = client.transport
    if not isinstance(transport, asyncio.WriteTransport):
        raise ConnectionResetError("the connection was cut")
    # With a small buffer below us a cut is seen here, and not only after the dot went into it.
    transport.get_extra_info("socket").setsockopt(
        socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES
    )
    stuffed = _LEADING_DOT.sub(b"..", content)
    # The library would send message and dot at once, and nobody could tell which part was lost.
    async with asyncio.timeout(server.take_s):
        for start in range(0, len(stuffed), _PIECE_BYTES):
            if not client.is_connected:
                break
            transport.write(stuffed[start : start + _PIECE_BYTES])
            await asyncio.sleep(0)  # lets the loop see that the server hung up
            while client.is_connected and transport.get_write_buffer_size():
                await asyncio.sleep(_POLL_S)
    if not client.is_connected:
        raise ConnectionResetError("the connection was cut")


async def _say_goodbye(client: SMTP) -> None:
    """Send QUIT; the answer would change nothing, so nobody waits for it."""
    if isinstance(client.transport, asyncio.WriteTransport) and client.is_connected:
        client.transport.write(b"QUIT\r\n")


async def _hang_up(transport: asyncio.BaseTransport | None) -> None:
    """Close a connection without waiting for the server, which has said all that matters."""
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
        await asyncio.sleep(0)  # the loop closes the socket in its next turn


def _tls_context(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise DeliveryRefused(
            f"SMTP_CA_FILE names {ca_file}, which cannot be read as a certificate: {error}.",
            hint="Name a file in PEM form, or remove the setting.",
        ) from None
