"""Running the sandbox: in a thread beside its user, or in the foreground."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gradeline.base.errors import SandboxBroken
from gradeline.sandbox.exchange import Pace, Twin
from gradeline.sandbox.faults.draw import NO_FAULTS, Faults
from gradeline.sandbox.journal import Journal
from gradeline.sandbox.server.server import LOOPBACK, Server

_START_S = 30.0
_ACCEPTING_S = 0.02


class Sandbox:
    """A sandbox that is running: where it is, what was asked of it, what it does to answers."""

    def __init__(self, server: Server, journal: Journal, port: int, pace: Pace) -> None:
        self._server = server
        self.journal = journal
        self.port = port
        self.pace = pace
        self.url = f"http://{LOOPBACK}:{port}"

    @property
    def faults(self) -> Faults:
        """The faults of the answers to come."""
        return self._server.faults

    def switch(self, faults: Faults) -> None:
        """Let other faults befall the answers to come, as if nothing had been asked before."""
        self._server.forget()
        self._server.faults = faults


@contextmanager
def running(
    twins: Sequence[Twin],
    *,
    faults: Faults = NO_FAULTS,
    pace: Pace | None = None,
    port: int = 0,
    journal: Path | None = None,
) -> Iterator[Sandbox]:
    """Serve `twins` on loopback in a thread of its own until the block ends.

    Raises:
        SandboxBroken: the port is taken, or (at the end of the block) a twin raised an error.
    """
    kept = Journal(journal)
    started: _Started = _Started()
    runner = threading.Thread(
        target=lambda: asyncio.run(_live(started, twins, pace or Pace(), kept, port)),
        name="sandbox",
        daemon=True,
    )
    runner.start()
    try:
        server, at = started.wait(port)
        sandbox = Sandbox(server, kept, at, pace or Pace())
        sandbox.switch(faults)
        yield sandbox
    finally:
        started.end()
        runner.join()
        kept.close()
    if server.broken:
        raise SandboxBroken(
            f"A twin of the sandbox failed {len(server.broken)} times."
        ) from server.broken[0]


class _Started:
    """What the thread tells the one that waits for it, and the word to end."""

    def __init__(self) -> None:
        self._ready = threading.Event()
        self._server: Server | None = None
        self._port = 0
        self._refused: OSError | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None

    def tell(self, server: Server, port: int, over: asyncio.Event) -> None:
        self._server, self._port = server, port
        self._loop, self._over = asyncio.get_running_loop(), over
        self._ready.set()

    def refuse(self, error: OSError) -> None:
        self._refused = error
        self._ready.set()

    def wait(self, port: int) -> tuple[Server, int]:
        self._ready.wait(_START_S)
        if self._server is None:
            raise SandboxBroken(
                f"The sandbox cannot listen on {LOOPBACK}:{port}: {self._refused}.",
                hint="Choose another --port, or 0 for any that is free.",
            ) from self._refused
        return self._server, self._port

    def end(self) -> None:
        if self._loop is not None and self._over is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._over.set)


async def _live(
    started: _Started, twins: Sequence[Twin], pace: Pace, journal: Journal, port: int
) -> None:
    over = asyncio.Event()
    server = Server(twins, pace, journal)
    try:
        listener = await server.start(port)
    except OSError as error:
        started.refuse(error)
        return
    async with listener:
        started.tell(server, listener.sockets[0].getsockname()[1], over)
        await over.wait()
        # A connection that is being accepted would be forgotten, open, by a listener that closes.
        await asyncio.sleep(_ACCEPTING_S)
        listener.close()
        await server.hang_up()
