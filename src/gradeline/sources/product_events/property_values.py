"""The properties of a person that are kept, as SQL of DuckDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from gradeline.records.property_transforms import BLANKS, OF_TEXT, OF_TYPE, letters
from gradeline.sources.sql import literal, query

_FILE = "user_properties"


def properties_sql(names: Sequence[str], transforms: Mapping[str, Sequence[str]]) -> str:
    """Return SQL for a JSON object, as text, with these of `user_properties`, null where missing.

    Args:
        names: of the properties.
        transforms: name → its transforms, as `FieldMappings` has them.
    """
    if not names:
        return "'{}'"
    if not any(name in transforms for name in names):
        shape = msgspec.json.encode(dict.fromkeys(names, "JSON")).decode()
        return f"to_json(json_transform(user_properties, {literal(shape)}))::VARCHAR"
    pairs = [f"{literal(name)}, {_value(name, transforms.get(name, ()))}" for name in names]
    return f"json_object({', '.join(pairs)})::VARCHAR"


def _value(name: str, transforms: Sequence[str]) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    value = query(_FILE, "value").format(path=literal(f'$."{escaped}"'))
    if not transforms:
        return value
    capitals, small = map(literal, letters())
    text = query(_FILE, "text").format(value=value)
    for each in transforms if transforms[-1] in OF_TEXT else [*transforms[:-1], "strip"]:
        parts = {"text": text, "blanks": literal(BLANKS), "capitals": capitals, "small": small}
        text = query(_FILE, each).format(**parts)
    if transforms[-1] in OF_TEXT:
        return query(_FILE, "untyped").format(value=value, text=text)
    pattern = literal(OF_TYPE[transforms[-1]])
    return query(_FILE, transforms[-1]).format(value=value, text=text, pattern=pattern)
