"""Reading a day of AppMetrica's events: each checked, typed, put in an order that is always one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from gradeline.records.slices import Slice
from gradeline.records.streams import POSITION_COLUMN, SLICE_COLUMN
from gradeline.sources.appmetrica.fields import FACTS, FIELDS, TIMESTAMPS
from gradeline.sources.appmetrica.files import convert, records_at
from gradeline.sources.appmetrica.validate import judged
from gradeline.sources.canonical import sha256
from gradeline.sources.product_events.field_mappings import Answers, FieldMappings, Place
from gradeline.sources.product_events.fields import MAPPED
from gradeline.sources.reading.rejects import RAW_MAX, RejectSpool
from gradeline.sources.source import Reading
from gradeline.sources.tabular.views import reader, translated

_COPY = "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2)"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: A phone tells what it kept for a week; a clock further off than this was never set.
_MOST_LATE_S = 31 * 86_400
_MOST_EARLY_S = 86_400
_ANSWER = ("item", "correct", "score", "duration_s", "hints")
_ADDRESS = r"^[^@\s]+@[^@\s]+$"
_SEPARATOR = "\x1f"
#: How the tables of parts are named.
_PART = r"part-([0-9]+)\.parquet$"
#: What PostgreSQL's jsonb cannot keep: a zero character, half a surrogate pair, a number without
#: end, thousands of levels.
_PAIRS = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_UNKEPT = r"\\u0000|\\u[dD][89a-fA-F]|[eE][+-]?[0-9]{4}|[0-9]{1000}"
_MOST_BRACKETS = 2000


@ibis.udf.scalar.builtin(name="json_valid")  # type: ignore[untyped-decorator]
def _is_json(text: str) -> bool:  # type: ignore[empty-body]
    """Whether a text is JSON, as DuckDB reads it."""


@ibis.udf.scalar.builtin(name="json_extract_string")  # type: ignore[untyped-decorator]
def _said(text: str, path: str) -> str:  # type: ignore[empty-body]
    """A value of a JSON object as text, as DuckDB gives it."""


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One raw file and what became of it."""

    path: Path
    table: Path  #: its records as text
    rejects: RejectSpool  #: records that no parser takes


def read_day(slice_: Slice, raws: Sequence[Path], facts: Path, mappings: FieldMappings) -> Reading:
    """Write the good events of a day to `facts` and say what became of all of them.

    Raises:
        InputBroken, WrongAnswer: a file as a whole cannot be read.
        DiskFull: the disk is full.
    """
    spool = facts.parent
    parts = [_converted(path, spool / f"part-{number}") for number, path in enumerate(raws)]
    try:
        with translated("AppMetrica's events", str(slice_)), reader(spool, "UTC") as connection:
            backend: Backend = ibis.duckdb.from_connection(connection)
            checked = spool / "judged.parquet"
            _write(backend, judged(_fields(backend, parts), slice_.window), checked)
            judgement = _opened(backend, checked)
            good = _mapped(
                _ordered(judgement.filter(judgement.fault.isnull()), str(slice_)), mappings
            )
            _write(backend, good, facts)
            bad = spool / "broken.parquet"
            _write(backend, _bad(judgement), bad)
            rejects = RejectSpool(facts.with_suffix(".broken"))
            _collect_rejects(parts, bad, rejects)
            return _reading(backend, facts, rejects)
    except BaseException:
        facts.unlink(missing_ok=True)
        raise


def _converted(path: Path, out: Path) -> _Part:
    table = out.with_suffix(".parquet")
    rejects = RejectSpool(out.with_suffix(".broken"))
    convert(path, table, rejects.reject_line)
    return _Part(path=path, table=table, rejects=rejects)


def _write(backend: Backend, rows: ir.Table, to: Path) -> None:
    quoted = str(to).replace("'", "''")
    backend.con.execute(f"COPY ({backend.compile(rows)}) TO '{quoted}' {_COPY}")


