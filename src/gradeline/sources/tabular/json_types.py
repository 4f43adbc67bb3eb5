"""The types of the columns of JSON records, from all that the records hold.

Nothing is guessed from the characters of a text: a text is a text. Numbers are numbers as long as
their digits are kept; what is a number here and a text there is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gradeline.sources.sql import quoted
from gradeline.sources.tabular.records import OURS, Fraction

#: Names that records may have together: DuckDB gathers 2048 rows of all of them, some 100 MB.
NAMES_MAX = 1000
#: An object of more names, or of names that few records share, is a map from name to value.
_FIELDS_MAX = 200
_SHARE_MIN = 0.1
#: Names that an object's records may have before they are no longer told apart.
_TOLD_APART = 2000
_OTHERS = "\0"
#: Whole numbers up to this are exact as DOUBLE.
_EXACT = 2**53
_DIGITS_MAX = 38
#: Digits of a DECIMAL, at least, so that it can be multiplied.
_DIGITS_MIN = 18
#: Digits that the shortest text of any DOUBLE needs, and no more of them are told apart.
_DOUBLE_DIGITS = 17
_NULL = '"NULL"'


class Numbers:
    """The numbers of one column: their range, and how those with a fraction are written."""

    __slots__ = ("highest", "lowest", "odd", "scales", "whole", "whole_digits")

    def __init__(self) -> None:
        self.lowest = 0  #: of the whole numbers
        self.highest = 0
        self.whole = False  #: whether there are whole numbers
        self.scales: set[int] = set()  #: digits behind the point, -1 where there is an exponent
        self.whole_digits = 0  #: digits before the point of those with a fraction, at most
        self.odd = False  #: whether a DOUBLE would be written with other characters

    def add_fraction(self, text: Fraction) -> None:
        """Take a number with a fraction or an exponent into account."""
        whole, _, behind = text.lstrip("-").partition(".")
        if "e" in text or "E" in text:
            self.scales.add(-1)
            return
        self.scales.add(len(behind))
        self.whole_digits = max(self.whole_digits, len(whole))
        digits = len((whole + behind).lstrip("0"))
        self.odd |= (len(behind) > 1 and behind[-1] == "0") or digits > _DOUBLE_DIGITS

    def merge(self, other: Numbers) -> None:
        """Take the numbers of another column into account."""
        self.lowest, self.highest = (
            min(self.lowest, other.lowest),
            max(self.highest, other.highest),
        )
        self.whole |= other.whole
        self.scales |= other.scales
        self.whole_digits = max(self.whole_digits, other.whole_digits)
        self.odd |= other.odd

    def sql_type(self) -> str:
        """Return a DuckDB type that keeps every digit, VARCHAR where there is no other."""
        if not self.scales:
            return self._whole_type()
        exact = max(-self.lowest, self.highest) <= _EXACT
        if exact and not self.odd:
            return "DOUBLE"
        (scale, *others) = sorted(self.scales)
        digits = self.whole_digits + scale
        if self.whole or others or scale < 0 or digits > _DIGITS_MAX:
            return "VARCHAR"
        return f"DECIMAL({max(digits, _DIGITS_MIN)},{scale})"

    def _whole_type(self) -> str:
        if self.lowest >= -(2**63) and self.highest < 2**63:
            return "BIGINT"
        if self.lowest >= 0 and self.highest < 2**64:
            return "UBIGINT"
        fits = max(-self.lowest, self.highest) < 10**_DIGITS_MAX
        return f"DECIMAL({_DIGITS_MAX},0)" if fits else "VARCHAR"


class Column:
    """What the values of one name are, in all records."""

    __slots__ = ("array", "count", "element", "flag", "name", "names", "numbers", "spelled", "text")

    def __init__(self, name: str = "") -> None:
        self.name = name  #: as the first record spells it
        self.count = 0  #: records that have it
        self.text = False
        self.flag = False
        self.numbers: Numbers | None = None
        self.array = False
        self.element: Column | None = None  #: of its arrays, or of a map
        self.names: dict[str, Column] | None = None  #: of its objects, by their names in lower case
        self.spelled = False  #: whether a record spells a name of its objects in another way

    def add(self, value: Any) -> None:
        """Take a value into account."""
        self.count += 1
        kind = type(value)
        if kind is str:
            self.text = True
        elif kind is int:
            numbers = self.numbers = self.numbers or Numbers()
            numbers.whole = True
            if value > numbers.highest:
                numbers.highest = value
            elif value < numbers.lowest:
                numbers.lowest = value
        elif kind is Fraction:
            self.numbers = self.numbers or Numbers()
            self.numbers.add_fraction(value)
        elif kind is bool:
            self.flag = True
        elif kind is list:
            self.array = True
            self.element = self.element or Column()
            for each in value:
                self.element.add(each)
        elif kind is dict:
            self._add_object(value)

    def _add_object(self, value: Mapping[str, Any]) -> None:
        names = self.names = {} if self.names is None else self.names
        for name, each in value.items():
            lower = name.lower()
            column = names.get(lower)
            if column is None:
                if len(names) >= _TOLD_APART:
                    column = names.setdefault(_OTHERS, Column())
                else:
                    column = names[lower] = Column(name or f"column_{len(names) + 1}")
            self.spelled |= column.name != name
            column.add(each)

    def merge(self, other: Column) -> None:
        """Take the values of another column into account."""
        self.count += other.count
        self.text |= other.text
        self.flag |= other.flag
        self.array |= other.array
        self.spelled |= other.spelled
        if other.numbers:
            self.numbers = self.numbers or Numbers()
            self.numbers.merge(other.numbers)
        if other.element:
            self.element = self.element or Column()
            self.element.merge(other.element)
        if other.names is not None:
            self.names = {} if self.names is None else self.names
            for lower, column in other.names.items():
                self.names.setdefault(lower, Column(column.name)).merge(column)

    @property
    def scalar(self) -> bool:
        """Whether there is a text, a number or a truth value."""
        return self.text or self.flag or self.numbers is not None

    @property
    def is_json(self) -> bool:
        """Whether objects or arrays are mixed with something else: each value is its own JSON."""
        return self.scalar + self.array + (self.names is not None) > 1

    @property
    def is_map(self) -> bool:
        """Whether its objects have so many names that they are keys of a map."""
        if not self.names:
            return self.names is not None
        named = sum(column.count for column in self.names.values())
        return len(self.names) > _FIELDS_MAX or named < _SHARE_MIN * len(self.names) * self.count

    def values(self) -> Column:
        """Return one column of all values of a map."""
        merged = Column()
        for column in (self.names or {}).values():
            merged.merge(column)
        return merged

    def sql_type(self, mixed: str = "JSON") -> str:
        """Return the DuckDB type of the column, with `mixed` for values that are their own JSON."""
        if self.is_json:
            return mixed
        return self._nested_type(mixed) if self.array or self.names is not None else self._plain()

    def _nested_type(self, mixed: str) -> str:
        if self.names is None:
            known = self.element is not None and self.element.count
            return f"{self.element.sql_type(mixed) if self.element and known else mixed}[]"
        if self.is_map:
            return f"MAP(VARCHAR, {self.values().sql_type(mixed) if self.names else mixed})"
        fields = (f"{quoted(each.name)} {each.sql_type(mixed)}" for each in self.names.values())
        return f"STRUCT({', '.join(fields)})"

    def _plain(self) -> str:
        if self.text or (self.flag and self.numbers):
            return "VARCHAR"
        if self.flag:
            return "BOOLEAN"
        return self.numbers.sql_type() if self.numbers else _NULL

    def parts(self) -> Iterator[Column]:
        """Yield the columns that it is made of, itself first."""
        yield self
        if self.element:
            yield from self.element.parts()
        for column in (self.names or {}).values():
            yield from column.parts()


class Columns:
    """The columns of all records of a file, in the order in which their names appear."""

    def __init__(self) -> None:
        self.by_name: dict[str, Column] = {}  #: every spelling of a name → its column
        self._by_lower: dict[str, Column] = {}

    def add(self, values: Mapping[str, Any]) -> str:
        """Take a record into account; return what is wrong with it, and then leave it out."""
        if not self.by_name.keys() >= values.keys():
            new = {name.lower() for name in values} - self._by_lower.keys()
            if len(self._by_lower) + len(new) > NAMES_MAX:
                return f"too_many_names: with this record there are more than {NAMES_MAX} names"
            self.add_names(values)
        for name, value in values.items():
            self.by_name[name].add(value)
        return ""

    def add_names(self, values: Mapping[str, Any]) -> None:
        """Add columns for names, as far as there is room, without their values."""
        for name in values:
            lower = name.lower()
            room = len(self._by_lower) < NAMES_MAX and lower not in OURS
            if lower not in self._by_lower and room:
                self._by_lower[lower] = Column(self._fit(name))
            if lower in self._by_lower:
                self.by_name[name] = self._by_lower[lower]

    def _fit(self, name: str) -> str:
        """Return a name that a column can have."""
        number = len(self._by_lower) + 1
        fit = name or f"column_{number}"
        while fit.lower() == "file_row_number" or (fit != name and fit.lower() in self._by_lower):
            fit = f"{fit}_{number}"
        return fit

    @property
    def all(self) -> list[Column]:
        """The columns."""
        return list(self._by_lower.values())

    @property
    def rewritten(self) -> frozenset[str]:
        """The names whose values must be written in another way than they were received."""
        return frozenset(
            name
            for name, column in self.by_name.items()
            if name != column.name
            or any(part.is_json or (part.spelled and not part.is_map) for part in column.parts())
        )
