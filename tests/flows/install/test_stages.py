"""Installing by stages: nothing is dropped without a proven dump, and everything comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docs.build_schema import schema_sql
from proofs.failures.install import ROWS, BotState, state_of

from gradeline.base.errors import DiskFull, WarehouseError, WrongUse
from gradeline.flows.install.log import install_log
from gradeline.flows.install.plan import plan_install
from gradeline.flows.install.stages import STAGES, make_missing, run_stages, stages_of
from gradeline.flows.install.work import Installation
from gradeline.records.bot_tables import BOT_TABLES, BOT_VIEWS, DICTIONARY_TABLES
from gradeline.warehouse import Database, Role
from gradeline.warehouse.audit import ls
from gradeline.warehouse.connect.database import create_database
from gradeline.warehouse.dump import drop_database
from gradeline.warehouse.install import catalog
from gradeline.warehouse.install.statements import created_by, declared_statements
from gradeline.warehouse.learners.forgotten import remember_forgotten
from gradeline.warehouse.schema.views import ensure_views


def say_nothing(_line: str) -> None:
    """What an install tells, when nobody reads it."""


def installation(database: Database, home: Path, tell=say_nothing) -> Installation:
    """An install over this database."""
    return Installation(database=database, home=home, zone="UTC", login="me", tell=tell)


def fail_installing(home: Path) -> None:
    """An install that says one thing and fails."""
    with install_log(home, "UTC", say_nothing) as tell:
        tell("1.0  words: dropped\nx")
        raise DiskFull("The disk is full.")


def run(place: Installation, *numbers: str) -> list[str]:
    """Run stages one after another, each as a command of its own."""
    return [line for number in numbers for line in run_stages(place, stages_of([number]))]


@dataclass
class Cycle:
    """What was seen while the dictionary was dropped, made and restored."""

    place: Installation
    before: BotState
    schema: str
    plan: list[tuple[str, str]]
    after_plan: BotState
    dropped: BotState | None = None
    new_numbers: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def database(self) -> Database:
        """Where it happened."""
        return self.place.database


@pytest.fixture(scope="module")
def cycle(module_warehouse, tmp_path_factory) -> Iterator[Cycle]:
    """Stages 1.1, 2.1, 3.0, 4.0 and 5.0, with a word that comes in between."""
    lines: list[str] = []
    place = installation(module_warehouse, tmp_path_factory.mktemp("home"), lines.append)
    ensure_views(place.database)
    with place.database.connect() as connection:
        connection.execute(ROWS.read_bytes())
    plan = list(plan_install(place.database, place.dumps, STAGES))
    seen = Cycle(
        place=place,
        before=state_of(place.database),
        schema=schema_sql(place.database),
        plan=plan,
        after_plan=state_of(place.database),
        lines=lines,
    )
    seen.problems += run(place, "1.1")
    seen.dropped = state_of(place.database)
    seen.problems += run(place, "2.1")
    with place.database.connect() as connection:
        query = """
            insert into esp2rus_dictionary (word, translation, level) values ('x', 'y', 'Z9')
            returning word_id
        """
        seen.new_numbers += [number for (number,) in connection.execute(query)]
    seen.problems += run(place, "3.0", "4.0", "5.0")
    return seen


def rows(state: BotState | None) -> Mapping[str, int]:
    """How many rows each table has."""
    assert state is not None
    return {table: digest.rows for table, digest in state.rows.items()}


def test_a_plan_changes_nothing(cycle):
    """`--plan` names tables and rows, and leaves all as it is."""
    assert cycle.after_plan == cycle.before
    assert ("1.0", "Would drop level_updates, which has no rows.") not in cycle.plan
    assert ("3.0", "Would restore 200 rows into esp2rus_dictionary.") in cycle.plan
    assert not cycle.place.home.joinpath("backup/logs").exists()


def test_the_dictionary_is_dropped_alone(cycle):
    """Stage 1.1 drops the tables of the dictionary and no other row."""
    assert cycle.before.rows.keys() - cycle.dropped.rows.keys() == {*DICTIONARY_TABLES}
    others = {
        table: each for table, each in cycle.before.rows.items() if table in cycle.dropped.rows
    }
    assert cycle.dropped.rows == others


def test_all_rows_come_back(cycle):
    """Stage 3.0 restores each row; the one that came meanwhile is there too."""
    now = state_of(cycle.database)
    assert rows(now) == {**rows(cycle.before), "esp2rus_dictionary": 201}
    same = [table for table in BOT_TABLES if now.rows[table] == cycle.before.rows[table]]
    assert {*BOT_TABLES} - {*same} == {"esp2rus_dictionary"}


def test_what_is_made_again_is_what_migrations_made(cycle):
    """Columns, keys, rights, row security and views are those of the migrated database."""
    assert schema_sql(cycle.database) == cycle.schema


def test_no_number_is_given_twice(cycle):
    """A row that comes before the others are restored gets a number that none of them has."""
    assert cycle.new_numbers == [201]


def test_a_second_restore_adds_nothing(cycle):
    """Rows that were restored are not waiting any more."""
    before = state_of(cycle.database)
    run(cycle.place, "3.0")
    assert state_of(cycle.database) == before
    assert cycle.lines[-1] == "3.0  Nothing waits in a backup; nothing is restored."


def test_a_level_that_nobody_knows_is_a_problem(cycle):
    """Stage 4.0 names levels of words that study_level lacks."""
    words = "The level 'Z9' of esp2rus_dictionary.level is not in study_level.level_word."
    assert cycle.problems == [words]


def test_dumps_are_files_that_psql_reads(cycle):
    """Each table with rows has one by day; what is not proven is not left there."""
    names = sorted(path.name for path in cycle.place.dumps.iterdir())
    assert [re.sub(r"\d{8}", "DAY", name) for name in names] == [
        *("esp2rus_dictionary_DAY.sql", "study_level_DAY.sql", "word_category_DAY.sql"),
    ]
    assert "COPY public.esp2rus_dictionary" in (cycle.place.dumps / names[0]).read_text()


def test_drops_and_restores_are_in_the_audit(cycle):
    """Who dropped and restored which table, with the dump, is noted with it."""
    with cycle.database.connect() as connection:
        noted = [(row.login, row.action) for row in ls(connection, most=10)]
    assert noted == [("me", "restore table")] * 3 + [("me", "drop table")] * 3


def test_what_is_missing_is_made(warehouse, tmp_path):
    """A bare install makes a table, its first rows and a view that somebody dropped."""
    before = state_of(warehouse)
    with warehouse.connect(Role.OWNER) as connection:
        connection.execute("drop table level_updates; drop view client_level_view")
        connection.execute("drop table study_levels cascade")
    make_missing(installation(warehouse, tmp_path))
    assert state_of(warehouse).differs_from(before) == ""


def test_what_a_school_built_on_a_table_keeps_it(warehouse, tmp_path):
    """A view of the school's own would go with the table: nothing is dropped."""
    with warehouse.connect(Role.OWNER) as connection:
        connection.execute("create view school_words as select word from esp2rus_dictionary")
        connection.execute(
            "create policy own on runs to gradeline_app using (exists (select from word_category))"
        )
    before = state_of(warehouse)
    with pytest.raises(WarehouseError, match=r"policy own on table runs; .* view school_words\."):
        run(installation(warehouse, tmp_path), "1.1")
    assert state_of(warehouse) == before


