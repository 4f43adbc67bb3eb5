"""Arrow set up to use little memory."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

import pyarrow as pa


def set_up_arrow() -> None:
    """Make Arrow return freed memory and not import pandas; a second call changes nothing."""
    # Arrow's own allocators keep freed memory: 80 MB more at the peak of reading events.
    pa.set_memory_pool(pa.system_memory_pool())
    # At its first Python value Arrow imports pandas, in case the value is one of pandas' own.
    # None is, and pandas takes 33 MB and half a second of every command.
    finder = _WithoutPandas()
    sys.meta_path.insert(0, finder)
    try:
        pa.array(())
    finally:
        sys.meta_path.remove(finder)


class _WithoutPandas(MetaPathFinder):
    """Acts as if pandas were not installed."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - part of the protocol
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> None:
        """Refuse pandas; leave any other module to the other finders."""
        if fullname == "pandas":
            raise ModuleNotFoundError(f"{fullname} is not used", name=fullname)
