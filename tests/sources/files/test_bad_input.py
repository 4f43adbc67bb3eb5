"""Input that cannot be read as a whole ends with one clear message, and leaves nothing behind."""

import errno
import unicodedata

import duckdb
import pytest

from gradeline.base.errors import InputBroken, InputMissing, MappingBroken, WrongSetting
from gradeline.sources.files.datasets import parse_datasets
from gradeline.sources.files.source import open_files
from gradeline.sources.source import PlanRequest
from gradeline.sources.tabular.views import parquet_error

from .conftest import read_all

CSV = "learner_id,item_id,kind,score,at\n7,task-1,answer,0.5,2024-03-01\n"
MISTAKES = {
    "SELECT _file, _line,, learner_id FROM attempts": 'attempts.sql, line 1: syntax error at or near ","',
    "SELECT _file,\n  _line,\n  nosuch(kind) AS kind\nFROM attempts": "attempts.sql, line 3: Scalar Function with name nosuch does not exist",
    "SELECT 1; SELECT 2 FROM attempts": "attempts.sql holds 2 statements",
    "DROP TABLE attempts": "attempts.sql: Only SELECT statements can be serialized to json",
    "SELECT 1 AS _file": "attempts.sql does not say which file its rows come from",
    "SELECT * FROM range(3)": "attempts.sql does not say which file its rows come from",
    "SELECT _file, _line, learner_id, kind FROM attempts": "attempts.sql does not give at.",
    "SELECT *, 1 AS mark FROM attempts": "attempts.sql gives mark, which attempts does not have.",
    'SELECT _file, _line, learner_id, kind, CAST(item_id AS INTEGER)::VARCHAR AS item_id, "at" FROM attempts': "attempts.sql, line 1: Could not convert string 'task-1' to INT32",
}


@pytest.mark.parametrize(("sql", "words"), MISTAKES.items(), ids=MISTAKES.values())
def test_a_mistake_in_the_sql_is_named_with_its_place(school, sql, words):
    """The message says which file, which line and what DuckDB has against it."""
    school.mapping["attempts"] = sql
    school.put("attempts.csv", CSV)
    with pytest.raises(MappingBroken) as caught:
        school.read()
    assert str(caught.value).startswith(words)
    assert not (school.home / "facts.parquet").exists()


BARE = {
    "SELECT _file, _line, learner_id, kind, at FROM attempts": "at",
    "SELECT _file, _line, learner_id, kind,\n  at\nFROM attempts": "at",
    "SELECT _file, _line, learner_id, kind, at AS at FROM attempts": "at",
    "SELECT _file, _line, learner_id, kind, strptime(at, '%d') AS at FROM attempts": "at",
    "SELECT *, AT::DATE AS day FROM attempts ORDER BY kind": "AT",
    "SELECT _file, _line, group AS kind FROM attempts": "group",
}


@pytest.mark.parametrize(("sql", "word"), BARE.items(), ids=BARE)
def test_a_column_that_is_a_word_of_sql_is_to_be_quoted(school, sql, word):
    """DuckDB reads `at` as its keyword; the message says how to write the column."""
    school.mapping["attempts"] = sql
    school.put("attempts.csv", CSV)
    with pytest.raises(MappingBroken) as caught:
        school.read()
    assert f"`{word}` is a word of SQL: as a column, write it in double quotes" in str(caught.value)


def test_other_mistakes_of_syntax_are_not_put_down_to_at(school):
    """`at` as a name, behind its table or in AT TIME ZONE is right without quotes."""
    school.mapping["attempts"] = (
        "SELECT _file,, a.at AT TIME ZONE 'UTC' AS at, 'at' AS kind -- at\nFROM attempts AS a"
    )
    school.put("attempts.csv", CSV)
    with pytest.raises(MappingBroken, match="Fix the SQL and run again"):
        school.read()


def test_a_function_that_refuses_a_value_is_a_mistake_of_the_sql(school):
    """`strptime` with another format names the mapping and the value, and calls no file cut."""
    school.mapping["attempts"] = (
        "SELECT _file, _line, learner_id, 'answer' AS kind, strptime(day, '%d.%m.%Y') AS \"at\" "
        "FROM attempts"
    )
    school.put("attempts.csv", "learner_id,day\n1,18.01.2024\n2,2024-01-18\n")
    with pytest.raises(MappingBroken, match=r'attempts.sql: .*"2024-01-18"'):
        school.read()


