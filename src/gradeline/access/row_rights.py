"""A principal as row security is told of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection

from gradeline.access.permissions import Permission
from gradeline.access.principals import Principal


def row_rights(
    principal: Principal, known_courses: Callable[[], Collection[str]]
) -> dict[str, str]:
    """Return what `show_only` sets, so that rows of a principal alone are seen.

    Args:
        principal: whoever asks.
        known_courses: returns the ids of all courses; asked where a scope names some of them.
    """
    scope = principal.scope
    courses = "" if scope.is_everything else json.dumps(sorted(scope.of(known_courses())))
    return {
        "role": principal.role.value,
        "groups": json.dumps(sorted(principal.groups)),
        "learner": principal.learner_id or "",
        "courses": courses,
        "login": principal.login,
        "warehouse": _warehouse(principal),
    }


def _warehouse(principal: Principal) -> str:
    """Return what the principal may do to the tables of product events."""
    if principal.may(Permission.WRITE_WAREHOUSE):
        return "write"
    return "read" if principal.may(Permission.READ_WAREHOUSE) else ""
