"""What can be wrong with one of AppMetrica's events."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

_LAST_SECOND = 253_402_300_799  # of the year 9999
_GREATEST_ID = "18446744073709551615"  # 2^64 - 1


def judged(rows: ir.Table, day: str) -> ir.Table:
    """The rows with what is wrong with each, if anything is."""
    wall = rows.event_receive_datetime
    faults: list[tuple[ir.BooleanValue, ir.StringValue | str]] = [
        (rows.event_name.isnull(), "missing: event_name is required"),
        *(_no_instant(rows[name], name) for name in ("event_timestamp", "event_receive_timestamp")),
        (
            ~_is_id(rows.appmetrica_device_id).fill_null(True),
            _told(
                "bad_id",
                rows.appmetrica_device_id,
                "appmetrica_device_id is not an unsigned 64-bit number",
            ),
        ),
        (
            (wall.re_search("^[0-9]{4}-") & ~wall.startswith(day)).fill_null(False),
            _told("outside_window", wall, "event_receive_datetime is of another day"),
        ),
    ]
    return rows.mutate(fault=ibis.cases(*faults, else_=ibis.null("string")))


def _no_instant(column: ir.StringValue, name: str) -> tuple[ir.BooleanValue, ir.StringValue]:
    seconds = column.re_search("^[0-9]{1,12}$").ifelse(column, None).try_cast("int64")
    wrong = (seconds <= _LAST_SECOND).fill_null(False)
    return ~wrong, _told("bad_instant", column, f"{name} is not a number of seconds since 1970")


def _is_id(column: ir.StringValue) -> ir.BooleanValue:
    known: ir.BooleanValue = column.re_search("^[0-9]{1,20}$") & (
        column.lpad(20, "0") <= _GREATEST_ID
    )
    return known


def _told(code: str, column: ir.StringValue, words: str) -> ir.StringValue:
    value: ir.StringValue = column.fill_null("").substr(0, 100)
    return ibis.literal(f"{code}: {words}: '").concat(value, "'")
