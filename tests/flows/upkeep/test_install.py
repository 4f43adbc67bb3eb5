"""The canonical views are made once, and again where one is missing or its query has changed."""

from gradeline.flows.upkeep.install import install
from gradeline.records.tables import CANONICAL
from gradeline.warehouse import Database, Role


def marks(database: Database) -> dict[str, str]:
    """What is written beside each view of a canonical table."""
    with database.connect() as connection:
        found = connection.execute(
            "select relname, obj_description(oid, 'pg_class') from pg_class where relkind = 'v'"
        ).fetchall()
    return {name: mark for name, mark in found if name in CANONICAL}


def spoil(database: Database, statement: str) -> None:
    """Do something to a view."""
    with database.connect(Role.OWNER) as connection:
        connection.execute(statement)


def test_views_that_are_there_are_left_alone(warehouse: Database) -> None:
    """The second time nothing is made."""
    assert install(warehouse) == len(CANONICAL) - 1  # learner_links is a table
    assert install(warehouse) == 0


def test_a_view_that_went_is_made_again(warehouse: Database) -> None:
    """One view is missing, so that one is made."""
    install(warehouse)
    before = marks(warehouse)
    spoil(warehouse, "drop view plan")
    assert install(warehouse) == 1
    assert marks(warehouse) == before


def test_a_view_with_another_query_is_made_again(warehouse: Database) -> None:
    """Neither a query that this code does not give stays, nor its mark."""
    install(warehouse)
    before = marks(warehouse)
    spoil(warehouse, "comment on view plan is 'A plan. [0123456789abcdef 0123456789abcdef]'")
    assert install(warehouse) == 1
    assert marks(warehouse) == before


def test_other_code_that_means_the_same_changes_only_the_mark(warehouse: Database) -> None:
    """The views stay as they are where an older version compiled the same queries."""
    install(warehouse)
    before = marks(warehouse)
    for name, mark in before.items():
        older = mark.rpartition(" ")[0] + " 0123456789abcdef]"
        spoil(warehouse, f"comment on view {name} is '{older.replace(chr(39), chr(39) * 2)}'")
    assert install(warehouse) == 0
    assert marks(warehouse) == before
