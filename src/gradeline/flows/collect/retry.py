"""Retry a transaction that PostgreSQL undid because others got in its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, repeat
from typing import TypeVar

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from gradeline.base.errors import TransactionConflict
from gradeline.flows.collect.fetch import LandedSlice

#: Others are done within moments; after so many tries the slice is left to the next run.
_TRIES, _FIRST_WAIT_S, _WAIT_S = 4, 0.1, 2.0

Result = TypeVar("Result")


def retry_on_conflict(landed: LandedSlice, settle: Callable[[LandedSlice], Result]) -> Result:
    """Call `settle`, a few times where PostgreSQL undid its transaction, and return its result.

    Raises:
        TransactionConflict: others got in its way each time.
    """
    # The first try may have read the reading's records to their end: another one reads again.
    tries = chain([landed], repeat(replace(landed, reading=None)))
    trying = Retrying(
        retry=retry_if_exception_type(TransactionConflict),
        stop=stop_after_attempt(_TRIES),
        wait=wait_random_exponential(multiplier=_FIRST_WAIT_S, max=_WAIT_S),
        reraise=True,
    )
    return trying(lambda: settle(next(tries)))