@pytest.mark.parametrize("spelled", ["Оценки", "оценки"])
def test_a_file_with_capitals_of_any_script_is_a_view_of_its_name(school, spelled):
    """SQL names it as the file is called, or in lower case; two files of one name are two slices."""
    sql = school.mapping["attempts"].replace("attempts", f'"{spelled}"')
    school.mapping["attempts"] = sql.replace("item_id, kind, score", "'answer' AS kind")
    for folder, learner in (("a", "1"), ("b", "2")):
        school.put(f"{folder}/Оценки.csv", f"learner_id,at\n{learner},2024-01-18\n")
    found = read_all(school.source(), school.home)
    assert [read.facts["learner_id"].to_pylist() for read in found] == [["1"], ["2"]]


def test_sql_reads_nothing_but_the_folder_of_data(school):
    """What the ledger does not know of cannot be part of the facts."""
    secret = school.home.parent / f"{school.home.name}-secret.csv"
    secret.write_text("a\n1\n")
    school.mapping["attempts"] += f" JOIN read_csv('{secret}') AS other ON true"
    school.put("attempts.csv", CSV)
    with pytest.raises(MappingBroken, match=r"attempts\.sql, line 1: Cannot access file"):
        school.read()


def test_a_changed_header_names_file_column_and_what_there_is(school):
    """A column that the mapping needs and the file lost is named beside those it has."""
    school.put("attempts.csv", CSV.replace("score", "points"))
    with pytest.raises(InputBroken, match=r"attempts.sql, line 1 reads a column 'score'") as caught:
        school.read()
    assert "attempts.csv has learner_id, item_id, kind, points, at, _file, _line" in str(
        caught.value
    )


@pytest.mark.parametrize(
    "name", ["attempts.csv", "attempts.parquet", "attempts.xlsx", "attempts.ndjson"]
)
def test_an_empty_file_is_named(school, name):
    """A file of no bytes is a broken copy, whatever it should have been."""
    school.put(name, b"")
    with pytest.raises(InputBroken, match=rf"{name} is empty"):
        school.read()


def test_a_csv_of_blank_lines_is_empty(school):
    """Not even a header: no table."""
    school.put("attempts.csv", "\n\n\n")
    with pytest.raises(InputBroken, match=r"attempts.csv is empty"):
        school.read()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_parquet_file_cut_short_is_named(school, oulad, share):
    """A Parquet file ends with its table of contents: cut, it has none."""
    whole = (oulad / "parquet" / "studentAssessment.parquet").read_bytes()
    school.put("attempts.parquet", whole[: int(len(whole) * share)])
    with pytest.raises(InputBroken, match=r"attempts.parquet cannot be read as Parquet"):
        school.read()


def test_a_parquet_file_with_rotten_pages_is_named(school, oulad):
    """Damage inside is found while reading, and leaves no facts."""
    whole = bytearray((oulad / "parquet" / "studentAssessment.parquet").read_bytes())
    whole[1000:300_000] = bytes(299_000)
    school.mapping["attempts"] = (
        "SELECT _file, _line, id_student AS learner_id, 'run' AS kind, DATE '2020-01-01' AS at FROM attempts"
    )
    school.put("attempts.parquet", bytes(whole))
    with pytest.raises(InputBroken, match=r"attempts.parquet cannot be read as Parquet"):
        school.read()
    assert not (school.home / "facts.parquet").exists()


def test_a_table_that_is_not_there_names_file_and_setting(school):
    """The mapping says what it needs, the message where to put it."""
    with pytest.raises(
        InputMissing, match=r"attempts.sql reads attempts, which is not in .*FILES_DATASETS"
    ):
        school.source().plan(PlanRequest())


def test_one_table_in_two_formats_is_refused(school):
    """Which of two files is meant is not for us to guess."""
    school.put("attempts.csv", CSV)
    school.put("more/attempts.tsv", CSV)
    with pytest.raises(
        InputBroken, match=r"attempts\.csv and more/attempts\.tsv would both be the table"
    ):
        school.source().plan(PlanRequest())


