"""The check of a mapping's rows against the canonical schema, as SQL made from its declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from gradeline.records.responses import cut_response_sql
from gradeline.records.tables import CANONICAL, INSTANT
from gradeline.sources.sql import literal, quoted
from gradeline.sources.tabular.streams import content_schema

#: Longest text taken, in bytes; properties may be longer, for they are a document.
TEXT_MAX = 4096
PROPERTIES_MAX = 1_048_576
#: Stands for a row that repeats an earlier one, where other numbers are of failed checks.
DUPLICATE = -1
_SESSION_ZONE = "current_setting('TimeZone')"


@dataclass(frozen=True, kw_only=True)
class RowCheck:
    """One check of a row."""

    code: str  #: short, stable, e.g. `bad_number`
    column: str  #: the canonical column it is about
    message: str  #: what is wrong; `{}` stands for the value
    fails_when: str  #: SQL over the typed columns, true for a row that fails
    #: SQL over counts, minima and maxima of whole columns, true where no row fails
    never_fails: str = "false"


def sql_type(kind: pa.DataType) -> str:
    """DuckDB's name of an Arrow type that a canonical column has."""
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision},{kind.scale})"
    names = {
        pa.string(): "VARCHAR",
        pa.bool_(): "BOOLEAN",
        pa.int32(): "INTEGER",
        pa.int64(): "BIGINT",
        pa.date32(): "DATE",
        INSTANT: "TIMESTAMP WITH TIME ZONE",
    }
    return names[kind]


#: The column of what a learner answered, of which the beginning is kept.
_RESPONSE = "response"


def typed_columns(table: str, given: Mapping[str, str]) -> tuple[list[str], list[RowCheck]]:
    """Return the select list that casts a mapping's columns, and checks for lost values.

    Args:
        table: the canonical table.
        given: column → DuckDB type, as the mapping gives them; beside a column `x` it may give
            `_x`, what the file holds, given where `x` could not be made of it.
    """
    select: list[str] = []
    checks: list[RowCheck] = []
    for field in content_schema(table):
        target = sql_type(field.type)
        if field.name not in given:
            select.append(f"NULL::{target} AS {quoted(field.name)}")
            continue
        kind = given[field.name]
        if kind.startswith("ENUM("):
            # The texts of a lookup: left as the numbers that stand for them.
            if target == "VARCHAR" and field.name != _RESPONSE:
                select.append(quoted(field.name))
                continue
            kind = "VARCHAR"
        value = cast_to(field.name, kind, target)
        kept = cut_response_sql(value) if field.name == _RESPONSE else value
        select.append(f"{kept} AS {quoted(field.name)}")
        original = as_given(field.name) if as_given(field.name) in given else None
        flag = _flag(field.name, kind, target, value, original)
        if flag is not None:
            select.append(flag[0])
            checks.append(flag[1])
    return select, checks


def cast_to(name: str, given: str, target: str) -> str:
    """Return SQL that turns a column into its canonical type, null where that cannot be done."""
    column = quoted(name)
    if given == "JSON":  # a text among JSON values is what is between its quotes
        is_text = f"json_type({column}) = 'VARCHAR'"
        column = f"CASE WHEN {is_text} THEN {column}->>'$' ELSE {column}::VARCHAR END"
        column, given = f"({column})", "VARCHAR"
    if given == target and target != "VARCHAR":
        return column
    cast = _cast(column, given, target)
    if given in ("DOUBLE", "FLOAT"):
        # Statistics of a file leave NaN out: where all other numbers are equal, DuckDB concludes
        # from them that each can be cast, and would miss the one that cannot.
        return f"CASE WHEN isfinite({column}) THEN {cast} END"
    return cast


def _cast(column: str, given: str, target: str) -> str:
    text = f"nullif(trim({column}), '')" if given == "VARCHAR" else column
    if target.startswith("TIMESTAMP") and given in ("DATE", "TIMESTAMP"):
        return _instant(column)
    fractional = given in ("DOUBLE", "FLOAT") or given.startswith("DECIMAL")
    if target == "VARCHAR":
        if fractional:
            whole = f"CASE WHEN {column} = trunc({column}) THEN TRY_CAST({column} AS HUGEINT) END"
            return f"coalesce(({whole})::VARCHAR, {column}::VARCHAR)"
        return f"nullif({column}, '')" if given == "VARCHAR" else f"TRY_CAST({column} AS VARCHAR)"
    if given == "VARCHAR" and target.startswith(("DECIMAL", "INTEGER", "BIGINT")):
        # DuckDB reads a figure with an underscore: 0_1, a slip of 0.1, would be 1.
        text = f"CASE WHEN NOT contains({column}, '_') THEN {text} END"
    if target in ("INTEGER", "BIGINT") and (fractional or given == "VARCHAR"):
        number = column if fractional else f"TRY_CAST({text} AS DOUBLE)"
        return f"CASE WHEN {number} = trunc({number}) THEN TRY_CAST({text} AS {target}) END"
    return f"TRY_CAST({text} AS {target})"


