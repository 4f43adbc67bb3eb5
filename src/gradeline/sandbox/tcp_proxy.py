"""A TCP proxy before the school's database, with faults: bytes come late, in part or never.

It carries bytes and knows nothing of PostgreSQL's protocol.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from gradeline.base.errors import SandboxBroken
from gradeline.sandbox.connection import ClientConnection
from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.faults.draw import NO_FAULTS, Fault, Faults
from gradeline.sandbox.journal import Journal, JournalEntry
from gradeline.sandbox.server.loop_thread import running_loop

NAME = "postgres"
#: Faults of a connection; a mix draws each of them.
FAULTS: Mapping[str, bool] = {"delay": True, "cut": True, "reset": True}

_HOST = "127.0.0.1"
_DELAY_S = 5.0
#: A fault strikes within this much of what the server sends; a day of the table is more.
_WITHIN_BYTES = 60_000
_PIECE_BYTES = 16_384
_RESOURCE = "connection"


class TcpProxy:
    """Listens on a port of its own and carries every connection to another port."""

    def __init__(self, target: int, pace: Pace, journal: Journal) -> None:
        self.faults: Faults = NO_FAULTS
        self.port = 0
        self._target = target
        self._pace = pace
        self._journal = journal
        self._count = 0
        self._listener: asyncio.Server | None = None
        # A loop holds its tasks only weakly, and a connection that is gone lets go of its own.
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen; `port` is known from then on."""
        self._listener = await asyncio.start_server(self._accept, _HOST, 0)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening and end every connection."""
        if self._listener is not None:
            self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def forget(self) -> None:
        """Count connections from 0 again, so that the same seed gives the same faults."""
        self._count = 0

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self.faults.draw(NAME, FAULTS, _RESOURCE, self._count)
        self._record(fault)
        self._count += 1
        client = ClientConnection(reader, writer, self._pace)
        server_reader, server_writer = await asyncio.open_connection(_HOST, self._target)
        upstream = asyncio.create_task(_pump(reader, server_writer))
        try:
            await self._carry_back(server_reader, client, fault)
        except (ConnectionError, asyncio.CancelledError):
            client.reset()  # the client has hung up, or the sandbox ends
        finally:
            upstream.cancel()
            server_writer.transport.abort()
            await client.close()

    async def _carry_back(
        self, server: asyncio.StreamReader, client: ClientConnection, fault: Fault | None
    ) -> None:
        left = None
        if fault is not None and fault.name == "delay":
            await client.wait(_DELAY_S)
        elif fault is not None:
            left = int(_WITHIN_BYTES * fault.place)
        while left is None or left > 0:
            piece = await server.read(_PIECE_BYTES if left is None else min(left, _PIECE_BYTES))
            if not piece:
                return
            await client.send(piece)
            left = None if left is None else left - len(piece)
        if fault is not None and fault.name == "reset":
            client.reset()

    def _record(self, fault: Fault | None) -> None:
        self._journal.record(
            JournalEntry(
                at=datetime.now(UTC).isoformat(),
                monotonic_s=time.monotonic(),
                twin=NAME,
                method="CONNECT",
                path="/",
                asked=_RESOURCE,
                ordinal=self._count,
                status=200,
                fault=None if fault is None else fault.name,
            )
        )


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):  # the other direction reports it
        while piece := await reader.read(_PIECE_BYTES):
            writer.write(piece)
            await writer.drain()
        writer.write_eof()


@contextmanager
def running_proxy(target: int, *, pace: Pace, journal: Journal) -> Iterator[TcpProxy]:
    """Run a proxy to the port `target` until the block ends.

    Raises:
        SandboxBroken: it cannot listen.
    """
    proxy = TcpProxy(target, pace, journal)
    with running_loop("tcp-proxy") as loop:
        try:
            loop.run(proxy.start())
        except OSError as error:
            raise SandboxBroken(
                f"The proxy before the school's database cannot listen: {error}."
            ) from error
        try:
            yield proxy
        finally:
            loop.run(proxy.stop())
