"""What a run did, in the few figures that people are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
    problems: tuple[str, ...]  #: what a person must see to, one sentence each

    @property
    def failed(self) -> bool:
        """Whether something is to be fixed."""
        return bool(self.problems)