def _instant(column: str) -> str:
    """Return SQL for the instant of a day or wall time in the session's zone.

    DuckDB asks its calendar for every row, which takes longer than all else in reading clicks;
    in UTC, where no clock is ever put back, the number is the same.
    """
    asked = f"TRY_CAST({column} AS TIMESTAMP WITH TIME ZONE)"
    same = f"make_timestamptz(epoch_us(TRY_CAST({column} AS TIMESTAMP)))"
    utc = f"{_SESSION_ZONE} = 'UTC'"
    return f"CASE WHEN {utc} THEN coalesce({same}, {asked}) ELSE {asked} END"


def as_given(name: str) -> str:
    """The column in which a mapping may say what the file holds where it makes `name` of it."""
    return f"_{name}"


def _flag(
    name: str, given: str, target: str, value: str, original: str | None
) -> tuple[str, RowCheck] | None:
    """Return a column that says whether a value was there and casting lost it, with its fault."""
    if original is None and (given == target or target == "VARCHAR"):
        return None
    column = quoted(name)
    there = f"nullif(trim({column}), '')" if given == "VARCHAR" else column
    if original is not None:
        there = f"nullif(trim({quoted(original)}::VARCHAR), '')"
    lost = f"({value} IS NULL AND {there} IS NOT NULL)"
    if target.startswith("TIMESTAMP") and given == "VARCHAR":
        lost = f"({lost} OR {_skipped_text(there, value)})"
    elif target.startswith("TIMESTAMP") and is_wall_time(given):
        lost = f"({lost} OR {_skipped_time(column, value)})"
    code, message = {
        "DATE": ("bad_day", "is not a day: {}"),
        "BOOLEAN": ("bad_flag", "is neither true nor false: {}"),
        "TIMESTAMP WITH TIME ZONE": ("bad_instant", "is not a valid local time: {}"),
    }.get(target, ("bad_number", "is not a number that fits: {}"))
    flag = quoted(f"_lost_{name}")
    return f"{lost} AS {flag}", RowCheck(code=code, column=name, message=message, fails_when=flag)


def is_wall_time(kind: str) -> bool:
    """Whether a DuckDB type is a day and a time without zone, of any precision."""
    return kind.startswith("TIMESTAMP") and not kind.endswith("WITH TIME ZONE")


def _skipped_text(text: str, value: str) -> str:
    """Whether a text is a wall time without offset that no clock shows, as `_skipped` says.

    The zone is the session's, which is the school's, or the one that the text names.
    """
    zone = f"nullif(regexp_extract({text}, '[A-Za-z_]+/[A-Za-z_/]+$'), '')"
    wall = f"TRY_CAST(regexp_replace({text}, '\\s*[A-Za-z_]+/[A-Za-z_/]+$', '') AS TIMESTAMP)"
    offset = f"regexp_matches({text}, '([Zz]|[+-]\\d\\d(:?\\d\\d)?|UTC)$')"
    clocked = f"regexp_matches({text}, '\\d:\\d\\d')"
    skipped = _skipped(wall, value, f"coalesce({zone}, {_SESSION_ZONE})")
    return f"coalesce({clocked} AND NOT {offset} AND {skipped}, false)"


def _skipped_time(column: str, value: str) -> str:
    """Whether a wall time of a typed column is none that the school's clock shows."""
    skipped = _skipped(f"TRY_CAST({column} AS TIMESTAMP)", value, _SESSION_ZONE)
    return f"coalesce({_SESSION_ZONE} <> 'UTC' AND {skipped}, false)"


def _skipped(wall: str, value: str, zone: str) -> str:
    """Whether a wall time fell into the hour that a clock skips in spring.

    Such a time moves when it is turned into an instant and back. Midnight is no such time: it
    stands for its day, which begins later where the clock skips midnight.
    """
    return f"(timezone({zone}, {value}) <> {wall} AND {wall}::TIME <> TIME '00:00:00')"


