"""Principals: a role, a scope and groups say what is shown."""

import pytest

from gradeline.access.permissions import GRANTS, Permission, Role
from gradeline.access.principals import Principal, Scope

MATHS = Scope(courses=("maths/2024",))
PRINCIPALS = {
    "admin": Principal(role=Role.ADMIN),
    "admin of maths": Principal(role=Role.ADMIN, scope=MATHS),
    "curator": Principal(role=Role.CURATOR, groups=frozenset({"groups:A"})),
    "reader": Principal(role=Role.READER),
    "learner": Principal(role=Role.LEARNER, learner_id="grader:7"),
}
#: Who → sees names, the course art/1, group A in art/1, group B in art/1, group A in maths/2024.
SEEN = {
    "admin": (True, True, True, True, True),
    "admin of maths": (True, False, False, False, True),
    "curator": (True, False, True, False, True),
    "reader": (False, True, True, True, True),
    "learner": (False, False, False, False, False),
}


@pytest.mark.parametrize("who", PRINCIPALS)
def test_each_principal_sees_what_the_table_says(who):
    """A curator sees own groups and no whole course; a reader sees figures, and no name."""
    principal = PRINCIPALS[who]
    assert SEEN[who] == (
        principal.sees_names,
        principal.sees_course("art/1"),
        principal.sees_group("groups:A", "art/1"),
        principal.sees_group("groups:B", "art/1"),
        principal.sees_group("groups:A", "maths/2024"),
    )


def test_every_role_has_its_grants_and_every_permission_somebody():
    """No role is forgotten in the policy, and nothing is granted to nobody."""
    assert set(GRANTS) == set(Role)
    assert frozenset().union(*GRANTS.values()) == set(Permission)
