"""Numbers of answers: what they may be is the same in files and in product events."""

from decimal import Decimal

import duckdb
import pytest

from gradeline.sources.appmetrica.map_events import answer_fault
from gradeline.sources.product_events.answer_values import ImpossibleNumber, read_number
from gradeline.sources.product_events.field_mappings import read_mappings

GOOD = [
    ("score", "0", "0"),
    ("score", "1", "1"),
    ("score", "0.5", "0.5"),
    ("score", "1.0000000000000002", "1"),
    ("score", "-0.0000001", "0"),
    ("score", "much", None),
    ("duration_s", "61.5", "61.5"),
    ("duration_s", "", None),
    ("hints", "3", "3"),
]
BAD = [
    ("score", "1.5", "out_of_range: score is not from 0 to 1: '1.5'"),
    ("score", "-0.1", "out_of_range: score is not from 0 to 1: '-0.1'"),
    ("score", "1000", "out_of_range: score is not from 0 to 1: '1000'"),
    ("score", "NaN", "bad_number: score is not a number that fits: 'NaN'"),
    ("score", "Infinity", "bad_number: score is not a number that fits: 'Infinity'"),
    ("score", "-inf", "bad_number: score is not a number that fits: '-inf'"),
    ("duration_s", "-0.5", "out_of_range: duration_s is below 0: '-0.5'"),
    ("duration_s", "1e12", "bad_number: duration_s is not a number that fits: '1e12'"),
    ("hints", "-1", "out_of_range: hints is below 0: '-1'"),
    ("hints", "99999999999", "bad_number: hints is not a number that fits: '99999999999'"),
]


@pytest.fixture(scope="module")
def fault_in_sql():
    """Asks DuckDB for the fault of an answer with one property."""
    sql = answer_fault(read_mappings())
    connection = duckdb.connect()

    def ask(column: str, text: str) -> str | None:
        events = connection.sql(
            "SELECT 'quiz_answer' AS event_name,"
            " json_object($name, $text)::VARCHAR AS event_properties",
            params={"name": column, "text": text},
        )
        ((fault,),) = events.project(sql).fetchall()
        return fault

    yield ask
    connection.close()


@pytest.mark.parametrize(("column", "text", "number"), GOOD)
def test_a_number_that_may_be_right_is_kept(column, text, number, fault_in_sql):
    """Rounded to the places of its column; a text that is no number is none, and no fault."""
    assert read_number(column, text) == (None if number is None else Decimal(number))
    assert fault_in_sql(column, text) is None


@pytest.mark.parametrize(("column", "text", "reason"), BAD)
def test_a_number_that_cannot_be_right_is_a_fault(column, text, reason, fault_in_sql):
    """Both product-event sources say the same, in the words that files have."""
    with pytest.raises(ImpossibleNumber) as raised:
        read_number(column, text)
    assert str(raised.value) == fault_in_sql(column, text) == reason
