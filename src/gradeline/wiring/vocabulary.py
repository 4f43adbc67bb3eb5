"""From the tables of the vocabulary bot to the source of its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from gradeline.base.errors import SourceError
from gradeline.records.bot_answers import BOT_ANSWERS
from gradeline.records.bot_tables import BOT_TABLES
from gradeline.settings import Settings
from gradeline.sources.source import Source
from gradeline.sources.vocabulary.source import SchoolTerms, VocabularySource
from gradeline.warehouse import Connection, Database
from gradeline.warehouse.install.notes import pending_drops
from gradeline.warehouse.slices import ledger
from gradeline.warehouse.vocabulary import answers


def wire_vocabulary(settings: Settings, database: Database) -> Mapping[str, Source]:
    """The bot's answers, as a source by name; empty where nobody ever answered anything."""
    with database.connect() as connection:
        known = ledger.read_entries(connection, source=BOT_ANSWERS)
        if not known and not (answers.are_there(connection) and answers.any_answers(connection)):
            return {}
    # A school without a bot does without these words.
    from gradeline.base.languages import language, message  # brings Babel

    words = language(settings.gradeline_lang)
    title = message("Vocabulary, level {level}")
    terms = SchoolTerms(
        timezone=settings.school_timezone, title=lambda level: words.say(title, level=level)
    )
    return {BOT_ANSWERS: VocabularySource(_OwnTables(database), terms)}


class _OwnTables:
    """The tables of the bot in our own database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def answer_days(self) -> Mapping[str, str]:
        """Return each day of UTC with answers, or that had some, and a digest of all it holds.

        Raises:
            SourceError: an installation is under way, so that tables are not whole.
        """
        with self._database.connect() as connection:
            _refuse_dropped(connection)
            entries = ledger.read_entries(connection, source=BOT_ANSWERS)
            emptied = {one.slice.window: "" for one in entries if one.starts_at is not None}
            return emptied | dict(answers.answer_days(connection))

    def learners_digest(self) -> str:
        """Return a digest of all learners who answered; empty = there are none."""
        with self._database.connect() as connection:
            return answers.learners_digest(connection) or ""

    def read(self, stream: str, window: str) -> Iterator[str]:
        """Yield the records of a stream and window as JSON.

        Raises:
            SourceError: as `answer_days` says.
        """
        with self._database.connect() as connection:
            _refuse_dropped(connection)
            if stream == "answers":
                yield from answers.answers_of(connection, date.fromisoformat(window))
            else:
                yield from answers.learners(connection)


def _refuse_dropped(connection: Connection) -> None:
    """Refuse to read tables whose rows wait in a backup: their answers are not gone.

    Raises:
        SourceError: they do.
    """
    waiting = any(one.rows for one in pending_drops(connection, BOT_TABLES))
    if waiting or not answers.are_there(connection):
        raise SourceError(
            "The tables of the vocabulary bot are not whole: rows wait in a backup.",
            hint="Run `gradeline install` to its end, then run again.",
        )
