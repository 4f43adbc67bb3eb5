"""`gradeline bot code | learners | consent | send`: as a person types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gradeline.entrypoints.cli.app import main
from gradeline.records.vocabulary import NewClient
from gradeline.warehouse import Connection, EmbeddedServer, Role, open_warehouse
from gradeline.warehouse.vocabulary import clients

Work = Callable[[Connection], object]


@pytest.fixture
def call(used_home: Path, monkeypatch, capfd):
    """Calls a command in a home; returns its exit code, what it printed and what it said."""
    monkeypatch.chdir(used_home)

    def called(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--home", str(used_home)])
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return called


def join(home: Path, chat: int, code: str) -> None:
    """A minor writes to the bot and joins a group."""
    with (
        open_warehouse(EmbeddedServer(home=home), say=lambda _: None) as database,
        database.connect(Role.APP) as connection,
    ):
        clients.show_only_chat(connection, chat)
        new = NewClient(chat_id=chat, name=f"Learner {chat}", language="es")
        client = clients.add_client(connection, new)
        clients.set_minor(connection, client.client_id, is_minor=True)
        assert clients.join_group(connection, code, client.created_at) is not None


def waiting(home: Path) -> list[tuple[int, str]]:
    """Chats and texts that the bot is to send."""
    with (
        open_warehouse(EmbeddedServer(home=home), say=lambda _: None) as database,
        database.connect() as connection,
    ):
        rows = connection.execute(
            "select chat_id, content->>'text' from bot_messages order by message_id"
        )
        return list(rows.fetchall())


def test_a_curator_lets_a_minor_in_and_writes_to_the_own_group_alone(call, used_home):
    """From the code to the message; of other groups a curator sees nobody."""
    made = json.loads(call("bot", "code", "add", "A", "--new", "--json")[1])
    other = json.loads(call("bot", "code", "add", "B", "--new", "--json")[1])
    join(used_home, 11, made["code"])
    join(used_home, 12, other["code"])
    call("staff", "add", "ana", "--role", "curator")
    assert call("bot", "learners", "--as", "ana", "--json")[1] == ""
    assert call("bot", "consent", "1", "--as", "ana")[0] == 2
    assert "does not look after A" in call("bot", "send", "Hola", "--group", "A", "--as", "ana")[2]
    assert call("bot", "consent", "1")[0] == 0
    assert "1 learner of A" in call("bot", "send", "<Hola>", "--group", "A")[1]
    assert "0 learners of B" in call("bot", "send", "Hola", "--group", "B")[1]
    assert waiting(used_home) == [
        (11, "Su tutor lo ha confirmado: ya puede empezar."),
        (11, "<b>Mensaje de su tutor:</b>\n&lt;Hola&gt;"),
    ]
    rows = [json.loads(line) for line in call("bot", "learners", "--json")[1].splitlines()]
    assert [(row["id"], row["groups"]) for row in rows] == [
        (1, ["vocabulary:A"]),
        (2, ["vocabulary:B"]),
    ]
    assert rows[1]["consent"] == "waits for a curator"


def test_codes_are_listed_and_deleted(call):
    """A code that was deleted is good no more."""
    code = json.loads(call("bot", "code", "add", "A", "--new", "--json")[1])["code"]
    assert code in call("bot", "code", "ls")[1]
    assert call("bot", "code", "rm", code.lower())[0] == 0
    assert call("bot", "code", "rm", code)[0] == 2
    assert "There is no group C" in call("bot", "code", "add", "C")[2]


def test_a_bot_without_a_token_says_what_is_missing(call):
    """Exit 2, and where the token comes from."""
    code, _, error = call("bot")
    assert (code, "@BotFather" in error) == (2, True)
