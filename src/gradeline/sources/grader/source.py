"""The `grader` source: attempts at tasks, hour by hour, from the API of the grader."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from gradeline.base.errors import SourceError, WrongAnswer
from gradeline.records.slices import PlannedSlice
from gradeline.records.streams import (
    POSITION_COLUMN,
    SLICE_COLUMN,
    SLICE_ID_COLUMN,
    RowTable,
    Stream,
)
from gradeline.sources.grader.course_key import course_of
from gradeline.sources.grader.rows import FIELDS, Attempt, Unreadable, attempt_of
from gradeline.sources.reading.fact_writer import DuplicateKey, SliceWriter
from gradeline.sources.reading.json_array import elements_of
from gradeline.sources.source import Kind, Plan, PlanRequest, RawFile, Reading
from gradeline.sources.web.client import Host, HttpClient, Request, RequestPolicy, Response
from gradeline.sources.windows import HOUR, Rhythm, plan_windows

if TYPE_CHECKING:
    import ibis.expr.types as ir

NAME = "grader"
STREAM = "attempts"
#: Raised when reading changes, so that windows are read again.
VERSION = 2
#: The API's path, if the setting names the host alone.
PATH = "/api/statistics"
#: An hour is asked for once it is over, and once more when late attempts must be there.
RHYTHM = Rhythm(step=HOUR, late=HOUR)
#: No limit is documented, and a long answer takes the grader minutes: two at a time is polite.
_PARALLEL = 2
_POLICY = RequestPolicy(parallel=_PARALLEL, silence_s=120, deadline_s=1800)
_MAX_BYTES = 64 << 20
_INSTANT = "%Y-%m-%d %H:%M:%S.%f"
#: With so many records, a field that none of them has is a change of the system.
_ALL_LACK_FROM = 10

_COLUMNS = pa.schema(
    [
        pa.field("user_id", pa.string(), nullable=False),
        pa.field("oauth_consumer_key", pa.string()),
        pa.field("lis_result_sourcedid", pa.string()),
        pa.field("lis_outcome_service_url", pa.string()),
        pa.field("is_correct", pa.bool_()),
        pa.field("attempt_type", pa.string(), nullable=False),
        pa.field("created_at", pa.timestamp("us"), nullable=False),
    ]
)
_POSITION = pa.field(POSITION_COLUMN, pa.int64(), nullable=False)
FACTS = pa.schema([pa.field(SLICE_COLUMN, pa.string(), nullable=False), _POSITION, *_COLUMNS])
ATTEMPTS = RowTable(
    name="grader_attempts",
    schema=pa.schema([pa.field(SLICE_ID_COLUMN, pa.int64(), nullable=False), _POSITION, *_COLUMNS]),
    key=("user_id", "created_at", "attempt_type", "lis_result_sourcedid"),
)


def to_canonical(streams: Mapping[str, ir.Table]) -> Mapping[str, ir.Table]:
    """Map facts to canonical tables, as `grader.to_canonical` documents."""
    from gradeline.sources.grader.to_canonical import canonical_tables  # imports Ibis

    return canonical_tables(streams)


#: What all graders share.
GRADER = Kind(tables=MappingProxyType({STREAM: ATTEMPTS}), to_canonical=to_canonical)


@dataclass(frozen=True, kw_only=True)
class GraderAccount:
    """The address of a grader and the credentials of a school."""

    url: str  #: GRADER_API_URL, or where the sandbox's grader is
    client: str  #: GRADER_CLIENT
    client_key: str  #: GRADER_CLIENT_KEY
    speed: float = 1.0  #: SANDBOX_SPEED
    address_setting: str = "GRADER_API_URL"


def open_grader(account: GraderAccount, limits: Path) -> GraderSource:
    """Open the source named `grader`; sends no request yet.

    Raises:
        WrongSetting: the address is not https:// (or loopback).
    """
    scheme, _, rest = account.url.rstrip("/").partition("://")
    host = Host(
        name="The grader",
        url=f"{scheme}://{rest}" if "/" in rest else f"{scheme}://{rest}{PATH}",
        address_setting=account.address_setting,
        key_settings="GRADER_CLIENT and GRADER_CLIENT_KEY",
        secrets=(account.client_key,),
    )
    return GraderSource(account, HttpClient(host, replace(_POLICY, speed=account.speed), limits))


class GraderSource:
    """One school's attempts. Slices are hours of UTC: `grader/attempts/2024-01-11T05`."""

    name = NAME
    lists_all = False
    parallel = _PARALLEL
    reads_ahead = False

    def __init__(self, account: GraderAccount, client: HttpClient) -> None:
        self.streams: Mapping[str, Stream] = {
            STREAM: Stream(name=STREAM, schema=FACTS, tables=(ATTEMPTS,), version=VERSION)
        }
        self._account = account
        self._client = client

    def plan(self, request: PlanRequest) -> Plan:
        """Plan one slice for each hour that is over, from the watermark or `since` on.

        A first run begins with yesterday; `since` brings what came before.
        """
        slices = plan_windows(self.name, STREAM, RHYTHM, request, version=f"grader {VERSION}")
        return Plan(slices=list(slices), fetch=self._fetch)

    def _fetch(self, planned: PlannedSlice, spool: Path) -> Sequence[RawFile]:
        """Fetch the attempts of the hour: a JSON array, both ends of the hour belong to it.

        Raises:
            SourceRefused: the grader does not take the client or its key.
            SourceUnavailable: no whole answer came.
            WrongAnswer: the response is an error or a web page, not an array.
        """
        start, end = _span(planned)
        path = spool / "attempts.json"
        question = Request(
            params=(
                ("client", self._account.client),
                ("client_key", self._account.client_key),
                ("start", start.strftime(_INSTANT)),
                ("end", end.strftime(_INSTANT)),
            ),
            headers={"Accept": "application/json"},
            max_bytes=_MAX_BYTES,
            check=_refuse_no_array,
        )
        self._client.download(question, path)
        window = planned.slice.window
        return [RawFile(path=path, stream=STREAM, window=window, extension="json")]

    def read(self, planned: PlannedSlice, raws: Sequence[Path], facts: Path) -> Reading:
        """Check each row; the good ones of the hour go to `facts`, in the order of their time.

        A row of the instant at which the hour ends belongs to the next one, which has it too.

        Raises:
            WrongAnswer: the rows have not the fields they should have.
        """
        (path,) = raws
        elements = _elements(path.read_bytes())
        _refuse_other_fields(elements)
        start, end = _span(planned)
        with SliceWriter(facts, planned.slice, FACTS, sort_by_key=True) as writer:
            for number, raw in enumerate(elements, start=1):
                try:
                    _add(writer, attempt_of(raw), start, end)
                except Unreadable as error:
                    writer.reject(f"{STREAM}.json, element {number}", str(error), raw)
            return writer.finish()

    def stop(self) -> None:
        """Questions under way end soon, with an error."""
        self._client.stop()


