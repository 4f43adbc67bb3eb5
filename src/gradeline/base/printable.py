"""Text from elsewhere as a terminal and a log may show it: no sign of it commands either."""

from __future__ import annotations

import re

#: Controls but line ends and tabs, and the marks that turn the direction of what follows.
_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\n]")


def printable(text: str) -> str:
    r"""Return the text with `\x1b` and the like in place of what a terminal would obey."""
    return _COMMANDS.sub(_escape, text)


def one_line(text: str) -> str:
    r"""Return the text as `printable` does, on one line: `\n` in place of each line end."""
    return printable(_LINE_ENDS.sub(r"\\n", text))


def _escape(sign: re.Match[str]) -> str:
    return sign[0].encode("unicode_escape").decode("ascii")