def _opened(backend: Backend, path: Path) -> ir.Table:
    """A Parquet file as a table."""
    backend.con.read_parquet(str(path)).create_view(path.stem)
    return ibis.table(ibis.Schema.from_pyarrow(pq.read_schema(path)), name=path.stem)


def _fields(backend: Backend, parts: Sequence[_Part]) -> ir.Table:
    """Every field as text, null where it is empty or was not asked for.

    The parts are one table: a day by its hours may have thousands.
    """
    paths = [str(part.table) for part in parts]
    backend.con.read_parquet(paths, union_by_name=True, filename=True).create_view("parts")
    schema = pa.unify_schemas([pq.read_schema(path) for path in paths])
    rows = ibis.table({**ibis.Schema.from_pyarrow(schema), "filename": "string"}, name="parts")
    fields = {
        name: rows[name].nullif("") if name in rows.columns else ibis.null("string")
        for name in FIELDS
    }
    number = rows["filename"].re_extract(_PART, 1).cast("int64")
    return rows.select(_part=number, _line=rows["_line"], **fields)


def _ordered(rows: ir.Table, slice_: str) -> ir.Table:
    """Rows as facts. AppMetrica gives them in no order; ours is by time, then by content.

    A row's uuid follows from its content and from how many equal ones stand before it, so it
    stays when the day is read again with more rows.
    """
    content = ibis.literal(_SEPARATOR).join([rows[name].fill_null("") for name in FIELDS])
    rows = rows.mutate(
        **{name: rows[name].cast("int64") for name in TIMESTAMPS}, digest=sha256(content)
    )
    order = [rows.event_receive_timestamp, rows.event_timestamp, rows.digest]
    rows = rows.mutate(
        **{
            SLICE_COLUMN: ibis.literal(slice_),
            POSITION_COLUMN: ibis.row_number().over(order_by=order),
        },
        twin=ibis.row_number().over(group_by=rows.digest, order_by=rows.digest).cast("string"),
        event_at=_event_at(rows).as_timestamp("s").cast("timestamp('UTC')"),
        event_properties=_is_kept(rows.event_json).ifelse(rows.event_json, None),
    )
    name = sha256(ibis.literal(f"{slice_}:").concat(rows.digest, ":", rows.twin))
    rows = rows.mutate(uuid=_as_uuid(name))
    return rows


def _mapped(rows: ir.Table, mappings: FieldMappings) -> ir.Table:
    """The facts in their order, with what field_mappings.yaml finds in each."""
    places = {"ehr_id": mappings.ehr_id, "email": mappings.email, "course_id": mappings.course}
    found = {
        name: ibis.coalesce(ibis.null("string"), *(_at(rows, place) for place in where))
        for name, where in places.items()
    }
    address = rows.profile_id.re_search(_ADDRESS).ifelse(rows.profile_id, None)
    found["email"] = ibis.coalesce(found["email"], address)
    answers = {name: _answered(rows, mappings.answers, name) for name in _ANSWER}
    flag = answers["correct"].lower()
    found["item_id"] = answers["item"]
    found["correct"] = ibis.cases(
        (flag.isin(["true", "1"]), True), (flag.isin(["false", "0"]), False), else_=None
    )
    for name in ("score", "duration_s", "hints"):
        kind = ibis.Schema.from_pyarrow(MAPPED)[name]
        found[name] = answers[name].try_cast(kind)
    return rows.mutate(**found).order_by(POSITION_COLUMN).select(*FACTS.names)


def _answered(rows: ir.Table, answers: Mapping[str, Answers], part: str) -> ir.StringValue:
    """The property that says this part of an answer, by the name of the event."""
    named = [(kind, getattr(said, part)) for kind, said in answers.items()]
    told = [
        (rows.event_name == kind, _property(rows, name)) for kind, name in named if name is not None
    ]
    none = ibis.null("string")
    found: ir.StringValue = ibis.cases(*told, else_=none) if told else none
    return found


