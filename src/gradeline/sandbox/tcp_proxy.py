"""The line to the school's database, and what befalls it: bytes that come late, in part or never.

It carries bytes and knows nothing of PostgreSQL's protocol.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime

from gradeline.base.errors import SandboxBroken
from gradeline.sandbox.connection import Line
from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.faults.draw import NO_FAULTS, Fault, Faults
from gradeline.sandbox.journal import Entry, Journal

NAME = "postgres"
#: What may befall a connection, each drawn by a mix too.
FAULTS: Mapping[str, bool] = {"delay": True, "cut": True, "reset": True}

_HOST = "127.0.0.1"
_DELAY_S = 5.0
#: A fault strikes within this much of what the server sends; a day of the table is more.
_WITHIN_BYTES = 60_000
_PIECE_BYTES = 16_384
_START_S = 30.0
_CONNECTION = "connection"


class Relay:
    """Listens on a port of its own and carries every connection to another port."""

    def __init__(self, target: int, pace: Pace, journal: Journal) -> None:
        self.faults: Faults = NO_FAULTS
        self.port = 0
        self._target = target
        self._pace = pace
        self._journal = journal
        self._count = 0
        # A loop holds its tasks only weakly, and a connection that is gone lets go of its own.
        self._carrying: set[asyncio.Task[None]] = set()

    async def start(self) -> asyncio.Server:
        """Listen; the port is known from then on."""
        listener = await asyncio.start_server(self._take, _HOST, 0)
        self.port = listener.sockets[0].getsockname()[1]
        return listener

    def forget(self) -> None:
        """Count connections from nought again, as a new seed of faults needs."""
        self._count = 0

    async def end(self) -> None:
        """Let go of every connection."""
        for task in self._carrying:
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    def _take(self, asked: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(asked, answers))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def _carry(self, asked: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        fault = self.faults.draw(NAME, FAULTS, _CONNECTION, self._count)
        self._note(fault)
        self._count += 1
        line = Line(asked, answers, self._pace)
        said, told = await asyncio.open_connection(_HOST, self._target)
        asking = asyncio.create_task(_pump(asked, told))
        try:
            await self._answer(said, line, fault)
        except (ConnectionError, asyncio.CancelledError):
            line.reset()  # who asked has hung up, or the sandbox ends
        finally:
            asking.cancel()
            told.transport.abort()
            await line.close()

    async def _answer(self, said: asyncio.StreamReader, line: Line, fault: Fault | None) -> None:
        left = None
        if fault is not None and fault.name == "delay":
            await line.wait(_DELAY_S)
        elif fault is not None:
            left = int(_WITHIN_BYTES * fault.place)
        while left is None or left > 0:
            piece = await said.read(_PIECE_BYTES if left is None else min(left, _PIECE_BYTES))
            if not piece:
                return
            await line.send(piece)
            left = None if left is None else left - len(piece)
        if fault is not None and fault.name == "reset":
            line.reset()

    def _note(self, fault: Fault | None) -> None:
        self._journal.note(
            Entry(
                at=datetime.now(UTC).isoformat(),
                monotonic_s=time.monotonic(),
                twin=NAME,
                method="CONNECT",
                path="/",
                asked=_CONNECTION,
                ordinal=self._count,
                status=200,
                fault=None if fault is None else fault.name,
            )
        )


async def _pump(asked: asyncio.StreamReader, told: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):  # the way back tells who asked
        while piece := await asked.read(_PIECE_BYTES):
            told.write(piece)
            await told.drain()
        told.write_eof()


@contextmanager
def relayed(target: int, *, pace: Pace, journal: Journal) -> Iterator[Relay]:
    """A relay to the port `target`, in a thread of its own until the block ends.

    Raises:
        SandboxBroken: it cannot listen.
    """
    relay, ready, end = Relay(target, pace, journal), threading.Event(), threading.Event()

    async def live() -> None:
        async with await relay.start():
            ready.set()
            await asyncio.to_thread(end.wait)
            await relay.end()

    thread = threading.Thread(target=lambda: asyncio.run(live()), name="relay", daemon=True)
    thread.start()
    try:
        if not ready.wait(_START_S):
            raise SandboxBroken("The line to the school's database cannot be opened.")
        yield relay
    finally:
        end.set()
        thread.join()
