"""The configured store for Python code: tables, JSON and bytes by name."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from gradeline.base.errors import DiskFull, InputBroken, LakeError, WrongUse
from gradeline.flows.storage.files import StorageFiles, writable_key
from gradeline.lake import HybridLake
from gradeline.settings import read_settings
from gradeline.wiring.home import check_owner
from gradeline.wiring.lake import wire_lake

if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd

#: A file of the store: `data/reports/AAA/2013J/notes.csv`, the same without `data/`, or a path.
Name: TypeAlias = "str | PathLike[str]"

#: UTF-8, with or without the byte order mark that Excel and editors of Windows write.
_READ_AS = "utf-8-sig"
_log = logging.getLogger(__name__)


class StorageClient:
    """Reads and writes files where the settings say: a folder, S3, Google Cloud or Azure.

    The settings are read once, as the commands read them: from the environment, else from `.env`
    in the current folder. Names begin with `data/` or may leave it out, on every store.

    Every method raises `BadKey` for a name that no store can have, `WrongUse` for a place that
    only Gradeline writes, and `LakeError` or `DiskFull` if the store refuses or is full. With
    STORAGE_BACKEND=hybrid a file is written here and copied to the cloud; where that fails, a
    warning is logged, and the next run copies it.
    """

    def __init__(self, home: str | PathLike[str] | None = None) -> None:
        """Open the store.

        Args:
            home: the data folder, instead of GRADELINE_HOME.

        Raises:
            WrongSetting: a setting cannot work; the message names it.
        """
        settings = read_settings(home=None if home is None else Path(home))
        check_owner(settings)
        self._lake = wire_lake(settings)
        self._files = StorageFiles(self._lake)
        self._reaches_cloud = True

    def __repr__(self) -> str:
        """Show where the files are, without secrets."""
        return f"StorageClient({self._files.place!r})"

    def read_csv(self, name: Name, **options: Any) -> pd.DataFrame:
        """Return a CSV file as a table.

        Args:
            name: of the file.
            options: as for `pandas.read_csv`, for example `sep=";"`; UTF-8 by default.

        Raises:
            StoredFileMissing: there is no such file; it is a `FileNotFoundError` too.
            InputBroken: it cannot be read as such a table.
            WrongUse: pandas is not installed.
        """
        pandas = _pandas()
        content = self.read_bytes(name)
        try:
            table: pd.DataFrame = pandas.read_csv(
                io.BytesIO(content), **{"encoding": _READ_AS, **options}
            )
        except ValueError as error:
            raise self._broken(name, "CSV", error, "Pass sep= or encoding=.") from error
        return table

    def write_csv(self, name: Name, table: pd.DataFrame, **options: Any) -> None:
        """Write a table as a CSV file in UTF-8, whole, over what was there.

        Args:
            name: of the file.
            table: the rows; the order `write_csv(table, name)` is understood too.
            options: as for `DataFrame.to_csv`; without the index by default.

        Raises:
            WrongUse: it is no table.
        """
        name, table = _in_order(name, table)
        if not hasattr(table, "to_csv"):
            raise WrongUse(
                f"write_csv takes a DataFrame of pandas, not {type(table).__name__}.",
                hint="Make one with pandas.DataFrame(…), or take write_bytes.",
            )
        encoding = options.pop("encoding", "utf-8")
        text: str = table.to_csv(None, **{"index": False, "lineterminator": "\n", **options})
        self.write_bytes(name, text.encode(encoding))

    def read_json(self, name: Name) -> Any:
        """Return what a JSON file says.

        Raises:
            StoredFileMissing: there is no such file; it is a `FileNotFoundError` too.
            InputBroken: it is not JSON in UTF-8.
        """
        content = self.read_bytes(name)
        try:
            return json.loads(content.decode(_READ_AS))
        except (ValueError, RecursionError) as error:
            raise self._broken(name, "JSON", error, "Write it again in UTF-8.") from error

    def write_json(self, name: Name, value: Any) -> None:
        """Write a value as a JSON file in UTF-8, whole, over what was there.

        Args:
            name: of the file.
            value: what `json.dumps` takes; the order `write_json(value, name)` is understood too
                where the value is no text.
        """
        name, value = _in_order(name, value)
        text = json.dumps(value, ensure_ascii=False, indent=2)
        self.write_bytes(name, f"{text}\n".encode())

    def read_bytes(self, name: Name) -> bytes:
        """Return all bytes of a file.

        Raises:
            StoredFileMissing: there is no such file; it is a `FileNotFoundError` too.
        """
        return self._files.read(_text(name))

    def write_bytes(self, name: Name, content: bytes) -> None:
        """Write a file whole, over what was there; readers see all old or all new bytes."""
        self._files.write(_text(name), bytes(content))
        self._copy(_text(name))

    def exists(self, name: Name) -> bool:
        """Whether there is such a file."""
        return self._files.exists(_text(name))

    def list(self, folder: Name = "") -> Sequence[str]:
        """Return the names of the files in a folder and below, sorted, each with `data/`.

        Without a folder, all but those of the machine under `data/lake/`.
        """
        return [item.key for item in self._files.list(_text(folder))]

    def _copy(self, name: str) -> None:
        """Copy a file to the cloud, where there is a copy; a cloud that is away stops nothing."""
        lake = self._lake
        # A cloud that is away makes each try wait, so it is tried once.
        if not isinstance(lake, HybridLake) or not self._reaches_cloud:
            return
        try:
            problems = lake.copy_keys([writable_key(name)]).problems
        except (LakeError, DiskFull) as error:
            self._reaches_cloud = False
            problems = (f"{name} is stored, but not in {lake.cloud.url}: {error}",)
        for problem in problems:
            _log.warning("%s `gradeline run` copies what is missing.", problem)

    def _broken(self, name: Name, kind: str, error: Exception, hint: str) -> InputBroken:
        what = str(error).split("\n", 1)[0].rstrip(".")
        return InputBroken(
            f"{_text(name)} in {self._files.place} cannot be read as {kind}: {what}.", hint=hint
        )


def _pandas() -> ModuleType:
    try:
        import pandas  # takes half a second, which whoever reads no table does without
    except ImportError as error:
        raise WrongUse(
            "read_csv needs pandas, which is not installed.",
            hint="Run `pip install pandas`, or take read_bytes.",
        ) from error
    return pandas


def _in_order(name: Any, value: Any) -> tuple[Any, Any]:
    """Return name and value, whichever came first."""
    if not isinstance(name, str | PathLike) and isinstance(value, str | PathLike):
        return value, name
    return name, value


def _text(name: Name) -> str:
    """Return a name as text; a path of this system with slashes."""
    if isinstance(name, str):
        return name
    if isinstance(name, PathLike):
        return Path(fspath(name)).as_posix()
    raise WrongUse(
        f"A file of the store is named by a text or a path, not by {type(name).__name__}.",
        hint='Write, for example, "data/reports/notes.csv".',
    )
