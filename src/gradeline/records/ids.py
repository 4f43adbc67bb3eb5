"""One spelling for ids and e-mails: without blanks at their ends, in Unicode's composed form."""

from __future__ import annotations

import re
import unicodedata

#: Controls that separate words or lines. Others stay, so that what may not be stored is found.
_CONTROLS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
#: Unicode's spaces and separators, the no-break ones included.
_SPACES = " \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
#: What shows nothing: zero-width characters, marks of direction, the byte order mark.
_INVISIBLE = "\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
#: What XLSX writes for a control character in a text.
_ESCAPED = "_x00(?:09|0[AaBbCcDd])_"
#: One or more blanks of any kind: a regex for Python, DuckDB and Arrow alike.
BLANK = f"(?:[{_CONTROLS}{_SPACES}{_INVISIBLE}]|{_ESCAPED})+"

#: The blanks at the ends of a text: a regex for Python, DuckDB and Arrow alike.
BLANK_ENDS = f"^{BLANK}|{BLANK}$"
#: Whole texts that are certainly normal: printable ASCII without blanks at its ends, or `_`, with
#: which an escape of XLSX begins and ends.
SURELY_NORMAL = "[!-^`-~](?:[ -~]*[!-^`-~])?"
#: Columns of canonical tables that are ids, or parts of them, and so are normalised.
NORMALIZED = frozenset(
    {
        *("learner_id", "email", "course_id", "category", "course", "group_id", "item_id"),
        *("topic_id", "level_id", "attempt_id", "event_id", "session_id", "external_id", "source"),
    }
)

_BLANK_ENDS = re.compile(BLANK_ENDS)


def normalize_id(text: str) -> str:
    """Return an id as it is stored and compared; empty where it holds nothing but blanks.

    Blanks of every kind at its ends go: spaces, no-break and zero-width ones, line ends, byte
    order marks, and `_x000D_`, which XLSX writes for a line end. Accents are composed (NFC).
    """
    return unicodedata.normalize("NFC", _BLANK_ENDS.sub("", text))


def normalize_email(text: str) -> str:
    """Return an e-mail as it is compared: as an id, in lower case."""
    return normalize_id(normalize_id(text).lower())
