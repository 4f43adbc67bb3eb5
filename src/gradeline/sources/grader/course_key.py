"""The course that an attempt at the grader names.

A `lis_result_sourcedid` is `{course key}:{host}-{block}:{user}`. The key
`course-v1:SkillFactory+DST-3.0+28FEB2021` becomes the course `SkillFactory/DST-3.0+28FEB2021`:
its organisation is the category. An older key `SkillFactory/DST/28FEB` becomes the course
`SkillFactory/DST+28FEB`. The block is the item. An attempt that names none has neither.
"""

from __future__ import annotations

import re

#: Signs that genuine edX writes as URLs do.
QUOTED = (("%3A", ":"), ("%2B", "+"), ("%2F", "/"), ("%40", "@"))
_PART = "[^:/+[:space:]]+"
_TAIL = "[^:]+-([0-9a-f]{32}):[^:]*$"
#: A course key of today and one of before, each with organisation, the rest, and the block.
TODAY = f"^course-v1:({_PART})[+]({_PART}([+]{_PART})?):{_TAIL}"
BEFORE = f"^({_PART})/({_PART})/({_PART}):{_TAIL}"
_FORMS = tuple(re.compile(each.replace("[:space:]", r"\s")) for each in (TODAY, BEFORE))


def course_of(sourced_id: str | None) -> str | None:
    """Return the course id `category/course` that a sourced id names; None if it names none."""
    text = sourced_id or ""
    for quoted, sign in QUOTED:
        text = text.replace(quoted, sign)
    today, before = (form.match(text) for form in _FORMS)
    if today is not None:
        return f"{today[1]}/{today[2]}"
    return f"{before[1]}/{before[2]}+{before[3]}" if before is not None else None
