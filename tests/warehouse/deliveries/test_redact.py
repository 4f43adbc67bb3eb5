"""What Gradeline keeps of messages and runs names nobody who is forgotten."""

from __future__ import annotations

from gradeline.warehouse import Connection
from gradeline.warehouse.learners.redact import redact_texts

NAMES = {"Ann O'Hara", "ann@school.example", "files:s:17", "17"}
SAYS = "bad_score of 'Ann O''Hara' <ANN@school.example>: '17' of files:s:17, 17 records"


def test_ids_emails_and_names_are_replaced(loader: Connection) -> None:
    """Figures and the texts of others stay as they were."""
    loader.execute(
        "insert into messages (channel, address, what, content, error) values"
        " ('email', 'x@y', 'alert', jsonb_build_object('problems', jsonb_build_array(%s::text),"
        " 'records', 17), 'no mailbox ann@school.example'), ('email', 'x@y', 'alert', '{}', null)",
        [SAYS.replace("''", "'")],
    )
    loader.execute(
        "insert into runs values ('r', now(), jsonb_build_object('failed', %s::text))",
        ["files:s:17 and files:s:170"],
    )
    assert redact_texts(loader, NAMES) == 2
    kept = loader.execute("select content, error from messages order by message_id").fetchall()
    clean = "bad_score of '***' <***>: '***' of ***, 17 records"
    assert kept == [({"problems": [clean], "records": 17}, "no mailbox ***"), ({}, None)]
    assert loader.execute("select summary from runs").fetchall() == [
        ({"failed": "*** and files:s:170"},)
    ]
    assert redact_texts(loader, NAMES) == 0
