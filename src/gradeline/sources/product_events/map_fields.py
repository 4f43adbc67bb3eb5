"""The one reading of field_mappings.yaml: which values of an event may fill which column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gradeline.sources.product_events.field_mappings import FieldMappings, PropertyPath

#: Column of an answer → the attribute of AnswerFields that names its property.
_ANSWER = {
    "item_id": "item",
    "correct": "correct",
    "score": "score",
    "duration_s": "duration_s",
    "hints": "hints",
    "response": "response",
}
#: Columns that only events of certain types fill, those that are answers.
ANSWER_COLUMNS = tuple(_ANSWER)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A value that may fill a column: the first candidate that is not empty does."""

    path: PropertyPath
    event_type: str | None = None  #: it counts in events of this type alone; None = in all


def candidates_of(mappings: FieldMappings) -> Mapping[str, tuple[Candidate, ...]]:
    """Return the candidates of each mapped column (schema MAPPED), first ones first."""
    by_path = {"ehr_id": mappings.ehr_id, "email": mappings.email, "course_id": mappings.course}
    columns = {
        column: tuple(Candidate(path=path) for path in paths) for column, paths in by_path.items()
    }
    for column, attribute in _ANSWER.items():
        columns[column] = tuple(
            Candidate(
                path=PropertyPath(name=name, holder="event_properties"), event_type=event_type
            )
            for event_type, fields in mappings.answers.items()
            if (name := getattr(fields, attribute)) is not None
        )
    return columns
