"""The bot's learners stand beside the others: in figures, the API and reports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.entrypoints.api.conftest import as_, parts_over

from gradeline.entrypoints.api.app import api
from gradeline.flows.refresh.refresh import refresh
from gradeline.flows.report.report import report
from gradeline.metrics import Terms
from gradeline.warehouse import Database
from gradeline.warehouse.connect.pool import open_pool

from .conftest import AS_OF, ZONE, Bot, begin, link_ana, practise

pytestmark = pytest.mark.slow

TERMS = Terms(as_of=AS_OF, timezone=ZONE)
#: What the bot's own table has of a level: answers, right ones, learners.
OWN = """
    SELECT count(*), count(*) FILTER (WHERE verdict <> 'wrong'), count(DISTINCT client_id)
    FROM client_activity_words JOIN esp2rus_dictionary USING (word_id)
    WHERE level = 'A1' AND answered_at IS NOT NULL"""


@pytest.fixture(scope="module")
def counted(module_warehouse: Database, tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """The school after a run; Ana is `ann` at another system, too."""
    bot = begin(module_warehouse, tmp_path_factory.mktemp("vocabulary"))
    practise(bot)
    link_ana(bot)
    bot.collect()
    refresh(bot.parts, TERMS)
    return bot


@pytest.fixture(scope="module")
def client(counted: Bot) -> Iterator[TestClient]:
    """A client of the API."""
    with open_pool(counted.parts.database) as pooled:
        app = api(parts_over(counted.parts.database, pooled, counted.folder))
        with TestClient(app) as opened:
            yield opened


def test_a_course_counts_what_the_bot_stored(counted: Bot, client: TestClient) -> None:
    """Answers, right ones and learners of a level equal a count over the bot's own table."""
    ((answers, right, learners),) = counted.rows(OWN)
    stat = client.get("/stats/levels/A1", headers=as_("admin")).json()["stat"]
    accuracy = stat["avg_accuracy"]
    assert (stat["total_attempts"]["value"], stat["total_users"]["value"]) == (answers, learners)
    assert accuracy["value"] == pytest.approx(right / answers, abs=1e-9)


def test_a_linked_learner_is_found_by_the_shared_id(client: TestClient) -> None:
    """The figures of a person include what they answered the bot, course by course."""
    found = client.get("/stats/users/ann", headers=as_("admin")).json()
    assert "vocabulary/a1" in str(found["courses"])
    assert found["stat"]["total_attempts"]["value"] == 13


def test_the_leaderboard_of_a_level_ranks_the_bots_learners(client: TestClient) -> None:
    """Both learners are in it, who answered more words right first."""
    board = client.get("/stats/levels/A1/leaderboard", headers=as_("admin")).json()
    assert "ann" in str(board)
    assert str(board).index("ann") < str(board).index("vocabulary:2")


def test_a_report_names_the_course_in_plain_words(counted: Bot) -> None:
    """The PDF of a level lies in the folder of its category."""
    made = report(["vocabulary/a1"], counted.parts, TERMS, lambda *_: None)
    assert made.failed == ()
    keys = [one.key for one in counted.parts.lake.list("reports/vocabulary/a1/")]
    assert any(key.endswith(".pdf") for key in keys)
