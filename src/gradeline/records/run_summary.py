"""What a run did, in the few figures that people are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class RunProblem:
    """Something that a person must see to."""

    what: str  #: what did not go well, e.g. `a/1 failed`; names no learner
    reason: str  #: why, and what to do; may quote what a file says
    course_id: str = ""  #: whose numbers or documents it is about; empty = no single course's

    def __str__(self) -> str:
        """Return the sentence for those who may know all of it."""
        return f"{self.what}: {self.reason}" if self.what else self.reason


@dataclass(frozen=True, kw_only=True)
class RunSummary:
    """One run, as messages tell of it."""

    run_id: str
    started_at: datetime
    ended_at: datetime
    stored: int  #: records stored
    quarantined: int  #: records that went to quarantine
    recalculated: tuple[str, ...]  #: ids of the courses whose numbers changed
    documents: int  #: documents written
    problems: tuple[RunProblem, ...]  #: what a person must see to

    @property
    def failed(self) -> bool:
        """Whether something is to be fixed."""
        return bool(self.problems)
