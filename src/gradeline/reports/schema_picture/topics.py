"""Topics: which tables stand together in the picture."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gradeline.records.bot_tables import BOT_TABLES

OTHER = "other"

#: topic → its tables, as a pattern of whole names; the first that fits counts. A table that fits
#: none is among the others.
_PATTERNS: Mapping[str, str] = {
    "bot": "|".join((*BOT_TABLES, r"bot_\w+")),
    "collecting": r"slices|quarantine|runs|learner_links|forgotten\w*|forgetting",
    "sources": r"(grader|learnworlds|planification|groups|posted|vocabulary)_\w+",
    "files": r"files_\w+",
    "events": r"(appmetrica|tmp)_\w+|events_part|\w+_user_properties|technical_data"
    r"|user_locations|mobile_devices|transform_reports",
    "results": r"builds|documents|leaderboards|materialized_stats|progress_summary|unmatched_rows"
    r"|kpi_history|daily_statistics|graded_\w+|group_\w+|reader_\w+|course_\w+",
    "people": r"staff|staff_groups|contacts|audit"
    r"|api_tokens|sign_in_links|signing_keys|(\w+_)?sessions",
    "deliveries": r"recipients|messages|deliveries|report_exports|exports_generated|file_link\w*",
    "jobs": r"procrastinate_\w+|schedules|ticks|job_counts|schema_migrations|backup\w*",
}
TOPICS = (*_PATTERNS, OTHER)


def topic_of(table: str) -> str:
    """Return the topic of a table."""
    fitting = (topic for topic, names in _PATTERNS.items() if re.fullmatch(names, table))
    return next(fitting, OTHER)
