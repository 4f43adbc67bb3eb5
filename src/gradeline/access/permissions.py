"""Permissions: what each role may do, the whole policy in one table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from gradeline.records.recipients import What


class Role(StrEnum):
    """What a person is to the school."""

    ADMIN = "admin"  #: everything, names included
    CURATOR = "curator"  #: own groups with the names of their learners
    READER = "reader"  #: figures without names, small cells hidden
    LEARNER = "learner"  #: oneself
    GUEST = "guest"  #: signed in, with no role at the school: what was granted by name alone


class Permission(StrEnum):
    """Something that a principal may see or do."""

    SCHOOL_FIGURES = "school-figures"  #: figures of the whole school, how runs end
    COURSE_FIGURES = "course-figures"  #: figures of whole courses in the principal's scope
    GROUP_FIGURES = "group-figures"  #: figures of groups; of own ones where one has groups
    LEARNERS = "learners"  #: names, e-mails, ids and answers of the learners among these figures
    OWN_FIGURES = "own-figures"  #: the principal's own figures as a learner
    READ_WAREHOUSE = "read-warehouse"  #: tables, exports and files of the warehouse routes
    WRITE_WAREHOUSE = "write-warehouse"  #: writing through these routes
    OPERATE = "operate"  #: how the school's installation does: runs, jobs, deliveries, audit


#: Role → what it may see and do. There is no other place that says so.
GRANTS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMIN: frozenset(Permission) - {Permission.OWN_FIGURES},
        Role.CURATOR: frozenset({Permission.GROUP_FIGURES, Permission.LEARNERS}),
        Role.READER: frozenset(
            {
                Permission.SCHOOL_FIGURES,
                Permission.COURSE_FIGURES,
                Permission.GROUP_FIGURES,
            }
        ),
        Role.LEARNER: frozenset({Permission.OWN_FIGURES}),
        Role.GUEST: frozenset(),
    }
)

#: What is sent to people → what they must be permitted to see.
NEEDED: Mapping[What, Permission] = MappingProxyType(
    {
        What.COURSE_REPORT: Permission.COURSE_FIGURES,
        What.GROUP_REPORT: Permission.GROUP_FIGURES,
        What.DAILY_FIGURES: Permission.SCHOOL_FIGURES,
        What.RUN_RESULT: Permission.SCHOOL_FIGURES,
        What.ALERT: Permission.SCHOOL_FIGURES,
    }
)


def sent_to(role: Role) -> tuple[What, ...]:
    """Return what may be sent to people of a role."""
    return tuple(what for what, needed in NEEDED.items() if needed in GRANTS[role])
