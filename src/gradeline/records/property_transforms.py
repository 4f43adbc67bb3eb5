"""Transforms that `field_mappings.yaml` may name for a user property.

Loading applies them in DuckDB, the transform of posted rows in PostgreSQL. Both take the patterns
and letters from here, so that a value becomes the same in either.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

#: Change a text, and leave every other value as it is.
OF_TEXT = ("strip", "lower", "upper")

_DAY = (
    "([12][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    "|([12][0-9](0[48]|[2468][048]|[13579][26])|(12|16|20|24|28)00)-02-29)"
)
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
_ZONE = "(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?"
#: Transform that gives a value a type → the pattern of texts that it reads; it must come last.
#: Of whatever else, and of an object or an array, it makes null.
OF_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "integer": "^[+-]?[0-9]{1,18}([.]0+)?$",
        "number": "^[+-]?[0-9]{1,99}([.][0-9]{1,99})?([eE][+-]?[0-9]{1,2})?$",
        "boolean": "^(1|0|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo])$",
        "date": f"^{_DAY}([T ]{_TIME}{_ZONE})?$",
        "instant": f"^{_DAY}[T ]{_TIME}{_ZONE}$",
    }
)
NAMES = (*OF_TEXT, *OF_TYPE)

#: Characters that `strip` takes from both ends of a text.
BLANKS = (
    "\t\n\v\f\r \x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)

_BASIC_PLANE = range(0x10000)


@cache
def letters() -> tuple[str, str]:
    """Return the capital letters, and the small letter of each in the same place.

    What `lower` of a database makes of a letter depends on its locale; `translate` does not.
    """
    capitals = [
        letter
        for letter in map(chr, _BASIC_PLANE)
        if len(letter.lower()) == 1 and letter.lower().upper() == letter != letter.lower()
    ]
    return "".join(capitals), "".join(letter.lower() for letter in capitals)
