"""Read how far a learner of the vocabulary bot is, as whoever asks may see it."""

from __future__ import annotations

from psycopg.rows import class_row

from gradeline.records.vocabulary_standing import VocabularyStanding
from gradeline.warehouse.connect.database import Connection
from gradeline.warehouse.sql import query


def read_standing(connection: Connection, learner_id: str) -> VocabularyStanding | None:
    """Read what the quizzes of a learner tell; None = there are none, or they may not be seen."""
    cursor = connection.cursor(row_factory=class_row(VocabularyStanding))
    values = {"learner_id": learner_id}
    return cursor.execute(query("vocabulary_levels", "standing"), values).fetchone()
