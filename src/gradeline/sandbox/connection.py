"""One TCP connection below HTTP: where responses are sent, delayed, cut or reset."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct

from gradeline.sandbox.exchange import Pace

#: How long a silent server keeps a client waiting at most: longer than clients wait, short enough
#: that a client without a deadline comes to its end too.
_SILENCE_S = 60.0
#: SO_LINGER on, for 0 seconds: closing sends RST instead of FIN.
_LINGER_RESET = struct.pack("ii", 1, 0)


_log = logging.getLogger("gradeline.sandbox")


class ClientConnection:
    """The server's end of one connection."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pace: Pace
    ) -> None:
        self.reader = reader
        self._writer = writer
        self._pace = pace
        self.open = True

    async def send(self, piece: bytes) -> None:
        """Send bytes, as fast as the client takes them."""
        self._writer.write(piece)
        await self._writer.drain()

    async def wait(self, seconds: float) -> None:
        """Sleep, in seconds of the system's life."""
        await asyncio.sleep(self._pace.scaled(seconds))

    async def silence(self) -> None:
        """Send nothing until the client hangs up or a minute of life is over; then reset."""
        try:
            async with asyncio.timeout(self._pace.scaled(_SILENCE_S)):
                while await self.reader.read(65536):
                    continue
        except TimeoutError:
            _log.debug("A client outwaited the silence.")
        self.reset()

    def reset(self) -> None:
        """End the connection with RST; what was sent but not read may be lost."""
        own: socket.socket = self._writer.get_extra_info("socket")
        own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_RESET)
        self._writer.transport.abort()
        self.open = False

    async def close(self) -> None:
        """End the connection with FIN, after everything sent has gone out."""
        if self.open:
            self.open = False
            self._writer.close()
