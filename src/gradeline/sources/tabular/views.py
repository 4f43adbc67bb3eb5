"""Open data files as DuckDB views with `_file` and `_line`."""

from __future__ import annotations

import errno
import json
import os
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from gradeline.base.errors import DiskFull, InputBroken, InputMissing
from gradeline.sources.encodings.rules import FIND, EncodingRule
from gradeline.sources.reading.rejects import RejectSpool
from gradeline.sources.sql import literal, quoted
from gradeline.sources.tabular import csv_file, json_lines, xlsx
from gradeline.sources.tabular.data_folder import DataFile
from gradeline.sources.tabular.mapping import sql_error

#: Reading stays under this, whatever the size of the file; what does not fit goes to the spool.
MEMORY_MB = 256
_OWN = ("_file", "_line")
_FREE_SPACE_HINT = "Make room on the disk of GRADELINE_HOME and run again."
_FULL = tuple(map(os.strerror, (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)))
#: How DuckDB says that a file could not be written; the file that is read is another one.
_WRITE_ERROR = re.compile(
    r'ould not (?:write|sync|fsync|truncate) file \\?"(?P<file>[^"\\]+)\\?".*'
    r'"errno":"(?P<number>\d+)"',
    re.DOTALL,
)
#: What the system may say of a file that is whole.
_SYSTEM_ERRORS = {os.strerror(number): number for number in (errno.EMFILE, errno.ENFILE, errno.EIO)}
_SQL_ERRORS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConversionException,
    duckdb.InvalidTypeException,
    duckdb.OutOfRangeException,
    duckdb.ParserException,
    duckdb.PermissionException,
)
_TEXT = ("csv", "tsv")
_CONVERT = {
    "json": json_lines.convert,
    "ndjson": json_lines.convert,
    "ndjson.gz": json_lines.convert,
}


@dataclass(frozen=True, kw_only=True)
class OpenFile:
    """A file of a folder of data whose bytes are known, ready to be opened."""

    file: DataFile
    path: Path  #: its bytes: in place, or a copy
    digest: str  #: SHA-256 of its bytes
    used: frozenset[str] | None = None  #: its columns that a mapping reads; None: any
    rule: EncodingRule = FIND  #: what people said about its encoding

    @property
    def name(self) -> str:
        """Its path below the folder of data."""
        return self.file.name

    @property
    def table(self) -> str:
        """The table it belongs to, in lower case."""
        return self.file.table.lower()

    @property
    def format(self) -> str:
        """What its name says it is."""
        return self.file.format


def check_file(file: DataFile) -> None:
    """Refuse a file that is empty, or Parquet without its end, before anything is kept of it.

    Raises:
        InputMissing: it is gone.
        InputBroken: it is not what its name says.
        OSError: the system cannot open or read it now.
    """
    try:
        with file.path.open("rb") as bytes_:
            empty = not bytes_.read(1)
    except OSError as error:
        raise InputMissing(f"{file.name} cannot be read: {error.strerror}.") from error
    if empty:
        raise InputBroken(f"{file.name} is empty: it has not one byte.", hint="Copy it again.")
    if file.format == "parquet":
        try:
            pq.read_metadata(file.path)
        except (pa.ArrowException, OSError) as error:
            raise parquet_error(file.name, error) from error