def test_a_query_for_no_canonical_table_is_refused(school):
    """A mapping file is named after the table it gives."""
    school.mapping["marks"] = "SELECT 1 FROM attempts"
    with pytest.raises(MappingBroken, match=r"marks\.sql names no canonical table"):
        school.source().plan(PlanRequest())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("oulad", "has a part that cannot be read: 'oulad'"),
        ("a b=builtin:oulad@builtin:aaa", "cannot be read"),
        ("a:b=builtin:oulad@builtin:aaa", "'a:b' cannot name a dataset"),
        ("../x=builtin:oulad@builtin:aaa", "'../x' cannot name a dataset"),
        (f"{'x' * 101}=builtin:oulad@builtin:aaa", "cannot name a dataset"),
        ("x.=builtin:oulad@builtin:aaa", "'x.' cannot name a dataset"),
        ("a=builtin:oulad@builtin:aaa;a=builtin:oulad@builtin:aaa", "names the dataset 'a' twice"),
        ("a=builtin:../x@builtin:aaa", "names 'builtin:../x', which does not exist"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(text, words):
    """FILES_DATASETS is named, with the form it has."""
    with pytest.raises(WrongSetting) as caught:
        parse_datasets(text)
    assert words in str(caught.value)
    assert "FILES_DATASETS" in str(caught.value)


@pytest.mark.parametrize("name", ["школа", "e\u0301cole", "स्कूल", "2024.spring", "CON", "a-b_"])
def test_a_dataset_is_named_in_any_script(name):
    """Letters of any script, digits, dots, hyphens and underscores name a dataset."""
    (dataset,) = parse_datasets(f"{name}=builtin:oulad@builtin:aaa")
    assert dataset.name == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize("text", ["a=builtin:oulad@nowhere", "a=nowhere@builtin:aaa"])
def test_a_folder_that_is_not_there_stops_only_its_source(tmp_path, text):
    """The source opens; reading it fails with the names of the folder and of the setting."""
    (dataset,) = parse_datasets(text, home=tmp_path)
    source = open_files(dataset)
    with pytest.raises(InputMissing, match=r"nowhere that FILES_DATASETS names does not exist"):
        source.plan(PlanRequest())


@pytest.mark.parametrize("at", ["@", "@@"])
def test_a_folder_with_an_at_in_its_name_can_be_named(tmp_path, at):
    """It is understood where it exists, and always where the @ is written twice."""
    folder = tmp_path / "ada@school"
    for name in ("mapping@1", "data"):
        (folder / name).mkdir(parents=True)
    written = f"{tmp_path}/ada{at}school"
    (dataset,) = parse_datasets(f"x={written}/mapping{at}1@{written}/data")
    assert (dataset.mapping, dataset.data) == (folder / "mapping@1", folder / "data")


def test_a_folder_with_an_at_that_is_not_there_is_named_whole(tmp_path):
    """Written with @@, the message names it as it is called."""
    (dataset,) = parse_datasets("x=builtin:oulad@ada@@school", home=tmp_path)
    with pytest.raises(InputMissing, match="ada@school that FILES_DATASETS names does not exist"):
        open_files(dataset).plan(PlanRequest())


def test_what_does_not_ship_is_a_wrong_setting(tmp_path):
    """A mistyped `builtin:` name is refused with the names there are."""
    with pytest.raises(WrongSetting, match=r"'builtin:x', which does not exist. Use builtin:"):
        parse_datasets("a=builtin:x@builtin:aaa", home=tmp_path)


def test_what_ships_can_be_opened():
    """The demo's dataset is a setting like any other."""
    (dataset,) = parse_datasets("oulad=builtin:oulad@builtin:aaa")
    assert open_files(dataset).name == "files:oulad"


@pytest.mark.parametrize(
    "met",
    [
        OSError(errno.EMFILE, "Too many open files"),
        duckdb.IOException('IO Error: Cannot open file "a.parquet": Too many open files'),
        OSError("Cannot read a.parquet. Detail: [errno 5] Input/output error"),
    ],
)
def test_what_the_system_refuses_is_no_fault_of_the_file(met):
    """A whole file that cannot be opened now is not called cut: the system's error is told."""
    told = parquet_error("a.parquet", met)
    assert (type(told), told.filename) == (OSError, "a.parquet")
