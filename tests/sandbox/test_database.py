"""The school's own database: a real PostgreSQL that a reader may read, and what happens to it."""

from collections.abc import Iterator

import psycopg
import pytest

from gradeline.sandbox.database import SchoolDatabase, running_database


@pytest.fixture(scope="module")
def there(school) -> Iterator[SchoolDatabase]:
    """The database, running."""
    with running_database(school) as database:
        yield database


@pytest.fixture
def ask(there):
    """Asks it one question as the reader."""

    def ask(question):
        with psycopg.connect(there.url) as connection:
            return connection.execute(question).fetchall()

    return ask


def test_it_holds_lesson_activity_with_gaps(ask, there):
    """Ids rise, some values are null, and the late rows are not there yet."""
    ((count, last, scores, emails),) = ask(
        "SELECT count(*), max(id), count(score), count(email) FROM lesson_activity"
    )
    assert count == last == len([row for row in there.rows if not row.late]) > 1500
    assert 0 < scores < emails < count


def test_late_rows_have_new_ids_and_old_days(ask, there):
    """They come in behind all others, and tell of days before."""
    before = ask("SELECT max(id), max(happened_at) FROM lesson_activity")[0]
    added = there.add_late()
    late = ask(f"SELECT count(*), min(happened_at) FROM lesson_activity WHERE id > {before[0]}")[0]
    assert late[0] == added > 20
    assert late[1] < before[1]


def test_rows_are_mended_in_place(ask, there):
    """The same ids, a new `updated_at`."""
    before = ask("SELECT count(*), max(updated_at) FROM lesson_activity")[0]
    there.correct_scores()
    ((updated,),) = ask(f"SELECT count(*) FROM lesson_activity WHERE updated_at > '{before[1]}'")
    assert ask("SELECT count(*) FROM lesson_activity")[0][0] == before[0]
    assert 5 < updated < 30


def test_a_column_may_change_its_name(ask, there):
    """`score` becomes `points`, and `score` again."""
    there.rename()
    assert ask("SELECT count(points) FROM lesson_activity")
    there.rename(back=True)
    assert ask("SELECT count(score) FROM lesson_activity")


def test_a_reader_changes_nothing(ask):
    """PostgreSQL itself refuses it."""
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask("DELETE FROM lesson_activity")