@contextmanager
def open_reader(spool: Path, timezone: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a private DuckDB with one thread, so that the same input gives the same bytes."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": 1,
        "memory_limit": f"{MEMORY_MB}MB",
        "temp_directory": str(spool),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(config=config)
    try:
        connection.execute(f"SET TimeZone = {literal(timezone)}")
        yield connection
    finally:
        connection.close()


def restrict_files(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> None:
    """Let a connection touch these files only: what else SQL reads would be in no fingerprint."""
    listed = ", ".join(literal(str(path)) for path in paths)
    connection.execute(f"SET allowed_paths = [{listed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def to_parquet(file: OpenFile, clean: Path) -> Path:
    """Return a file as Parquet; its lines that cannot be parsed are in `line_rejects`.

    Parquet is taken as it is. Anything else is converted once for each content, in `clean`.

    Raises:
        InputBroken: the file as a whole cannot be read as what its name says.
        EncodingUnclear: it is text that reads well in two encodings, or in none.
    """
    if file.format == "parquet":
        return file.path
    table = _converted_path(file, clean)
    if not table.exists():
        half = table.with_suffix(f".{threading.get_ident()}.half")
        try:
            with RejectSpool.replacing(table.with_suffix(".broken")) as spool:
                _convert(file, half, table, spool)
            half.replace(table)
        finally:
            half.unlink(missing_ok=True)
    return table


def _convert(file: OpenFile, out: Path, table: Path, spool: RejectSpool) -> None:
    if file.format == "xlsx":
        xlsx.convert(file.path, file.name, out, spool.reject_line, file.used)
        return
    if file.format not in _TEXT:
        _CONVERT[file.format](file.path, file.name, out, spool.reject_line, file.used)
        return
    found = csv_file.convert(file.path, file.name, out, spool.reject_line, file.rule)
    half = out.with_suffix(".encoding.half")
    half.write_text(json.dumps(found.note), encoding="utf-8")
    half.replace(table.with_suffix(".encoding"))


def encoding_notes(files: Sequence[OpenFile], clean: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the encodings of those converted files that are text: name → `name` and `by`."""
    texts = [file for file in files if file.format in _TEXT]
    return {
        file.name: json.loads(
            _converted_path(file, clean).with_suffix(".encoding").read_text(encoding="utf-8")
        )
        for file in texts
    }


def line_rejects(file: OpenFile, clean: Path) -> RejectSpool:
    """Return the lines of a converted file that could not be parsed, each placed as `line 7`."""
    return RejectSpool.reopen(_converted_path(file, clean).with_suffix(".broken"))


def _converted_path(file: OpenFile, clean: Path) -> Path:
    rule = file.rule
    said = f".{rule.name}" * (rule.name is not None) + ".guess" * rule.guess
    return clean / f"{file.digest}.{file.format}{said}.parquet"


def open_tables(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Sequence[OpenFile]], clean: Path
) -> None:
    """Make a view of all files of each table, under each of its `spellings`.

    Raises:
        InputBroken: a file cannot be read as what its name says.
    """
    for name, files in tables.items():
        for spelled in spellings(name, files):
            open_view(connection, spelled, sorted(files, key=lambda file: file.name), clean)


def spellings(name: str, files: Sequence[OpenFile]) -> Sequence[str]:
    """Return the names under which SQL may read a table: in lower case, or as its files have it.

    DuckDB itself takes `Answers` for `answers`, but no other capitals than those of ASCII.
    """
    return sorted({name, *(file.file.table for file in files if not file.file.table.isascii())})


def open_view(
    connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[OpenFile], clean: Path
) -> None:
    """Make the files of one table a view; columns that a file lacks are null in its rows.

    Raises:
        InputBroken: a file cannot be read as what its name says.
    """
    selects = [_select(connection, file, to_parquet(file, clean)) for file in files]
    body = " UNION ALL BY NAME ".join(selects)
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {quoted(name)} AS {body}")


def columns_of(connection: duckdb.DuckDBPyConnection, name: str) -> Mapping[str, str]:
    """Return the columns of a view or table: name → DuckDB type."""
    rows = connection.execute(f"DESCRIBE {quoted(name)}").fetchall()
    return {row[0]: row[1] for row in rows}


def lines_sql(file: OpenFile, clean: Path) -> str:
    """Return SQL for the lines of a file that are records, as its column `_line`."""
    return f"SELECT {_line(file)} AS _line FROM {_scan(to_parquet(file, clean))}"


def count_records(file: OpenFile, clean: Path) -> int:
    """Return how many lines of a file are records; those that cannot be parsed are none."""
    return int(pq.read_metadata(to_parquet(file, clean)).num_rows)


def _line(file: OpenFile) -> str:
    return "_line" if file.format != "parquet" else "file_row_number + 1"


def _scan(path: Path) -> str:
    return f"read_parquet({literal(str(path))}, hive_partitioning=false, file_row_number=true)"


def _select(connection: duckdb.DuckDBPyConnection, file: OpenFile, path: Path) -> str:
    scan = _scan(path)
    try:
        found = [row[0] for row in connection.execute(f"DESCRIBE FROM {scan}").fetchall()]
    except duckdb.Error as error:
        raise parquet_error(file.name, error) from error
    hidden = {*_OWN, "file_row_number", *(key for key, _ in file.file.parts)}
    columns = [
        quoted(column) for column in found if column.lower() not in {h.lower() for h in hidden}
    ]
    given = [f"{literal(value)} AS {quoted(key)}" for key, value in file.file.parts]
    own = [f"{literal(file.name)} AS _file", f"{_line(file)} AS _line"]
    return f"SELECT {', '.join([*columns, *given, *own])} FROM {scan}"


@contextmanager
def map_reading_errors(query: str, leading: str) -> Iterator[None]:
    """Turn what DuckDB says while it reads into our errors, naming the file or the SQL.

    Raises:
        DiskFull: the disk or the memory that reading may use is full.
        MappingBroken: the SQL cannot be run on these rows.
        InputBroken: the bytes of the file are not what its name says.
        OSError: what is made of the file cannot be written.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise DiskFull(
            f"{leading} does not fit into the room for reading.", hint=_FREE_SPACE_HINT
        ) from error
    except _SQL_ERRORS as error:
        raise sql_error(query, error) from error
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        if _is_of_sql(error, leading):
            raise sql_error(query, error) from error
        if any(words in str(error) for words in _FULL):
            raise DiskFull(
                f"There is no space on the disk to read {leading}.", hint=_FREE_SPACE_HINT
            ) from error
        if isinstance(error, OSError):
            raise
        _raise_write_error(error)
        raise parquet_error(leading, error) from error


def _is_of_sql(error: Exception, leading: str) -> bool:
    """Whether a function of the SQL refused a value, as strptime does with another format.

    DuckDB says so in the words that it has for a broken Parquet file too. What is made of other
    files is whole.
    """
    if not isinstance(error, duckdb.InvalidInputException):
        return False
    words = str(error)
    own = "according to format specifier" in words
    return own or not (leading.lower().endswith(".parquet") or ".parquet" in words)


def _raise_write_error(error: Exception) -> None:
    """Raise what DuckDB met when it wrote as the error of the system that it was."""
    found = _WRITE_ERROR.search(str(error))
    if found is not None:
        number = int(found["number"])
        raise OSError(number, os.strerror(number), found["file"]) from error


def parquet_error(name: str, error: Exception) -> InputBroken | OSError:
    """Return the error of an unreadable Parquet file, or the system's error that caused it."""
    words = str(error).splitlines()[0]
    for text, number in _SYSTEM_ERRORS.items():
        if text in words:
            return OSError(number, text, name)
    return InputBroken(
        f"{name} cannot be read as Parquet: {words.partition('Error: ')[2] or words}",
        hint="It may be cut or half copied: copy it again, then run again.",
    )
