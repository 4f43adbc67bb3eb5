"""Results of a build: published in one transaction, and read as reports show them."""

from gradeline.warehouse.results.builds import course_ids, course_keys, keys, learners_of, links
from gradeline.warehouse.results.course import read_course, read_unmatched
from gradeline.warehouse.results.groups import (
    list_groups,
    read_cards,
    read_group_stats,
    read_group_weeks,
    read_groups,
    read_union,
)

__all__ = [
    "course_ids",
    "course_keys",
    "keys",
    "learners_of",
    "links",
    "list_groups",
    "read_cards",
    "read_course",
    "read_group_stats",
    "read_group_weeks",
    "read_groups",
    "read_union",
    "read_unmatched",
]
