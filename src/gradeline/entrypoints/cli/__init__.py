"""The command line."""

from gradeline.entrypoints.cli.app import main

__all__ = ["main"]
