"""Which groups get documents of their own: those that somebody looks after or gets."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from gradeline.access.permissions import Role
from gradeline.flows.staff import groups_of, principal_of_recipient
from gradeline.records.recipients import What
from gradeline.warehouse import Connection, results, staff
from gradeline.warehouse.deliveries import recipients
from gradeline.warehouse.results.documents import Place


def find_groups(
    connection: Connection, course_ids: Collection[str], today: date, *, all_of_them: bool
) -> dict[Place, str]:
    """Return the groups of these courses that documents are written for: their names by place.

    Args:
        connection: reads results, staff and recipients.
        course_ids: the courses.
        today: the school day, which decides who teaches what.
        all_of_them: whether nobody needs to look after a group, or to get its report.
    """
    asked = set(course_ids)
    known = {
        (course_id, group_id): name
        for course_id, group_id, name in results.list_groups(connection)
        if course_id in asked
    }
    if all_of_them or not known:
        return known
    members = staff.ls(connection)
    looked_after = {one for member in members for one in groups_of(connection, member, today)}
    getting = [
        principal_of_recipient(connection, one, today)
        for one in recipients.ls(connection)
        if one.what is What.GROUP_REPORT and one.role != Role.CURATOR
    ]
    return {
        (course_id, group_id): name
        for (course_id, group_id), name in known.items()
        if group_id in looked_after
        or any(principal.sees_group(group_id, course_id) for principal in getting)
    }