def _property(rows: ir.Table, name: str) -> ir.StringValue:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    said: ir.StringValue = _said(rows.event_properties, f'$."{escaped}"').nullif("")
    return said


def _at(rows: ir.Table, place: Place) -> ir.StringValue:
    """What stands there; an event of AppMetrica has no user properties."""
    match place.holder, place.name:
        case None, "user_id":
            return rows.profile_id
        case None, "device_id":
            return rows.appmetrica_device_id
        case "event_properties", name:
            return _property(rows, name)
    return ibis.null("string")


def _event_at(rows: ir.Table) -> ir.IntegerValue:
    """When it happened by the phone, unless its clock cannot be right: then when it came."""
    late = rows.event_receive_timestamp - rows.event_timestamp
    likely = (late <= _MOST_LATE_S) & (late >= -_MOST_EARLY_S)
    at: ir.IntegerValue = likely.ifelse(rows.event_timestamp, rows.event_receive_timestamp)
    return at


def _is_kept(text: ir.StringValue) -> ir.BooleanValue:
    brackets = text.re_replace(r"[^\[{]", "").length()
    kept: ir.BooleanValue = (
        _is_json(text)
        & ~text.re_replace(_PAIRS, "").re_search(_UNKEPT)
        & (brackets <= _MOST_BRACKETS)
    )
    return kept


def _as_uuid(hexes: ir.StringValue) -> ir.StringValue:
    ends = ((0, 8), (8, 4), (12, 4), (16, 4), (20, 12))
    return ibis.literal("-").join([hexes.substr(start, length) for start, length in ends])


def _bad(judged: ir.Table) -> ir.Table:
    rows = judged.filter(judged.fault.notnull())
    return rows.select("_part", "_line", "fault").order_by("_part", "_line")


def _reading(backend: Backend, path: Path, rejects: RejectSpool) -> Reading:
    facts = _opened(backend, path)
    told = (POSITION_COLUMN, "uuid", *MAPPED.names)
    row = ibis.literal(_SEPARATOR).join([facts[n].cast("string").fill_null("") for n in told])
    summary = facts.aggregate(
        stored=facts.count(),
        first=facts.event_at.min().epoch_seconds(),
        last=facts.event_at.max().epoch_seconds(),
        mixed=_part_of(sha256(row)).sum(),
    )
    ((stored, first, last, mixed),) = backend.con.sql(str(backend.compile(summary))).fetchall()
    return Reading(
        received=stored + len(rejects),
        stored=stored,
        already_there=0,
        quarantined=len(rejects),
        broken=rejects,
        checksum=f"{int(mixed or 0) % 2**64:016x}",
        # An event names no course, so it may touch any.
        courses=None if stored else frozenset(),
        earliest=_instant(first),
        latest=_instant(last),
    )


def _part_of(hexes: ir.StringValue) -> ir.DecimalValue:
    """The first 60 bits of a digest, as a number that can be summed."""
    number: ir.DecimalValue = ibis.literal("0x").concat(hexes.substr(0, 15)).cast("int64")
    return number.cast("decimal(38, 0)")


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else _EPOCH + timedelta(seconds=seconds)


def _collect_rejects(parts: Sequence[_Part], bad: Path, rejects: RejectSpool) -> None:
    """Add what no parser takes and the rows of `bad` (_part, _line, fault), part by part."""
    rows = pq.read_table(bad)
    for number, part in enumerate(parts):
        for reject in part.rejects:
            rejects.add(_place(reject.raw), reject.reason, reject.raw)
        of_part = rows.filter(pa.compute.equal(rows["_part"], number))
        lines, faults = of_part["_line"].to_pylist(), of_part["fault"].to_pylist()
        for fault, raw in zip(faults, records_at(part.path, lines), strict=True):
            rejects.add(_place(raw), fault, raw[:RAW_MAX])


def _place(raw: bytes) -> str:
    """Where a record stands: its content, for it has another line in each file of a day."""
    return f"events, row {hashlib.sha256(raw).hexdigest()[:12]}"
