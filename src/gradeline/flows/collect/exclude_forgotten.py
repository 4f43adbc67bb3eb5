"""Exclude records of forgotten learners from what is fetched, before anything of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradeline.base.errors import InputBroken
from gradeline.records.ids import normalize_email, normalize_id
from gradeline.records.slices import PlannedSlice
from gradeline.sources import KINDS
from gradeline.sources.erasure.learners import (
    ErasesLearners,
    IsForgotten,
    LearnerIds,
    OnErased,
    RecordMatcher,
)
from gradeline.sources.erasure.raw_files import erase_from_file, find_learners
from gradeline.sources.source import LEARNER_FIELDS, RawFile, Source
from gradeline.warehouse import Database
from gradeline.warehouse.learners.forgotten import forgotten_learners


@dataclass(frozen=True, kw_only=True)
class SliceFiles:
    """The raw files of one slice, as they lie on this machine."""

    planned: PlannedSlice
    source: Source | ErasesLearners | None  #: None = settings no longer name it
    paths: Sequence[Path]
    extensions: Sequence[str]  #: of each path, e.g. `csv`

    @property
    def _matcher(self) -> RecordMatcher:
        return RecordMatcher(fields=fields_of(self.planned.slice.source))

    def find_learners(self, known: IsForgotten) -> LearnerIds:
        """Find out who of those that `known` accepts is named in the files."""
        if isinstance(self.source, ErasesLearners):
            names = self.source.find_learners(self.planned, self.paths, known)
        else:
            pairs = zip(self.paths, self.extensions, strict=True)
            names = frozenset().union(
                *(find_learners(*pair, self._matcher, known) for pair in pairs)
            )
        return LearnerIds(
            ids=frozenset(map(normalize_id, names)),
            emails=frozenset(normalize_email(name) for name in names if "@" in name),
        )

    def rewrite_without(
        self, who: LearnerIds, spool: Path, take: OnErased
    ) -> Sequence[Path] | None:
        """Return the files without these learners, in their order; None where that is impossible.

        Args:
            who: the learners.
            spool: a folder for files that are rewritten.
            take: called with the place and the bytes of each record that is left out.
        """
        if isinstance(self.source, ErasesLearners):
            return self.source.erase_learners(self.planned, self.paths, who, spool, take)
        files = []
        for number, (path, extension) in enumerate(zip(self.paths, self.extensions, strict=True)):
            to = spool / f"without-{number}.{extension}"

            def on_erased(place: str, raw: bytes, file: int = number + 1) -> None:
                take(f"file {file}, {place}", raw)

            erased = erase_from_file(path, extension, self._matcher, who, to, on_erased)
            if erased is None:
                return None
            files.append(to if erased else path)
        return files


def fields_of(source: str) -> frozenset[str]:
    """Return the fields and columns in which a source has the ids of learners."""
    kind = KINDS.get(source.partition(":")[0])
    return LEARNER_FIELDS if kind is None else kind.learner_fields


def exclude_forgotten(
    planned: PlannedSlice, raws: Sequence[RawFile], source: Source, database: Database, spool: Path
) -> tuple[Sequence[RawFile], int]:
    """Return what was fetched without forgotten learners, and how many records that excluded.

    Raises:
        InputBroken: a file names one and cannot be rewritten.
    """
    with database.connect() as connection:
        forgotten = forgotten_learners(connection, source.name)
    if not forgotten or not raws:
        return raws, 0
    files = SliceFiles(
        planned=planned,
        source=source,
        paths=[raw.path for raw in raws],
        extensions=[raw.extension for raw in raws],
    )
    who = files.find_learners(forgotten.includes)
    if not who:
        return raws, 0
    places: list[str] = []
    paths = files.rewrite_without(who, spool, lambda place, _raw: places.append(place))
    if paths is None:
        raise InputBroken(
            f"{planned.slice} contains data of an erased learner that cannot be removed "
            "automatically.",
            hint="Remove their rows from the file, or save it as CSV. Then run again.",
        )
    kept = [replace(raw, path=path) for raw, path in zip(raws, paths, strict=True)]
    return kept, len(places)
