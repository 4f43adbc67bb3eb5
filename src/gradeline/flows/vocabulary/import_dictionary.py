"""Import files into the dictionary: all good lines of all files in one transaction, or none.

What was not taken is listed in a log with line and reason. A second import of the same file adds
nothing.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from gradeline.base.errors import DiskFull, InputBroken, WrongUse
from gradeline.base.plurals import count
from gradeline.flows.vocabulary.dictionary_file import COLUMNS, read_entries
from gradeline.reports.processed_csv import to_csv
from gradeline.vocabulary.spelling import keys
from gradeline.warehouse import Database
from gradeline.warehouse.vocabulary import dictionary
from gradeline.warehouse.vocabulary.dictionary import NewEntry

#: From so many lines on, too many broken ones stop an import.
_HOLD_FROM_LINES = 100
#: A cell with more letters is no word.
_MOST_LETTERS = 200


class Refusal(StrEnum):
    """Why a line was not taken."""

    DUPLICATE = "duplicates"
    UNKNOWN_LEVEL = "unknown_levels"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class RefusedLine:
    """A line that was not taken."""

    line: int
    kind: Refusal
    reason: str
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FileImport:
    """What became of the lines of a file."""

    file: str
    lines: int
    added: int
    refused: tuple[RefusedLine, ...]

    def of(self, kind: Refusal) -> Sequence[RefusedLine]:
        """Return the lines that were refused for that reason."""
        return [one for one in self.refused if one.kind is kind]


@dataclass(frozen=True, kw_only=True)
class DictionaryImport:
    """What an import did."""

    files: Sequence[FileImport]
    log: Path
    errors: Sequence[Path] = ()  #: files with the refused lines, where they were wanted

    @property
    def added(self) -> int:
        """How many entries are new."""
        return sum(one.added for one in self.files)


@dataclass(frozen=True, kw_only=True)
class ImportFolders:
    """Where an import writes."""

    logs: Path
    errors: Path | None = None  #: None = no files with the refused lines


def find_file(name: str, uploads: Path) -> Path:
    """Return a file by its path, or by its name in the folder of uploads.

    Raises:
        WrongUse: there is none.
    """
    for path in (Path(name), uploads / name):
        if path.is_file():
            return path
    raise WrongUse(
        f"There is no file {name}, and none in {uploads}.", hint="Put it there, or give its path."
    )


def import_dictionary(
    database: Database,
    paths: Sequence[Path],
    folders: ImportFolders,
    *,
    at: datetime,
    zone: str,
    hold_percent: Decimal,
) -> DictionaryImport:
    """Add the entries of files to the dictionary.

    Args:
        database: of the school.
        paths: CSV, XLSX or JSON.
        folders: where the log goes, and files with the refused lines.
        at: now, for the names of these files.
        zone: the school's time zone.
        hold_percent: QUARANTINE_HOLD_PERCENT; with more broken lines nothing is added.

    Raises:
        InputBroken, EncodingUnclear: a file cannot be read, or too many of its lines are broken;
            nothing is added.
        DiskFull: the log cannot be written; the entries are added all the same.
    """
    stamp = f"{at.astimezone(ZoneInfo(zone)):%Y%m%d_%H%M%S}"
    with database.connect() as connection:
        levels = {name.casefold(): name for name in dictionary.known_levels(connection)}
        done: list[FileImport] = []
        seen: dict[tuple[str, str], str] = {}
        held = ""
        for path in paths:
            told, entries = _judge(path, levels, seen)
            known = dictionary.known_entries(connection, [entry for _, entry in entries])
            told = replace(told, refused=_with_known(told.refused, entries, known))
            held = held or _too_broken(told, hold_percent)
            new = [entry for _, entry in entries if (entry.word, entry.translation) not in known]
            done.append(replace(told, added=0 if held else dictionary.add_entries(connection, new)))
        if held:
            connection.rollback()
            done = [replace(one, added=0) for one in done]
    log = _write_log(folders.logs, stamp, at, done)
    errors = _write_errors(folders.errors, stamp, done) if folders.errors else []
    if held:
        hint = f"Nothing was added. {log} lists the lines; correct them and run again."
        raise InputBroken(held, hint=hint)
    return DictionaryImport(files=done, log=log, errors=errors)


def _judge(
    path: Path, levels: Mapping[str, str], seen: dict[tuple[str, str], str]
) -> tuple[FileImport, list[tuple[int, NewEntry]]]:
    """Return what is refused of a file, and the entries of its other lines."""
    lines, refused, entries = 0, [], []
    for number, cells in read_entries(path):
        lines += 1
        entry = NewEntry(
            word=_tidy(cells["word"]),
            translation=_tidy(cells["translation"]),
            level=levels.get(cells["level"].strip().casefold(), ""),
            category=_tidy(cells["category"]) or None,
        )
        found = _refuse(entry, cells, levels) or _seen_before(entry, seen)
        if found is None:
            seen[entry.word, entry.translation] = f"line {number} of {path.name}"
            entries.append((number, entry))
        else:
            kind, reason = found
            refused.append(RefusedLine(line=number, kind=kind, reason=reason, cells=cells))
    told = FileImport(file=path.name, lines=lines, added=0, refused=tuple(refused))
    return told, entries


def _refuse(
    entry: NewEntry, cells: Mapping[str, str], levels: Mapping[str, str]
) -> tuple[Refusal, str] | None:
    for name, text in (("word", entry.word), ("translation", entry.translation)):
        if not text:
            return Refusal.BROKEN, f"There is no {name}."
        if len(text) > _MOST_LETTERS:
            return Refusal.BROKEN, f"The {name} has more than {_MOST_LETTERS} letters."
        if not keys(text) or not text.isprintable():
            return Refusal.BROKEN, f"The {name} is no text that could be an answer."
    if not entry.level:
        known = ", ".join(levels.values())
        return Refusal.UNKNOWN_LEVEL, f"There is no level {cells['level']!r}; known are {known}."
    return None


def _seen_before(
    entry: NewEntry, seen: Mapping[tuple[str, str], str]
) -> tuple[Refusal, str] | None:
    where = seen.get((entry.word, entry.translation))
    return (Refusal.DUPLICATE, f"The same as {where}.") if where else None


def _with_known(
    refused: Sequence[RefusedLine],
    entries: Iterable[tuple[int, NewEntry]],
    known: set[tuple[str, str]],
) -> tuple[RefusedLine, ...]:
    """Return the refused lines with those whose entries the dictionary has, by their numbers."""
    again = [
        RefusedLine(
            line=number,
            kind=Refusal.DUPLICATE,
            reason="The dictionary has this entry.",
            cells={name: text or "" for name, text in asdict(entry).items()},
        )
        for number, entry in entries
        if (entry.word, entry.translation) in known
    ]
    return tuple(sorted([*refused, *again], key=lambda one: one.line))


def _too_broken(told: FileImport, hold_percent: Decimal) -> str:
    """Return that too many lines of a file are broken; empty where they are not."""
    broken = len(told.refused) - len(told.of(Refusal.DUPLICATE))
    if told.lines < _HOLD_FROM_LINES or broken * 100 <= hold_percent * told.lines:
        return ""
    return (
        f"{count(broken, 'line')} of {told.lines} in {told.file} cannot be taken, more than"
        f" QUARANTINE_HOLD_PERCENT ({hold_percent}) of them."
    )


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _write_log(folder: Path, stamp: str, at: datetime, done: Sequence[FileImport]) -> Path:
    told = {
        "imported_at": at.isoformat(),
        "added": sum(one.added for one in done),
        "files": [
            {
                "file": one.file,
                "lines": one.lines,
                "added": one.added,
                **{
                    kind.value: [
                        {"line": bad.line, "reason": bad.reason, **bad.cells}
                        for bad in one.of(kind)
                    ]
                    for kind in Refusal
                },
            }
            for one in done
        ],
    }
    # Half characters, of bytes that are no text, go as escapes.
    text = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
    return _write_new(folder, f"import_log_{stamp}", ".json", text)


def _write_errors(folder: Path, stamp: str, done: Sequence[FileImport]) -> list[Path]:
    written = []
    for one in done:
        if one.refused:
            header = ["line", "reason", *COLUMNS.names]
            rows = ([bad.line, bad.reason, *_in_order(bad)] for bad in one.refused)
            name = f"{Path(one.file).stem}_{stamp}"
            written.append(_write_new(folder, name, ".csv", to_csv(header, rows)))
    return written


def _in_order(bad: RefusedLine) -> Iterator[str]:
    for name in COLUMNS.names:
        yield bad.cells[name].encode("utf-8", "replace").decode()


def _write_new(folder: Path, name: str, ending: str, content: bytes) -> Path:
    """Write a file that was not there; of two of one second the later gets a number."""
    path = folder / f"{name}{ending}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = 2
        while path.exists():
            path, number = folder / f"{name}_{number}{ending}", number + 1
        path.write_bytes(content)
    except OSError as error:
        raise DiskFull(
            f"{path} cannot be written: {error.strerror}.",
            hint="Good lines were added all the same. Free space there.",
        ) from error
    return path
