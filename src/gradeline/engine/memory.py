"""Memory that is free goes back to the operating system."""

from __future__ import annotations

import ctypes
import gc
import sys

import pyarrow as pa


def release_memory() -> None:
    """Return free memory to the OS; otherwise 70 MB of Arrow's and 20 MB of others' stay.

    Expressions and their SQL are in reference cycles, so garbage is collected first.
    """
    gc.collect()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # Alpine's C library has none
        if trim is not None:
            trim(0)