_EARLIER = """
create schema before_gradeline;
create table before_gradeline.esp2rus_dictionary (id int, esp text, rus text, level_word text);
insert into before_gradeline.esp2rus_dictionary values
    (1, 'pan', ' хлеб ', 'A1'), (2, 'sol', 'соль', 'A1'), (3, 'luz', null, 'A2');
create table before_gradeline.client_info (telegram_id text, first_name text, language_code text);
insert into before_gradeline.client_info values ('77', 'Ana', 'es-ES'), ('?', 'x', ''), ('78', '', '');
create table before_gradeline.client_analytics (client_id int, client_rating int);
"""


def test_an_earlier_bots_words_and_clients_are_taken_over(warehouse, tmp_path):
    """Stage 3.0 takes what fits, once; it names what it leaves, and the old tables stay."""
    lines: list[str] = []
    place = installation(warehouse, tmp_path, lines.append)
    with warehouse.connect_as_login() as connection:
        connection.execute(_EARLIER)
    run(place, "3.0", "3.0")
    with warehouse.connect() as connection:
        words = connection.execute("select word, translation from esp2rus_dictionary order by 1")
        assert words.fetchall() == [("pan", "хлеб"), ("sol", "соль")]
        clients = connection.execute("select chat_id, name, language from client_info order by 1")
        assert clients.fetchall() == [(77, "Ana", "es"), (78, None, "ru")]
    assert [line.removeprefix("3.0  ") for line in lines] == [
        "Restore rows from the latest backup …",
        "esp2rus_dictionary: 2 rows taken over from before_gradeline; 1 left, as they lack a proper"
        " word or translation or level",
        "client_info: 2 rows taken over from before_gradeline; 1 left, as they lack a proper chat_id",
        "before_gradeline.client_analytics stays where it is: rating and level are computed from"
        " answers, and begin with the next one.",
        "Restore rows from the latest backup …",
        "before_gradeline.client_analytics stays where it is: rating and level are computed from"
        " answers, and begin with the next one.",
        "Nothing waits in a backup; nothing is restored.",
    ]


def test_a_bare_install_says_what_waits(cycle, warehouse, tmp_path):
    """It makes nothing where nothing is missing, and names what stage 3.0 would bring."""
    lines: list[str] = []
    with warehouse.connect_as_login() as connection:
        connection.execute(_EARLIER)
    make_missing(installation(warehouse, tmp_path, lines.append))
    make_missing(installation(cycle.database, tmp_path, lines.append))
    assert [line.partition(":")[0] for line in lines] == [
        *("before_gradeline.esp2rus_dictionary", "before_gradeline.client_info"),
    ]


