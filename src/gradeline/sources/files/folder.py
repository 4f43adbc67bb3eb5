"""A folder of data as a plan sees it: its tables, their bytes, and the slices that they make."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from gradeline.base.errors import InputMissing
from gradeline.sources.files.accounts import SliceOfQuery
from gradeline.sources.files.datasets import SETTING, Dataset
from gradeline.sources.tabular.builtin import require_folder
from gradeline.sources.tabular.data_folder import DataFile, digest_of, tables_of
from gradeline.sources.tabular.mapping import MappingFolder, Query


class Folder:
    """A folder of data as it is at one moment; each file is hashed once."""

    def __init__(self, dataset: Dataset) -> None:
        """List the files of a dataset.

        Raises:
            InputMissing: the folder does not exist.
            InputBroken: two files in different formats would be one table.
        """
        self.dataset = dataset
        self.tables = tables_of(require_folder(dataset.data, SETTING))
        self.digests: dict[str, str] = {}

    def digest(self, file: DataFile) -> str:
        """Return the SHA-256 of a file's bytes; raises InputMissing where it cannot be read."""
        if file.name not in self.digests:
            self.digests[file.name] = digest_of(file.path)
        return self.digests[file.name]

    def leading(self, query: Query) -> Sequence[DataFile]:
        """Return the files that make one slice each; none where an optional table is not there."""
        if query.leading not in self.tables and query.optional:
            return ()
        self.require({query.leading, *query.others}, query.file)
        return self.tables[query.leading]

    def slices_of(self, query: Query) -> Iterator[SliceOfQuery]:
        """Yield the slices of a query, each with the files that the query reads for it."""
        leading = self.leading(query)
        others = [file for name in sorted(query.others) for file in self.tables.get(name, ())]
        for part, file in enumerate(leading):
            yield SliceOfQuery(query=query, part=part, parts=len(leading), files=[file, *others])

    def require(self, tables: Collection[str], reader: str) -> None:
        """Refuse to go on without these tables, which the reader reads.

        Raises:
            InputMissing: one of them is not in the folder.
        """
        missing = sorted(set(tables) - set(self.tables))
        if missing:
            raise InputMissing(
                f"{reader} reads {', '.join(missing)}, which is not in {self.dataset.data}.",
                hint=f"Put it there (.csv, .json, .parquet or .xlsx), or correct {SETTING}.",
            )

    def others(self, query: Query, mapping: MappingFolder, leading: DataFile) -> Sequence[DataFile]:
        """The other files that a slice depends on: of its query, and of the tables it points at."""
        names = set(query.others)
        for other in mapping.related(query.table):
            if other.leading in self.tables:
                names |= {other.leading, *other.others}
        files = {file for name in names for file in self.tables.get(name, ())}
        return sorted(files - {leading})
