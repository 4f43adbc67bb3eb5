"""What holds of a whole column of flags; an unknown one says nothing."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc


def all_true(flags: pa.Array) -> bool:
    """Whether no flag is False."""
    return pc.all(flags, min_count=0).as_py() is not False


def any_true(flags: pa.Array) -> bool:
    """Whether a flag is True."""
    return pc.any(flags, min_count=0).as_py() is True
