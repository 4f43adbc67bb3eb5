"""Find the courses whose numbers cannot be computed, so that the others' can."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import ibis.expr.types as ir

from gradeline.flows.failures import Failure, Failures, by_halves
from gradeline.flows.parts import Parts
from gradeline.flows.refresh.canonical import open_canonical_tables
from gradeline.flows.refresh.changes import Snapshot
from gradeline.flows.refresh.compute import prepare, start_descriptions, start_figures
from gradeline.flows.refresh.course_figures import build_course_figures
from gradeline.metrics import Terms
from gradeline.metrics.families import FAMILIES

_COURSE = "course_id"


def find_failing(
    parts: Parts, snapshot: Snapshot, terms: Terms, error: Exception
) -> tuple[Failure, ...]:
    """Return the courses, of all there are, that cannot be computed even without any other.

    Args:
        parts: the wired Gradeline.
        snapshot: what numbers can depend on.
        terms: what the numbers depend on beside facts.
        error: what came when all were computed together; raised where no course is the cause.
    """
    rounded = snapshot.round_terms(terms)
    with parts.engine.session(parts.lake.filesystem()) as session:
        canonical = open_canonical_tables(
            session, snapshot.facts, parts.lake, snapshot.links, snapshot.courses
        )
        courses = session.run(canonical["courses"].select(_COURSE))[_COURSE].to_pylist()
    if not courses:
        raise error
    compute = partial(_compute_alone, parts, snapshot, rounded)
    _, failed = by_halves(sorted(courses), compute)
    if not failed:
        raise error
    failures = Failures()
    for course_id, own_error in failed:
        failures.add(course_id, own_error, course_id=course_id)
    return failures.found


def leave_out(
    canonical: Mapping[str, ir.Table], course_ids: Collection[str]
) -> Mapping[str, ir.Table]:
    """Return the canonical tables without the rows of these courses."""
    names = sorted(course_ids)
    if not names:
        return canonical
    return {
        name: table.filter(table[_COURSE].isnull() | table[_COURSE].notin(names))
        if _COURSE in table.columns
        else table
        for name, table in canonical.items()
    }


def _compute_alone(
    parts: Parts, snapshot: Snapshot, terms: Terms, course_ids: Sequence[str]
) -> None:
    """Compute all figures of these courses as if there were no others; publish nothing."""
    with parts.engine.session(parts.lake.filesystem()) as session:
        canonical = open_canonical_tables(
            session, snapshot.facts, parts.lake, snapshot.links, snapshot.courses
        )
        own = {
            name: table.filter(table[_COURSE].isin(list(course_ids)))
            if _COURSE in table.columns
            else table
            for name, table in canonical.items()
        }
        tables = prepare(session, own, terms)
        stored = [name for name, family in FAMILIES.items() if family.stored]
        started = start_figures(session, tables, terms, snapshot.kinds, stored)
        described = start_descriptions(session, tables)
        figures = {name: table.result() for name, table in started.items()}
        descriptions = {name: table.result() for name, table in described.items()}
    build_course_figures(figures, descriptions, terms)
