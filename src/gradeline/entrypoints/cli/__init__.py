"""The command line: what a person types."""

from gradeline.entrypoints.cli.app import main

__all__ = ["main"]
