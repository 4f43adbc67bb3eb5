"""A principal: whom something is shown to, with a role, a scope and groups."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from gradeline.access.permissions import GRANTS, Permission, Role
from gradeline.records.course_list import plain


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which courses; without categories and courses: all of them."""

    categories: tuple[str, ...] = ()  #: all courses of these categories
    courses: tuple[str, ...] = ()  #: these courses, as `category/course`

    @property
    def is_everything(self) -> bool:
        """Whether every course belongs to it, those of tomorrow included."""
        return not self.categories and not self.courses

    def covers(self, course_id: str) -> bool:
        """Whether that course belongs to it; case, accents and spaces make no difference."""
        name = plain(course_id)
        return (
            self.is_everything
            or name in map(plain, self.courses)
            or name.partition("/")[0] in map(plain, self.categories)
        )

    def of(self, course_ids: Collection[str]) -> tuple[str, ...]:
        """Return those of the courses that belong to it, in their order."""
        return tuple(course_id for course_id in course_ids if self.covers(course_id))


@dataclass(frozen=True, kw_only=True)
class Principal:
    """Whom something is shown to."""

    role: Role
    scope: Scope = field(default_factory=Scope)
    #: ids of groups: of a curator the own ones; of others the only ones, none = all
    groups: frozenset[str] = frozenset()
    learner_id: str | None = None  #: of a learner
    login: str = ""  #: who it is, for limits and the audit; empty = nobody by name
    staff_id: int | None = None  #: of a person of the staff, who may lose these rights any day
    granted: frozenset[Permission] = frozenset()  #: what is granted beside the role

    def may(self, permission: Permission) -> bool:
        """Whether this principal has that right, by the role or beside it."""
        return permission in GRANTS[self.role] or permission in self.granted

    @property
    def sees_names(self) -> bool:
        """Whether learners' names, e-mails and ids are shown."""
        return self.may(Permission.LEARNERS)

    def sees_group(self, group_id: str, course_id: str) -> bool:
        """Whether the figures of a group in a course are shown."""
        if not self.may(Permission.GROUP_FIGURES) or not self.scope.covers(course_id):
            return False
        is_bounded = self.role is Role.CURATOR or self.groups
        return not is_bounded or group_id in self.groups

    def sees_course(self, course_id: str) -> bool:
        """Whether the figures of a whole course are shown."""
        return self.may(Permission.COURSE_FIGURES) and self.scope.covers(course_id)


#: The school itself: what the settings of the earlier systems send goes to it.
SCHOOL = Principal(role=Role.ADMIN)
