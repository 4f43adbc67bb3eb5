"""Loopback twins of the systems we read, and faults of their responses."""

from gradeline.sandbox.exchange import Pace, Request, Response, Twin
from gradeline.sandbox.faults.draw import NO_FAULTS, TRANSPORT, Faults, mix, named
from gradeline.sandbox.journal import Journal, most_within, read_journal
from gradeline.sandbox.server.running import Sandbox
from gradeline.sandbox.systems import Systems, every_fault, every_system
from gradeline.sandbox.twins import every_twin

__all__ = [
    "NO_FAULTS",
    "TRANSPORT",
    "Faults",
    "Journal",
    "Pace",
    "Request",
    "Response",
    "Sandbox",
    "Systems",
    "Twin",
    "every_fault",
    "every_system",
    "every_twin",
    "mix",
    "most_within",
    "named",
    "read_journal",
]
