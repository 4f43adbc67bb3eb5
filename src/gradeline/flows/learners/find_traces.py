"""Find all that is kept of a learner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradeline.base.errors import WrongUse
from gradeline.flows.learners.erase_slice import SliceErasure, erase_from_slice
from gradeline.flows.learners.identity import Person, find_person
from gradeline.flows.parts import Parts
from gradeline.flows.run import Progress
from gradeline.records.tables import LEARNER_LINKS
from gradeline.warehouse import Connection
from gradeline.warehouse.learners import forgotten, links
from gradeline.warehouse.slices import ledger, quarantine
from gradeline.warehouse.slices.entry import Entry
from gradeline.warehouse.vocabulary.erasing import clients_known_as


@dataclass(frozen=True, kw_only=True)
class Traces:
    """All that is kept of a person."""

    person: Person
    slices: tuple[SliceErasure, ...] = ()  #: slices whose objects have to change
    quarantined: tuple[quarantine.WholeRecord, ...] = ()  #: rejected records that name them
    courses: frozenset[str] = frozenset()  #: courses whose documents name them
    clients: tuple[int, ...] = ()  #: who they are to the vocabulary bot

    @property
    def rows(self) -> int:
        """Return how many rows of facts are about them."""
        return sum(erasure.rows for erasure in self.slices)

    @property
    def lost(self) -> tuple[SliceErasure, ...]:
        """Return the slices whose raw bytes cannot be rewritten, so that all of them go."""
        return tuple(erasure for erasure in self.slices if erasure.raws_lost)


def find_traces(parts: Parts, learner: str, progress: Progress, *, write: bool = False) -> Traces:
    """Find all that is kept of a learner.

    Args:
        parts: the wired Gradeline.
        learner: the id that all sources share, or `source:id`.
        progress: shows how far the search is.
        write: put the objects without the learner into the lake, beside the old ones.

    Raises:
        WrongUse: no learner of that id is known.
    """
    person = find_person(parts, learner)
    with parts.database.connect() as connection:
        entries = _slices_to_search(connection, person)
        rejected = tuple(_rejected_records(connection, person))
        courses = forgotten.courses_of(connection, person.aliases)
        linked = bool(links.ls(connection, learner_id=person.learner_id))
        clients = clients_known_as(connection, person.aliases)
    erasures = []
    with progress("looking through slices") as watch:
        for number, entry in enumerate(entries, start=1):
            erasures.append(erase_from_slice(entry, person, parts, write=write))
            watch(number, len(entries), entry.slice)
    changed = tuple(erasure for erasure in erasures if erasure.changed)
    named = any(erasure.rows or erasure.records for erasure in changed)
    if not (named or rejected or courses or linked or clients or person.emails):
        raise WrongUse(
            f"No learner is called {learner}.",
            hint="Give the id that reports show, or source:id, such as files:school:11391.",
        )
    return Traces(
        person=person, slices=changed, quarantined=rejected, courses=courses, clients=clients
    )


def _slices_to_search(connection: Connection, person: Person) -> Sequence[Entry]:
    """Return the slices of the person's sources, and those of links from any source."""
    return [
        entry
        for entry in ledger.read_entries(connection)
        if (entry.slice.source in person.sources or entry.slice.stream == LEARNER_LINKS.name)
        and (entry.raw_keys or entry.loaded_raw_keys or entry.fact_key)
    ]


def _rejected_records(connection: Connection, person: Person) -> Iterator[quarantine.WholeRecord]:
    """Yield rejected records that may name the person; of other sources those that surely do."""
    for record in quarantine.read_all(connection):
        if record.source in person.sources:
            if person.known_to(record.source, "").may_be_in(record.searchable):
                yield record
        elif person.anywhere.is_named_in(record.searchable.decode("utf-8", "replace")):
            yield record