def row_checks(table: str, given: Mapping[str, str], known: Mapping[str, str]) -> list[RowCheck]:
    """Return the checks of a typed row: of its values and of what it points at.

    Args:
        table: the canonical table.
        given: column → DuckDB type, as the mapping gives them.
        known: column → name of a table of one column with the values it may point at.
    """
    canonical = CANONICAL[table]
    choices = dict(canonical.choices)
    checks: list[RowCheck] = []
    for field in content_schema(table):
        column = quoted(field.name)
        if not field.nullable:
            never_fails = f"count({column}) = count(*)"
            checks.append(
                _check("missing", field.name, "is required", f"{column} IS NULL", never_fails)
            )
        if field.name not in given:
            continue
        checks += _value_checks(field.name, field.type)
        if field.name in choices:
            listed = ", ".join(map(literal, choices[field.name]))
            message = f"is none of {', '.join(choices[field.name])}: {{}}"
            checks.append(_check("bad_choice", field.name, message, f"{column} NOT IN ({listed})"))
        if field.name in known:
            one = field.name.removesuffix("_id")
            missing = f"{column} IS NOT NULL AND {column} NOT IN (FROM {known[field.name]})"
            checks.append(
                _check(f"unknown_{one}", field.name, f"is not a known {one}: {{}}", missing)
            )
    if {"starts_on", "ends_on"} <= set(given):
        message = "is before starts_on: {}"
        checks.append(_check("ends_before_start", "ends_on", message, '"ends_on" < "starts_on"'))
    return checks


def _check(
    code: str, column: str, message: str, fails_when: str, never_fails: str = "false"
) -> RowCheck:
    return RowCheck(
        code=code, column=column, message=message, fails_when=fails_when, never_fails=never_fails
    )


#: A text without a year becomes a day of 1900 by `strptime`, so no day of 1900 is possible; the
#: latest of them is over everywhere on the second of January.
_DAYS = "is not between 1901 and 2199: {}"
#: What a value of a type may not be: code, words, SQL where `#` is the column, and SQL that says
#: from the column's ends that it is nowhere so.
_TYPE_RULES = {
    pa.date32(): (
        "impossible_day",
        _DAYS,
        "# NOT BETWEEN DATE '1901-01-01' AND DATE '2199-12-31'",
        "min(#) >= DATE '1901-01-01' AND max(#) <= DATE '2199-12-31'",
    ),
    INSTANT: (
        "impossible_day",
        _DAYS,
        "# < TIMESTAMPTZ '1901-01-02 00:00:00+00' OR # >= TIMESTAMPTZ '2200-01-01 00:00:00+00'",
        "min(#) >= TIMESTAMPTZ '1901-01-02 00:00:00+00' "
        "AND max(#) < TIMESTAMPTZ '2200-01-01 00:00:00+00'",
    ),
}
_UNIT = "min(#) >= 0 AND max(#) <= 1"
#: What a column of a name may not be.
_NAME_RULES = {
    "score": ("out_of_range", "is not from 0 to 1: {}", "# NOT BETWEEN 0 AND 1", _UNIT),
    "count": ("out_of_range", "is not above 0: {}", "# <= 0", "min(#) > 0"),
    **dict.fromkeys(
        ("max_score", "weight", "hints", "duration_s"),
        ("out_of_range", "is below 0: {}", "# < 0", "min(#) >= 0"),
    ),
}


def _value_checks(name: str, kind: pa.DataType) -> list[RowCheck]:
    rules = [rule for rule in (_TYPE_RULES.get(kind), _NAME_RULES.get(name)) if rule is not None]
    if kind == pa.string():
        longest = PROPERTIES_MAX if name == "properties" else TEXT_MAX
        rules.append(("bad_text", "holds a NUL", "contains(#, chr(0))", "false"))
        rules.append(
            ("too_long", f"is longer than {longest} bytes", f"strlen(#) > {longest}", "false")
        )
    return [
        _check(
            code,
            name,
            message,
            *(sql.replace("#", quoted(name)) for sql in (fails_when, never_fails)),
        )
        for code, message, fails_when, never_fails in rules
    ]


def first_failed_check(checks: Sequence[RowCheck]) -> str:
    """Return SQL for the number of the first check that a row fails, from 1; 0 if it passes all."""
    if not checks:
        return "0"
    cases = " ".join(f"WHEN {check.fails_when} THEN {n}" for n, check in enumerate(checks, start=1))
    return f"CASE {cases} ELSE 0 END"
