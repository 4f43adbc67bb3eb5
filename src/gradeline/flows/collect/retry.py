"""Once more where PostgreSQL asks for it: a transaction that others got in the way of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import chain, repeat
from typing import TypeVar

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from gradeline.base.errors import TransactionConflict
from gradeline.flows.collect.fetch import LandedSlice

#: Who got in the way is done within moments; after so many tries it is left to the next run.
_TRIES, _FIRST_WAIT_S, _WAIT_S = 4, 0.1, 2.0

Result = TypeVar("Result")


def retry_on_conflict(landed: LandedSlice, settle: Callable[[LandedSlice], Result]) -> Result:
    """What settling a slice gives, tried a few times where its transaction came to nothing.

    Raises:
        TransactionConflict: others got in its way each time.
    """
    # What was read may have been read out by the first try: another one reads it anew.
    landings = chain([landed], repeat(replace(landed, reading=None)))
    trying = Retrying(
        retry=retry_if_exception_type(TransactionConflict),
        stop=stop_after_attempt(_TRIES),
        wait=wait_random_exponential(multiplier=_FIRST_WAIT_S, max=_WAIT_S),
        reraise=True,
    )
    return trying(lambda: settle(next(landings)))