def _add(writer: SliceWriter, attempt: Attempt, start: datetime, end: datetime) -> None:
    """Store an attempt of the hour from `start` to before `end`.

    Raises:
        Unreadable: it is not of this hour, or contradicts an earlier one.
    """
    if attempt.created_at == end:
        # It belongs to the next hour, whose response has it too.
        writer.counts.already_there += 1
        return
    if not start <= attempt.created_at < end:
        raise Unreadable(
            f"outside_window: created_at {attempt.created_at:%Y-%m-%d %H:%M:%S.%f} is not in "
            "the hour asked for"
        )
    row = asdict(attempt) | {"created_at": attempt.created_at.replace(tzinfo=None)}
    try:
        writer.add(
            row,
            key=attempt.key,
            content=attempt.digest_input,
            course=course_of(attempt.lis_result_sourcedid),
            at=attempt.created_at,
        )
    except DuplicateKey:
        raise Unreadable("duplicate_key: the same attempt came before with other values") from None


def _span(planned: PlannedSlice) -> tuple[datetime, datetime]:
    if planned.starts_at is None or planned.ends_at is None:
        raise SourceError(f"The slice {planned.slice} has no hour: it was not planned by a run.")
    return planned.starts_at.astimezone(UTC), planned.ends_at.astimezone(UTC)


def _elements(content: bytes) -> Sequence[bytes]:
    try:
        return elements_of(content)
    except ValueError:
        raise WrongAnswer(_no_array(content)) from None


def _refuse_no_array(response: Response) -> None:
    if response.path is not None:
        _elements(response.path.read_bytes())


def _no_array(content: bytes) -> str:
    """Describe a response that is not an array."""
    try:
        parsed = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return "The response is not JSON, or is incomplete."
    if isinstance(parsed, dict) and "errors" in parsed:
        return (
            f"It answered with an error: {json.dumps(parsed['errors'], ensure_ascii=False)[:200]}."
        )
    return "The response is not a list of attempts."


def _refuse_other_fields(elements: Sequence[bytes]) -> None:
    """Check that each field is in some row; one that is in none was renamed by the system."""
    if len(elements) < _ALL_LACK_FROM:
        return
    known: set[str] = set()
    for raw in elements:
        known |= _fields(raw)
        if known.issuperset(FIELDS):
            return
    missing = ", ".join(name for name in FIELDS if name not in known)
    raise WrongAnswer(
        f"The grader has changed: no attempt has {missing}; they have "
        f"{', '.join(sorted(known)[:20]) or 'no fields'}.",
        hint="Check GRADER_API_URL. If it is correct, report that the API changed.",
    )


def _fields(raw: bytes) -> frozenset[str]:
    try:
        row = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return frozenset()  # such a row goes to quarantine when it is read
    return frozenset(row) if isinstance(row, dict) else frozenset()
