"""What a learner answered is kept to 200 characters, the same in every source."""

from __future__ import annotations

import json

import duckdb
import pytest

from gradeline.records.responses import RESPONSE_LENGTH, cut_response, cut_response_sql
from gradeline.sources.learnworlds.records import response_row


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("golf", "golf"),
        (" golf\0 ", "golf"),
        ("  ", None),
        (None, None),
        ("😀" * 250, "😀" * 200),
        ("x" * 199 + "e\u0301y", "x" * 199),
        ("x" * 198 + "e\u0301y", "x" * 198 + "e\u0301"),
    ],
)
def test_the_beginning_of_an_answer_is_kept(text, kept):
    """Characters are counted, not bytes, and a letter keeps its accents; SQL agrees with Python."""
    assert cut_response(text) == kept
    (found,) = (
        duckdb.connect().execute(f"SELECT {cut_response_sql('$text')}", {"text": text}).fetchone()
    )
    assert found == kept


def response(*answers: object) -> bytes:
    """A response of LearnWorlds with these answers, one a block."""
    blocks = [{"answer": answer, "points": 1, "blockMaxScore": 1} for answer in answers]
    return json.dumps({"id": "r", "user_id": "u", "email": "a@x.org", "answers": blocks}).encode()


@pytest.mark.parametrize(
    ("answers", "kept"),
    [(("Paphos",), "Paphos"), (("a", "", "b"), "a | b"), ((None, 5, ["c"]), None), ((), None)],
)
def test_a_response_of_learnworlds_has_the_answers_of_its_blocks(answers, kept):
    """Block after block; an answer of another kind is left out, not the response."""
    assert response_row(response(*answers), "unit")["answer"] == kept


def test_a_mapping_of_files_may_give_what_was_answered(school):
    """A file without such a column is read as before."""
    sql = 'SELECT _file, _line, learner_id, kind, "at", said AS response FROM attempts'
    school.mapping["attempts"] = sql
    school.put("attempts.csv", f"learner_id,kind,at,said\n7,answer,2024-03-01,{'á' * 300}\n")
    assert school.read().facts["response"].to_pylist() == ["á" * RESPONSE_LENGTH]
