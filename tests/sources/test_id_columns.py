"""Ids have one spelling, wherever they are read: in Python, in SQL and in Arrow."""

import random

import duckdb
import pyarrow as pa
import pytest

from gradeline.records.ids import normalize_email, normalize_id
from gradeline.sources.id_columns import normalize_array, normalized_sql

BLANKS = [" ", "\t", "\r\n", "\x1f", "\x85", "\xa0", "\u2009", "\u3000", "\u2028"]
INVISIBLE = ["\u200b", "\u200e", "\u2060", "\ufeff", "\xad", "_x000D_", "_x000a_"]
OTHERS = ["101", "_", "e\u0301", "\xe9", "ß", "_x0041_", "\U0001f600", "Ё", "a b"]


@pytest.mark.parametrize("blank", BLANKS + INVISIBLE)
def test_blanks_at_the_ends_of_an_id_go(blank):
    """A blank of any kind goes from both ends and stays inside."""
    assert normalize_id(f"{blank} 1{blank}1 {blank}") == f"1{blank}1"


def test_accents_are_composed():
    """An accent that is a sign of its own becomes one with its letter; e-mails lose case too."""
    assert normalize_id("jose\u0301") == "jos\xe9"
    assert normalize_email(" JOSE\u0301@x.org\n") == "jos\xe9@x.org"


def test_sql_and_arrow_agree_with_python():
    """Two thousand texts of odd pieces get the same spelling in all three, null where empty."""
    chance = random.Random(5)
    pieces = BLANKS + INVISIBLE + OTHERS
    texts = ["".join(chance.choices(pieces, k=chance.randrange(6))) for _ in range(2000)]
    expected = [normalize_id(text) or None for text in texts]
    table = pa.table({"text": texts})
    found = duckdb.from_arrow(table).project(normalized_sql("text")).fetchall()
    assert [value for (value,) in found] == expected
    assert normalize_array(table["text"]).to_pylist() == expected
