"""Terms: what numbers depend on besides the facts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from gradeline.base.clock import school_day

#: Raised when a definition changes, so that all stored numbers are computed again.
DEFINITIONS = 4


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What numbers depend on besides the facts; equal terms and facts give equal numbers."""

    as_of: datetime  #: facts later than this instant do not exist
    timezone: str = "UTC"  #: SCHOOL_TIMEZONE, decides which school day an instant is on
    pass_mark: float | Decimal = 40  #: percent; makes `correct` where only a score is known
    grade_zero_threshold: float | Decimal = 0  #: percent; a grade up to it is not completed work
    time_max_minutes: float | Decimal = 60  #: a longer duration is cut to it
    ignored_users: tuple[str, ...] = ()  #: ids or emails of excluded people
    #: days of a course, counted back from its today, of which graded attempts are published
    detail_days: int = 400

    @property
    def today(self) -> date:
        """The school day of as-of."""
        return school_day(self.as_of, self.timezone)

    def of_day(self) -> Terms:
        """Return the same terms for every as-of of one school day."""
        midnight = datetime.combine(self.today, time(), ZoneInfo(self.timezone))
        return replace(self, as_of=midnight.astimezone(UTC))

    def to_day_end(self) -> Terms:
        """Return the terms at the end of the day; numbers are equal if no fact is later."""
        after = datetime.combine(self.today + timedelta(days=1), time(), ZoneInfo(self.timezone))
        return replace(self, as_of=after.astimezone(UTC) - timedelta.resolution)

    @property
    def pass_score(self) -> int:
        """The pass mark as a score in millionths."""
        return _millionths_of_percent(self.pass_mark)

    @property
    def zero_score(self) -> int:
        """The largest score in millionths that does not count as completed."""
        return _millionths_of_percent(self.grade_zero_threshold)

    @property
    def longest_ms(self) -> int:
        """The longest duration that counts, in milliseconds."""
        return int(Decimal(str(self.time_max_minutes)) * 60_000)

    def settings(self) -> dict[str, str]:
        """Return the settings that a report prints, by their names; without as-of."""
        return {
            "PASS_MARK": _plain(self.pass_mark),
            "GRADE_ZERO_THRESHOLD": _plain(self.grade_zero_threshold),
            "TIME_MAX_THRESHOLD_MINUTES": _plain(self.time_max_minutes),
            "SCHOOL_TIMEZONE": self.timezone,
            "IGNORED_USERS": str(len(self.ignored_users)),
        }

    def key(self) -> str:
        """Return a digest of all but as-of; another one means other numbers from the same facts."""
        parts = [(field.name, self._canonical(field.name)) for field in fields(self)]
        return hashlib.sha256(repr((DEFINITIONS, parts)).encode()).hexdigest()

    def _canonical(self, name: str) -> object:
        value = getattr(self, name)
        if name == "as_of":
            return None
        if name == "ignored_users":
            return sorted({user.strip().lower() for user in value})
        return value if isinstance(value, str) else _plain(value)


def _millionths_of_percent(percent: float | Decimal) -> int:
    # Thresholds are divided, scores never multiplied. Scores have six decimals, so further ones
    # of a threshold can be cut: no score is between.
    return int(Decimal(str(percent)) / 100 * 1_000_000)


def _plain(number: float | Decimal) -> str:
    return f"{Decimal(str(number)).normalize():f}"
