"""What was sent about a course is known, so that an erasure can name it."""

from __future__ import annotations

from gradeline.warehouse import Database
from gradeline.warehouse.deliveries import messages

_SENT = """
insert into messages (channel, address, what, state, sent_at)
values ('email', 'ana@school.example', 'course-report', 'sent', now());
insert into deliveries (channel, address, what, document, occasion, message_id)
select channel, address, what, 'M/c1', 'x', message_id from messages
"""


def test_what_was_sent_about_a_course_is_counted(warehouse: Database) -> None:
    """Sent documents of a course are named by channel and address, those of others are not."""
    with warehouse.connect() as connection:
        for statement in _SENT.split(";\n"):
            connection.execute(statement.encode())
        sent = [("email", "ana@school.example", "course-report", 1)]
        assert messages.count_sent(connection, ["M/c1"]) == sent
        assert messages.count_sent(connection, ["M/c2"]) == []


def test_what_a_backup_shows_as_open_waits_for_a_person(warehouse: Database) -> None:
    """A message that was open is sent by nobody else after a restore."""
    with warehouse.connect() as connection:
        connection.execute(
            "insert into messages (channel, address, what) values ('email', 'a@b.example', 'alert')"
        )
        assert messages.hold_open(connection) == 1
        states = connection.execute("select state from messages").fetchall()
    assert states == [("unknown",)]
