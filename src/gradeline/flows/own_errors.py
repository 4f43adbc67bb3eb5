"""Keep what goes wrong in one source, or one slice, from ending the others."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from gradeline.base.errors import GradelineError, SourceError

_log = logging.getLogger(__name__)


@contextmanager
def own_errors(name: str) -> Iterator[None]:
    """Turn an unexpected error in the block into an error of that source or slice alone.

    Errors of our own tree, and of the operating system, pass: they say themselves what they end.

    Raises:
        SourceError: an unexpected error came; the log has its stack.
    """
    try:
        yield
    except (GradelineError, OSError):
        raise
    except Exception as error:
        _log.exception("an unexpected error in %s", name)
        raise SourceError(
            f"An unexpected error, {type(error).__name__}: {error}.",
            hint="The rest goes on. The log has the details; please report them.",
        ) from error
