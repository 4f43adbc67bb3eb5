"""A principal as a row keeps it, for what is done later in their name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gradeline.access.permissions import Permission, Role
from gradeline.access.principals import Principal, Scope


def to_stored(principal: Principal) -> dict[str, object]:
    """Return what a principal may see as JSON values."""
    return {
        "role": principal.role.value,
        "categories": list(principal.scope.categories),
        "courses": list(principal.scope.courses),
        "groups": sorted(principal.groups),
        "learner_id": principal.learner_id,
        "login": principal.login,
        "staff_id": principal.staff_id,
        "granted": sorted(one.value for one in principal.granted),
    }


def from_stored(stored: Mapping[str, Any]) -> Principal:
    """Return the principal of a row that `to_stored` made."""
    return Principal(
        role=Role(stored["role"]),
        scope=Scope(categories=tuple(stored["categories"]), courses=tuple(stored["courses"])),
        groups=frozenset(stored["groups"]),
        learner_id=stored["learner_id"],
        login=stored["login"],
        staff_id=stored["staff_id"],
        granted=frozenset(map(Permission, stored["granted"])),
    )
