"""The command line: what a person types."""

from gradeline.doors.cli.app import main

__all__ = ["main"]
