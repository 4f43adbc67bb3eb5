"""A job that has only a bucket: each run in a new container, one of them killed on its way."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from proofs.rig.command import School
from proofs.rig.oulad import cut
from tests.dying_lake import expire
from tests.s3_server import SECRET, create_bucket, s3_endpoint, s3_options

from gradeline.flows.upkeep.bucket_database import DUMPS, LEASE, POINTER
from gradeline.lake import Lake, open_lake
from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.server.running import running
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.sandbox.smtp.twin import running_mail

from .conftest import open_ground

#: Each call of the command is a process that starts a server: `make prove` has the time.
pytestmark = pytest.mark.slow

__all__ = ["s3_endpoint", "s3_options"]

#: Where a run that has something to send is killed: at writes of what outlives it.
KILLS = (
    "before lake.Lake.write_version@1",
    "after lake.Lake.write_version@2",
    "after psycopg.Connection.commit@9",
    "after lake.Lake.put_new@9",
    "before lake.Lake.write_version@3",
    "after lake.Lake.write_version@3",
)


@dataclass(frozen=True)
class Job:
    """A school whose every run begins with an empty home."""

    ground: Path
    files: Path
    settings: dict[str, str]
    lake: Lake
    slack: SlackTwin
    mails: object

    def container(self, number: int) -> School:
        """A new container: nothing of the runs before is in it."""
        folder = self.ground / f"container-{number}"
        folder.mkdir()
        return School(home=folder / "home", data=self.files, env=self.settings, forks=True)

    def run(self, number: int) -> dict[str, int]:
        """A whole run in a new container; its figures, from the last line of its output."""
        place = self.container(number)
        done = place.call("run", "--as-of", "2015-12-31", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        shutil.rmtree(place.home.parent)
        figures: dict[str, int] = json.loads(done.stdout.splitlines()[-1])["run"]
        return figures

    def mailed(self) -> list[str]:
        """The subject of each mail, in order."""
        return [
            re.search(rb"^Subject: (.*)$", mail.content, re.MULTILINE).group(1).decode()
            for mail in self.mails.arrived()
        ]


@pytest.fixture
def job(tmp_path, s3_endpoint, s3_options, request) -> Iterator[Job]:
    """A job with a bucket of its own, that tells Slack and a mailbox of each run."""
    bucket = f"job-{abs(hash(request.node.name))}"
    create_bucket(s3_endpoint, bucket)
    slack = SlackTwin()
    with (
        running([slack]) as sandbox,
        running_mail(pace=Pace(), journal=sandbox.journal) as mail,
        open_ground() as ground,
    ):
        settings = {
            "STORAGE_BACKEND": "s3",
            "OBJECT_STORAGE_BUCKET": bucket,
            "OBJECT_STORAGE_ENDPOINT": s3_endpoint,
            "OBJECT_STORAGE_ACCESS_KEY_ID": "key",
            "OBJECT_STORAGE_SECRET_ACCESS_KEY": SECRET,
            "GRADELINE_DB_IN_BUCKET": "true",
            "SANDBOX_URL": sandbox.url,
            "SANDBOX_SPEED": "20",
            "RECIPIENT_EMAIL": "ana@school.example",
            **slack.settings,
            **mail.settings,
        }
        files = cut(tmp_path / "aaa", presentations=("2013J",), learners=20)
        lake = open_lake(f"s3://{bucket}", options=s3_options)
        yield Job(ground, files, settings, lake, slack, mail)


def test_the_second_run_loads_nothing_and_sends_only_that_it_ended(job: Job):
    """The ledgers come back from the bucket: no record is stored twice, no report is made again."""
    first, second = job.run(1), job.run(2)
    assert first["stored"] > 0
    assert (second["stored"], second["courses"], second["documents"]) == (0, 0, 0)
    assert first["sent"] == second["sent"], "each run tells that it ended, and nothing else"
    assert job.lake.exists(POINTER)


@pytest.mark.parametrize("kill", KILLS)
def test_a_run_that_was_killed_is_repeated_by_the_next(job: Job, kill: str, tmp_path: Path):
    """Whatever was there when it died, the next run stores all of it once."""
    place = job.container(1)
    record = tmp_path / "points"
    through = ("proofs.rig.kill_points", str(record), kill)
    alone = replace(place, forks=False)  # wrapped, it must not share what others imported
    died = alone.call("run", "--as-of", "2015-12-31", through=through)
    assert died.returncode == -9, died.stdout + died.stderr
    place.stop()
    expire(job.lake, LEASE)
    job.run(2)
    third = job.run(3)
    assert (third["stored"], third["documents"]) == (0, 0)
    assert list(job.lake.list(DUMPS))
