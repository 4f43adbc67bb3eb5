"""Results of a build: published in one transaction, and read as reports show them."""

from gradeline.warehouse.results.builds import (
    SCHOOL,
    Build,
    StagedRows,
    course_ids,
    course_keys,
    keys,
    learners_of,
    links,
    publish,
    read_course,
    stage,
)

__all__ = [
    "SCHOOL",
    "Build",
    "StagedRows",
    "course_ids",
    "course_keys",
    "keys",
    "learners_of",
    "links",
    "publish",
    "read_course",
    "stage",
]
