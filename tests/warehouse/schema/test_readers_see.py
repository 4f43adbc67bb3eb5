"""What readers see is written down: a table of secrets, or of staff, is not made by accident."""

from __future__ import annotations

from pathlib import Path

from gradeline.warehouse import Database

LIST = Path(__file__).with_name("readers_see.txt")

#: Tables of which a role gets rows: it may select, and no policy or its absence says otherwise.
SEEN = """
select c.relname
from pg_class as c
where c.relkind in ('r', 'p', 'm') and c.relnamespace = 'public'::regnamespace
  and has_table_privilege('gradeline_reader', c.oid, 'SELECT')
  and (not c.relrowsecurity or exists (
      select from pg_policy as p
      where p.polrelid = c.oid and p.polcmd in ('r', '*')
        and 'gradeline_reader'::regrole = any(p.polroles)
  ))
order by c.relname collate "C"
"""


def test_readers_see_just_the_tables_on_the_list(warehouse: Database) -> None:
    """A new table is added to `readers_see.txt`, or its migration drops the policy `readers`."""
    with warehouse.connect_as_login() as connection:
        seen = [name for (name,) in connection.execute(SEEN.encode()).fetchall()]
    assert seen == LIST.read_text(encoding="utf-8").split()