def test_an_unknown_stage_is_named():
    """The message lists the stages that there are."""
    with pytest.raises(WrongUse, match=r"no stage 9\.9.* 1\.0, 1\.1, 2\.0"):
        stages_of(["9.9"])


def test_every_table_of_the_bot_is_listed():
    """A table that the bot's migration makes is dropped, kept and restored with the others."""
    assert {*created_by(88)} == {*BOT_TABLES}


def test_the_schema_is_cut_without_a_rest():
    """All statements of schema.sql are found, and each view and table of the bot among them."""
    made = {one.on for one in declared_statements() if one.text.startswith("CREATE")}
    assert {*BOT_TABLES, *BOT_VIEWS} <= made


def test_the_log_has_each_line_and_the_error(tmp_path):
    """An install that failed says so in backup/logs/install_YYYYMMDD.log, without secrets."""
    with pytest.raises(DiskFull):
        fail_installing(tmp_path)
    (path,) = (tmp_path / "backup/logs").iterdir()
    assert re.fullmatch(r"install_\d{8}\.log", path.name)
    assert re.sub(r"^\S+ ", "", path.read_text(), flags=re.M).splitlines() == [
        "1.0  words: dropped\\nx",
        "Failed: The disk is full.",
    ]


@pytest.mark.slow
def test_all_stages_leave_everything_as_it_was(warehouse, tmp_path):
    """Rows, tables and views are equal after all stages, twice; both backups of the day exist."""
    with warehouse.connect() as connection:
        connection.execute(ROWS.read_bytes())
    ensure_views(warehouse)
    before, schema = state_of(warehouse), schema_sql(warehouse)
    place = installation(warehouse, tmp_path)
    assert [run_stages(place, STAGES), run_stages(place, STAGES)] == [[], []]
    assert state_of(warehouse).differs_from(before) == ""
    assert schema_sql(warehouse) == schema
    assert {"client_info_latest.sql", "dictionary_latest.sql"} <= {
        path.name for path in place.dumps.iterdir()
    }


@pytest.mark.slow
def test_the_backup_of_the_day_fills_a_new_database(warehouse, template, tmp_path):
    """On another server, stage 3.0 restores words and clients from the two files alone."""
    with warehouse.connect() as connection:
        connection.execute(ROWS.read_bytes())
    place = installation(warehouse, tmp_path)
    assert run(place, "7.0") == []
    other = warehouse.sibling(f"{warehouse.name}_other")
    create_database(template.login, other.name, like=template.name)
    try:
        run(installation(other, tmp_path), "3.0", "3.0")
        before, now = state_of(warehouse), state_of(other)
        differing = [table for table in BOT_TABLES if before.rows[table] != now.rows[table]]
        assert differing == ["study_levels"]  # it has rows from the start, which stay
    finally:
        drop_database(other)


@pytest.mark.slow
def test_a_forgotten_client_stays_forgotten(warehouse, tmp_path):
    """Rows of a client who was erased after the backup are not restored."""
    with warehouse.connect() as connection:
        connection.execute(ROWS.read_bytes())
    place = installation(warehouse, tmp_path)
    run(place, "1.0", "2.0", "2.1")
    with warehouse.connect() as connection:
        remember_forgotten(connection, [("vocabulary", "1")])
    run(place, "3.0")
    with warehouse.connect() as connection:
        query = "select client_id from client_info union select client_id from client_activity_log"
        clients = {client for (client,) in connection.execute(query)}
    assert 1 not in clients
    assert len(clients) == 35


@pytest.mark.slow
def test_a_column_of_the_schools_own_keeps_its_table(warehouse, tmp_path):
    """What would not be made again is named, and nothing is dropped."""
    with warehouse.connect(Role.OWNER) as connection:
        connection.execute("alter table word_category add column colour text")
    with warehouse.connect() as connection:
        connection.execute("insert into word_category (name, colour) values ('food', 'red')")
    with pytest.raises(WarehouseError, match="word_category: column colour"):
        run(installation(warehouse, tmp_path), "1.1")
    with warehouse.connect() as connection:
        assert catalog.count_rows(connection, "word_category") == 1


@pytest.mark.slow
def test_a_backup_that_was_changed_is_not_restored(warehouse, tmp_path):
    """Its SHA-256 is noted where the table was dropped."""
    with warehouse.connect() as connection:
        connection.execute("insert into word_category (name) values ('food')")
    place = installation(warehouse, tmp_path)
    run(place, "1.1", "2.1")
    (path,) = place.dumps.glob("word_category_*.sql")
    path.write_text(path.read_text().replace("food", "fool"))
    with pytest.raises(WarehouseError, match="was changed"):
        run(place, "3.0")
    with warehouse.connect() as connection:
        assert catalog.count_rows(connection, "study_level") == 0
