"""The properties of a person that are kept, as SQL of PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg import sql

from gradeline.records.property_transforms import BLANKS, OF_TEXT, OF_TYPE, letters
from gradeline.warehouse.sql import query

_FILE = "user_properties"


def object_of(names: Sequence[str], transforms: Mapping[str, Sequence[str]]) -> sql.Composable:
    """Return SQL for a jsonb object with these of `u.user_properties`, null where missing.

    Args:
        names: of the properties.
        transforms: name → its transforms, as `PropertyRules` has them.
    """
    pairs = [
        sql.SQL("{}, {}").format(sql.Literal(name), _value(name, transforms.get(name, ())))
        for name in names
    ]
    return sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(pairs))


def _value(name: str, transforms: Sequence[str]) -> sql.Composable:
    value = _expression("value", name=sql.Literal(name))
    if not transforms:
        return value
    capitals, small = map(sql.Literal, letters())
    text = _expression("text", value=value)
    for each in transforms if transforms[-1] in OF_TEXT else [*transforms[:-1], "strip"]:
        parts = {"text": text, "blanks": sql.Literal(BLANKS), "capitals": capitals, "small": small}
        text = _expression(each, **parts)
    if transforms[-1] in OF_TEXT:
        return _expression("untyped", value=value, text=text)
    pattern = sql.Literal(OF_TYPE[transforms[-1]])
    return _expression(transforms[-1], value=value, text=text, pattern=pattern)


def _expression(named: str, /, **parts: sql.Composable) -> sql.Composable:
    return sql.SQL(query(_FILE, named).removesuffix(";")).format(**parts)
