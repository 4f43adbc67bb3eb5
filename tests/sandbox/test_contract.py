"""What each system promises on the wire, line by line: a table a twin, sent over raw sockets."""

import csv
import re
from base64 import b64encode
from pathlib import Path

import pytest

from gradeline.sandbox import every_twin
from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.learnworlds.tokens import ACCESS_TOKEN

TABLES = sorted((Path(__file__).parent / "contract").glob("*.csv"))


def promises() -> list[object]:
    """Every line of every table, called by its section and number."""
    found = []
    for table in TABLES:
        with table.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, delimiter=";", quoting=3), start=2):
                found.append(pytest.param(row, id=f"{table.stem}:{number} §{row['section']}"))
    return found


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """What stands in the tables between braces."""
    settings = {"ACCESS_TOKEN": ACCESS_TOKEN}
    for twin in every_twin(Pace()):
        settings |= twin.settings
    for project in ("AMPLITUDE_WEB", "AMPLITUDE_MOBILE"):
        login = f"{settings[f'{project}_API_KEY']}:{settings[f'{project}_SECRET_KEY']}"
        settings[project] = b64encode(login.encode()).decode()
    return settings


@pytest.mark.parametrize("row", promises())
def test_a_twin_answers_as_its_contract_says(row, keys, ask):
    """Status, headers and body of every line are as written."""
    said = {name: text.format_map(keys) for name, text in row.items()}
    answer = ask(said["request"], *filter(None, said["headers"].split("|")), body=said["body"])
    assert answer.status == int(said["status"])
    assert re.search(said["head"], answer.head)
    assert re.search(said["answer"], answer.body.decode(errors="replace"), re.DOTALL)


def test_every_twin_has_a_table():
    """No system is served without a contract that is tried."""
    assert {table.stem for table in TABLES} >= {twin.name for twin in every_twin(Pace())}


def test_who_asks_for_no_twin_is_told_which_there_are(ask):
    """An address outside every twin is a 404 that names them."""
    answer = ask("GET /elsewhere/v1")
    assert answer.status == 404
    assert b"jwks, learnworlds" in answer.body


def test_what_is_no_http_is_refused(ask):
    """A request line that cannot be read ends in 400 and a closed line."""
    assert ask("GET a b c").status == 400
