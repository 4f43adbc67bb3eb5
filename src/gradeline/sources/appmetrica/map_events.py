"""What field_mappings.yaml finds in AppMetrica's events, as SQL of DuckDB."""

from __future__ import annotations

from gradeline.records.responses import cut_response_sql
from gradeline.sources.appmetrica.fields import FACTS
from gradeline.sources.id_columns import normalized_sql
from gradeline.sources.product_events.answer_values import NO_FIT, NUMBERS
from gradeline.sources.product_events.field_mappings import FieldMappings
from gradeline.sources.product_events.fields import IDS
from gradeline.sources.product_events.map_fields import Candidate, candidates_of
from gradeline.sources.sql import literal, quoted

#: Field that the mappings name → AppMetrica's own.
_FIELDS = {"user_id": "profile_id", "device_id": "appmetrica_device_id"}
#: How the text of a mapped column becomes a value; all others stay text.
_VALUES = {
    "email": "coalesce({}, CASE WHEN regexp_matches(trim(profile_id), '^[^@\\s]+@[^@\\s]+$') "
    "THEN profile_id END)",
    "correct": "CASE WHEN lower({}) IN ('true', '1') THEN true "
    "WHEN lower({}) IN ('false', '0') THEN false END",
    "response": cut_response_sql("{}"),
    **{name: f"try_cast({{}} AS {rule.sql_type})" for name, rule in NUMBERS.items()},
}
#: What is wrong with the text of a number, NULL if nothing is. A text that is none is no fault.
_FAULT = """CASE
    WHEN try_cast({text} AS {type}) IS NULL AND try_cast({text} AS DOUBLE) IS NULL THEN NULL
    WHEN isfinite(try_cast({text} AS DOUBLE))
        AND coalesce(try_cast({text} AS {type})::DOUBLE, try_cast({text} AS DOUBLE))
            NOT BETWEEN 0 AND {most}
    THEN {out} || substring({text}, 1, 100) || {quote}
    WHEN try_cast({text} AS {type}) IS NULL
    THEN {no_fit} || substring({text}, 1, 100) || {quote}
END"""


def fact_columns(mappings: FieldMappings) -> str:
    """Return the columns of FACTS as a list for SELECT, over events without mapped columns."""
    values = {column: _value(column, texts) for column, texts in candidates_of(mappings).items()}
    columns = {name: values.get(name, quoted(name)) for name in FACTS.names}
    columns |= {name: normalized_sql(columns[name]) for name in ("profile_id", *IDS)}
    return ", ".join(f"{value} AS {quoted(name)}" for name, value in columns.items())


def answer_fault(mappings: FieldMappings) -> str:
    """Return SQL for the first number of an answer that cannot be right, as `code: words`.

    It reads event_name and event_properties, and is NULL where all numbers may be right.
    """
    found = candidates_of(mappings)
    faults = [
        _FAULT.format(
            text=_value("item_id", found[column]),  # the text as it is
            type=rule.sql_type,
            most="'infinity'::DOUBLE" if rule.most is None else rule.most,
            out=literal(f"{rule.code}: {column} {rule.words}: '"),
            no_fit=literal(f"{NO_FIT[0]}: {column} {NO_FIT[1]}: '"),
            quote=literal("'"),
        )
        for column, rule in NUMBERS.items()
    ]
    return f"coalesce({', '.join(faults)})"


def _value(column: str, candidates: tuple[Candidate, ...]) -> str:
    texts = [
        _text(candidate) for candidate in candidates if candidate.path.holder != "user_properties"
    ]
    # There are no user properties; a column may be left without any candidate.
    text = f"coalesce({', '.join(['NULL::VARCHAR', *texts])})"
    return _VALUES.get(column, "{}").replace("{}", text)


def _text(candidate: Candidate) -> str:
    path = candidate.path
    if path.holder is None:
        return quoted(_FIELDS[path.name])
    escaped = path.name.replace("\\", "\\\\").replace('"', '\\"')
    json_path = literal(f'$."{escaped}"')
    text = f"nullif(json_extract_string(event_properties, {json_path}), '')"
    if candidate.event_type is None:
        return text
    return f"CASE WHEN event_name = {literal(candidate.event_type)} THEN {text} END"
