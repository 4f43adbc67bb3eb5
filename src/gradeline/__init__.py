"""Gradeline: learning data in, answers out."""

from __future__ import annotations

from gradeline.base.version import __version__ as __version__

# `python -m gradeline` reads this file before it leaves the working folder, where a `typing.py`
# may lie.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gradeline.entrypoints.storage_client import StorageClient as StorageClient


def __getattr__(name: str) -> Any:
    """Return `StorageClient`, importing it at its first use: `import gradeline` stays light."""
    if name == "StorageClient":
        from gradeline.entrypoints.storage_client import StorageClient  # brings the lake

        return StorageClient
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
