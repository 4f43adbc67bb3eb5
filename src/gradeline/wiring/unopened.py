"""A source that could not be opened: it stands for itself in a run, and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from gradeline.base.errors import GradelineError, SourceError, WrongSetting
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import Stream
from gradeline.sources.source import Plan, PlanRequest, Reading, Source

_log = logging.getLogger(__name__)


def open_apart(name: str, open_sources: Callable[[], Iterable[Source]]) -> Iterator[Source]:
    """Open sources; where that fails, yield one of that name which says why when it is read.

    Raises:
        WrongSetting: a setting is wrong, which a person corrects before anything is read.
    """
    try:
        yield from open_sources()
    except WrongSetting:
        raise
    except GradelineError as error:
        yield UnopenedSource(name, SourceError(error.what, hint=error.hint))
    except Exception as error:  # noqa: BLE001 - logged, and listed by the run
        _log.exception("%s cannot be opened", name)
        problem = f"An unexpected error, {type(error).__name__}: {error}."
        hint = "The other sources go on. The log has the details; please report them."
        yield UnopenedSource(name, SourceError(problem, hint=hint))


class UnopenedSource:
    """Has no slices and no streams: whoever asks for them gets the reason."""

    lists_all = False
    parallel = 1
    reads_ahead = False

    def __init__(self, name: str, reason: SourceError) -> None:
        self.name = name
        self._reason = reason

    @property
    def streams(self) -> Mapping[str, Stream]:
        """Raise the reason."""
        raise self._reason

    def plan(self, request: PlanRequest) -> Plan:  # noqa: ARG002 - part of the protocol
        """Raise the reason."""
        raise self._reason

    def read(
        self,
        planned: PlannedSlice,  # noqa: ARG002 - part of the protocol, as the next two
        raws: Sequence[Path],  # noqa: ARG002
        facts: Path,  # noqa: ARG002
    ) -> Reading:
        """Raise the reason."""
        raise self._reason

    def stop(self) -> None:
        """Do nothing: no request is under way."""
