"""Results of a build: published whole, read back as reports show them."""

from gradeline.warehouse.results.builds import (
    SCHOOL,
    Build,
    Sent,
    course_ids,
    course_keys,
    keys,
    learners_of,
    links,
    publish,
    read_course,
    send,
)

__all__ = [
    "SCHOOL",
    "Build",
    "Sent",
    "course_ids",
    "course_keys",
    "keys",
    "learners_of",
    "links",
    "publish",
    "read_course",
    "send",
]
