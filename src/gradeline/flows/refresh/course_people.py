"""What lists of learners say about the people of each course, in one digest a course."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from gradeline.engine import Session
from gradeline.flows.refresh.changes import LearnerLists, digest
from gradeline.sources.canonical import sha256

#: Tables that name the people of a course.
_NAMING = ("memberships", "attempts", "events")
_WHO = ["course_id", "learner_id"]


def start_course_people(
    session: Session,
    canonical: Mapping[str, ir.Table],
    course_ids: Collection[str],
    lists: LearnerLists,
) -> Sequence[Future[pa.Table]]:
    """Start to find what lists of learners say about whom each course names.

    Args:
        session: where it is computed.
        canonical: the canonical tables; of these it reads the facts of the chosen courses.
        course_ids: the chosen courses.
        lists: the lists; where there are none, nothing is read.
    """
    if not lists.sources or not course_ids:
        return ()
    return [session.start(_course_people(canonical, course_ids, lists))]


def _course_people(
    canonical: Mapping[str, ir.Table], course_ids: Collection[str], lists: LearnerLists
) -> ir.Table:
    """Find what lists of learners say about whom each course names.

    Returns:
        A row of each of these courses that names anybody. course_id: str. people: str, digests of
        the rows of lists (id, source, name, email); "" where there are none. unlisted: bool,
        whether somebody with an id of a source with a list is on none.
    """
    chosen = sorted(course_ids)
    named = [canonical[name].select(*_WHO) for name in _NAMING]
    seen = [rows.filter(rows.course_id.isin(chosen)).distinct() for rows in named]
    people = ibis.union(*seen, distinct=True)
    learners = canonical["learners"]
    learners = learners.filter(learners.source.isin(sorted(lists.sources)))
    columns = [learners[name] for name in ("learner_id", "source", "name", "email")]
    row = reduce(lambda text, column: text.concat(_sized(column)), columns, ibis.literal(""))
    rows = learners.select(listed_id="learner_id", row=sha256(row))
    listed = people.left_join(rows, people.learner_id == rows.listed_id)
    own = [listed.learner_id.startswith(f"{source}:") for source in sorted(lists.sources)]
    return listed.group_by("course_id").agg(
        people=listed.row.group_concat(sep="", order_by=listed.row).fill_null(""),
        unlisted=(listed.listed_id.isnull() & reduce(or_, own)).any(),
    )


def _sized(column: ir.Value) -> ir.StringValue:
    """Return a text with its length, so that no two rows are one text; null has no length."""
    return column.length().cast("string").concat(":", column, ";").fill_null(";")


def digest_people(
    started: Iterable[Future[pa.Table]], course_ids: Collection[str], lists: LearnerLists
) -> Mapping[str, str]:
    """Return course id → digest of all that its numbers and documents take from the lists.

    Ids that are on no list are compared with all that are, to find what may have been meant. Where
    a course has one, every list as a whole counts.

    Args:
        started: what `start_course_people` started.
        course_ids: the courses it was asked for.
        lists: the lists.
    """
    found = (row for table in started for row in table.result().to_pylist())
    rows = {row["course_id"]: row for row in found}
    nobody = {"people": "", "unlisted": False}
    return {
        course_id: digest(row["people"], lists.key if row["unlisted"] else "")
        for course_id in course_ids
        for row in [rows.get(course_id, nobody)]
    }
