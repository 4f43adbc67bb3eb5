"""Leaving out: what arrives of learners who were forgotten goes before anything is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gradeline.base.errors import InputBroken
from gradeline.records.slices import PlannedSlice
from gradeline.sources import KINDS
from gradeline.sources.erasure.learners import (
    ErasesLearners,
    IsForgotten,
    LearnerIds,
    OnErased,
    RecordMatcher,
)
from gradeline.sources.erasure.raw_files import RecordFilter, erase_from_file, find_learners
from gradeline.sources.source import LEARNER_FIELDS, RawFile, Source
from gradeline.warehouse import Database
from gradeline.warehouse.learners.forgotten import ForgottenLearners, forgotten_learners


@dataclass(frozen=True, kw_only=True)
class SliceFiles:
    """The raw files of one slice as they lie on this machine."""

    planned: PlannedSlice
    source: Source | None  #: null = settings no longer name it
    paths: Sequence[Path]
    extensions: Sequence[str]

    def learners(self, known: IsForgotten) -> LearnerIds:
        """Who of those that are known is named in them."""
        able = _forgetful(self.source)
        if able is not None:
            found = able.find_learners(self.planned, self.paths, known)
        else:
            matcher = RecordMatcher(fields=fields_of(self.planned.slice.source))
            pairs = zip(self.paths, self.extensions, strict=True)
            found = frozenset().union(*(find_learners(*pair, matcher, known) for pair in pairs))
        return LearnerIds(
            ids=found, emails=frozenset(name.lower() for name in found if "@" in name)
        )

    def erase_learners(self, who: LearnerIds, spool: Path, take: OnErased) -> Sequence[Path] | None:
        """The files without these learners, in their order; null where that cannot be done."""
        able = _forgetful(self.source)
        if able is not None:
            return able.erase_learners(self.planned, self.paths, who, spool, take)
        matcher = RecordMatcher(fields=fields_of(self.planned.slice.source))
        made = []
        for number, (path, extension) in enumerate(zip(self.paths, self.extensions, strict=True)):
            to = spool / f"without-{number}.{extension}"
            record_filter = RecordFilter(
                matcher=matcher, learners=who, on_erased=take, place=f"file {number + 1}"
            )
            if not erase_from_file(path, extension, record_filter, to):
                return None
            made.append(to if record_filter.erased else path)
        return made


def _forgetful(source: object) -> ErasesLearners | None:
    """The source, if it knows by itself how its files name learners."""
    return source if isinstance(source, ErasesLearners) else None


def fields_of(source: str) -> frozenset[str]:
    """The fields and columns in which a source has the ids of learners."""
    kind = KINDS.get(source.partition(":")[0])
    return LEARNER_FIELDS if kind is None else kind.learner_fields


def exclude_forgotten(
    planned: PlannedSlice, raws: Sequence[RawFile], source: Source, database: Database, spool: Path
) -> tuple[Sequence[RawFile], int]:
    """What was fetched without learners who were forgotten, and how many records that took.

    Raises:
        InputBroken: a file names one and cannot be rewritten.
    """
    with database.connect() as connection:
        buried = forgotten_learners(connection, source.name)
    if not buried or not raws:
        return raws, 0
    files = SliceFiles(
        planned=planned,
        source=source,
        paths=[raw.path for raw in raws],
        extensions=[raw.extension for raw in raws],
    )
    return _kept(files, raws, buried, spool)


def _kept(
    files: SliceFiles, raws: Sequence[RawFile], buried: ForgottenLearners, spool: Path
) -> tuple[Sequence[RawFile], int]:
    who = files.learners(buried.includes)
    if not who:
        return raws, 0
    gone: list[str] = []
    paths = files.erase_learners(who, spool, lambda place, _raw: gone.append(place))
    if paths is None:
        raise InputBroken(
            f"{files.planned.slice} contains data of an erased learner that cannot be removed "
            "automatically.",
            hint="Remove their rows from the file, or save it as CSV. Then run again.",
        )
    kept = [replace(raw, path=path) for raw, path in zip(raws, paths, strict=True)]
    return kept, len(gone)
