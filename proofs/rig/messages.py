"""How a command ends that met a fault: with one message, and never with a stack trace."""

from __future__ import annotations


def describe_bad_message(code: int, err: str) -> str:
    """What is wrong with how a run ended that met a fault: one message and exit 0 or 1, else."""
    if code not in (0, 1):
        return f"exit {code}: {err[-300:]}"
    if "Traceback" in err:
        return f"a stack trace was shown: {err[-300:]}"
    said = [line for line in err.splitlines() if line.startswith("gradeline: ")]
    if code == 1 and len(said) != 1:
        return f"{len(said)} messages instead of one: {err[-300:]}"
    return ""
