"""Values with their 95 % intervals as column expressions, rounded half-even to 9 decimals.

Sums come in as whole numbers (scores in millionths, durations in milliseconds), so no order
of adding changes them; each figure is divided once, at the end.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from gradeline.records.measures import Z

DECIMALS = 9

Columns = dict[str, ir.Value]


@ibis.udf.scalar.builtin(name="round_even", signature=(("float64", "int32"), "float64"))
def _round_even(value, decimals):  # type: ignore[no-untyped-def]
    """Half-even rounding; every engine must provide a function of this name."""


def rounded(value: ir.FloatingValue) -> ir.FloatingValue:
    """Round half-even to 9 decimals."""
    # Adding zero makes the −0 that noise can leave a 0.
    result: ir.FloatingValue = _round_even(value, DECIMALS) + 0.0
    return result


def count(name: str, value: ir.IntegerValue) -> Columns:
    """Return the columns of a count: `name` (float64) and `name_n` (int64); it has no interval."""
    return {name: value.cast("float64"), f"{name}_n": value}


def rate(name: str, numerator: ir.IntegerValue, n: ir.IntegerValue) -> Columns:
    """Return the columns of a rate with its Wilson interval, from n = 1; null without observations.

    Returns:
        `name`, `name_low`, `name_high`: float64, 0–1. `name_n`, `name_numerator`: int64.
    """
    hits, size = numerator.cast("float64"), n.nullif(0).cast("float64")
    # The textbook's form times n: (k + z²/2 ± z·√(k·(n − k)/n + z²/4)) ÷ (n + z²).
    spread = (hits * (size - hits) / size + Z * Z / 4).sqrt() * Z
    return {
        name: rounded(hits / size),
        f"{name}_n": n,
        f"{name}_low": rounded((hits + Z * Z / 2 - spread) / (size + Z * Z)),
        f"{name}_high": rounded((hits + Z * Z / 2 + spread) / (size + Z * Z)),
        f"{name}_numerator": numerator,
    }


def mean(
    name: str,
    sums: tuple[ir.IntegerValue, ir.DecimalValue],
    n: ir.IntegerValue,
    *,
    unit: float,
    top: float | None,
) -> Columns:
    """Return the columns of a mean with its interval ± z·s/√n, from n = 2, cut to 0 … `top`.

    Args:
        name: the name of the column of the mean.
        sums: the sum and the sum of squares of whole numbers.
        n: how many numbers were added up.
        unit: how many of the whole numbers make one of the value shown: 10,000 where scores in
            millionths are shown in percent.
        top: the largest possible value; None = no limit.

    Returns:
        `name`, `name_low`, `name_high`: float64. `name_n`: int64. `name_sum`, `name_sum_squares`.
    """
    total, squares = sums
    amount, size = total.cast("float64"), n.nullif(0).cast("float64")
    # n·Σx² − (Σx)² in whole numbers: doubles would lose it where values are nearly equal.
    # Its root ÷ n ÷ √(n − 1) is s/√n.
    whole = total.cast("decimal(38, 0)")
    spread = (n.cast("decimal(38, 0)") * squares - whole * whole).cast("float64")
    half = spread.sqrt() / (size * ibis.ifelse(n >= 2, size - 1, None).sqrt()) * Z
    return {
        name: rounded(amount / size / unit),
        f"{name}_n": n,
        f"{name}_low": rounded(((amount / size - half) / unit).clip(lower=0.0)),
        f"{name}_high": rounded(_cut((amount / size + half) / unit, top)),
        f"{name}_sum": total,
        f"{name}_sum_squares": squares,
    }


def sum_squares(
    value: ir.IntegerColumn, *, where: ir.BooleanValue | None = None
) -> ir.DecimalScalar:
    """Sum the squares of whole numbers, wide enough for any count of them."""
    return (value * value).sum(where=where).cast("decimal(38, 0)")


def _cut(value: ir.FloatingValue, top: float | None) -> ir.FloatingValue:
    return value if top is None else value.clip(upper=top)
