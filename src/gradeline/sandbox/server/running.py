"""Running the sandbox beside its user, in a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gradeline.base.errors import SandboxBroken
from gradeline.sandbox.exchange import Pace, Twin
from gradeline.sandbox.faults.draw import NO_FAULTS, Faults
from gradeline.sandbox.journal import Journal
from gradeline.sandbox.server.loop_thread import running_loop
from gradeline.sandbox.server.server import LOOPBACK, Server


class Sandbox:
    """A running sandbox: its address, its journal, and the faults of its responses."""

    def __init__(self, server: Server, journal: Journal, port: int, pace: Pace) -> None:
        self._server = server
        self.journal = journal
        self.port = port
        self.pace = pace
        self.url = f"http://{LOOPBACK}:{port}"

    @property
    def faults(self) -> Faults:
        """The faults of the responses to come."""
        return self._server.faults

    def switch(self, faults: Faults) -> None:
        """Use other faults from now on, as if nothing had been requested before."""
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
    """Serve `twins` on loopback until the block ends.

    Args:
        twins: the systems to serve, each below its name: `/grader/…`.
        faults: faults of responses; `Sandbox.switch` changes them.
        pace: how much faster than life waits, limits and lifetimes pass.
        port: the port to listen on; 0 = any that is free.
        journal: a file to which each request is also written, as a line of JSON.

    Raises:
        SandboxBroken: the port is taken, or (at the end of the block) a twin raised an error.
    """
    pace, entries = pace or Pace(), Journal(journal)
    server = Server(twins, pace, entries)
    try:
        with running_loop("sandbox") as loop:
            try:
                taken = loop.run(server.start(port))
            except OSError as error:
                raise SandboxBroken(
                    f"The sandbox cannot listen on {LOOPBACK}:{port}: {error}.",
                    hint="Choose another --port, or 0 for any that is free.",
                ) from error
            try:
                sandbox = Sandbox(server, entries, taken, pace)
                sandbox.switch(faults)
                yield sandbox
            finally:
                loop.run(server.stop())
    finally:
        entries.close()
    if server.broken:
        raise SandboxBroken(
            f"A twin of the sandbox failed {len(server.broken)} times."
        ) from server.broken[0]
