"""A job that has only a bucket: each run in a new container, of which nothing stays."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.s3_server import SECRET, create_bucket

from gradeline.lake import Lake, open_lake
from gradeline.sandbox.exchange import Pace
from gradeline.sandbox.server.running import running
from gradeline.sandbox.slack.twin import SlackTwin
from gradeline.sandbox.smtp.twin import SmtpTwin, running_mail
from proofs.rig.command import School
from proofs.rig.oulad import cut

_UNCLEAR = "(run-result): A try was interrupted."
_RUN = ("run", "--as-of", "2015-12-31")
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Job:
    """A school whose every run begins with an empty home."""

    ground: Path
    files: Path
    settings: dict[str, str]
    lake: Lake
    slack: SlackTwin
    mails: SmtpTwin

    def container(self, number: int) -> School:
        """A new container: nothing of the runs before is in it."""
        folder = self.ground / f"container-{number}"
        folder.mkdir()
        return School(home=folder / "home", data=self.files, env=self.settings, forks=True)

    def run(self, number: int) -> dict[str, int]:
        """A whole run in a new container; its figures, from the last line of its output.

        It may end with 1 where mail of the run before may have arrived, which a person has to see.

        Raises:
            AssertionError: it ended otherwise.
        """
        place = self.container(number)
        done = place.call(*_RUN, "--json")
        shutil.rmtree(place.home.parent)
        if done.returncode not in (0, 1 if _UNCLEAR in done.stderr else 0):
            raise AssertionError(f"exit {done.returncode}: {done.stdout}{done.stderr}")
        figures: dict[str, int] = json.loads(done.stdout.splitlines()[-1])["run"]
        return figures

    def run_killed(self, number: int, record: Path, at: str) -> subprocess.CompletedProcess[str]:
        """A run in a new container that SIGKILL ends at a point, if it comes there.

        Args:
            number: of the container.
            record: gets a line for each point.
            at: as `proofs.rig.kill_points` takes it.
        """
        place = self.container(number)
        # Wrapped, it must not share what others imported.
        alone = School(home=place.home, data=self.files, env=self.settings)
        done = alone.call(*_RUN, through=("proofs.rig.kill_keeping", str(record), at))
        place.stop()
        shutil.rmtree(place.home.parent)
        return done

    def documents(self) -> dict[str, bytes]:
        """Every document in the bucket, by its key."""
        folders = ("reports/", "processed/", "metrics/")
        return {
            item.key: self.lake.get(item.key)
            for folder in folders
            for item in self.lake.list(folder)
        }

    def mailed(self) -> list[str]:
        """The id of each mail, in order."""
        found = [_MESSAGE_ID.search(mail.content) for mail in self.mails.arrived()]
        return [each[1].decode() for each in found if each is not None]

    def posted(self) -> list[str]:
        """The key of each message in Slack, as its metadata have it."""
        rooms = self.slack.channels.values()
        posted = [message for room in rooms for message in room.messages]
        return [message.metadata["event_payload"]["key"] for message in posted]


@contextmanager
def bucket_job(ground: Path, folder: Path, endpoint: str, bucket: str) -> Iterator[Job]:
    """A job with a new bucket on an S3 server, that tells Slack and a mailbox of each run.

    Args:
        ground: a folder with a short path that other users may enter, for homes.
        folder: for the school's files.
        endpoint: the server's address.
        bucket: the name of the bucket.
    """
    create_bucket(endpoint, bucket)
    slack = SlackTwin()
    with (
        running([slack]) as sandbox,
        running_mail(pace=Pace(), journal=sandbox.journal) as mail,
    ):
        settings = {
            "STORAGE_BACKEND": "s3",
            "OBJECT_STORAGE_BUCKET": bucket,
            "OBJECT_STORAGE_ENDPOINT": endpoint,
            "OBJECT_STORAGE_ACCESS_KEY_ID": "key",
            "OBJECT_STORAGE_SECRET_ACCESS_KEY": SECRET,
            "GRADELINE_DB_IN_BUCKET": "true",
            "SANDBOX_URL": sandbox.url,
            "SANDBOX_SPEED": "20",
            "RECIPIENT_EMAIL": "ana@school.example",
            **slack.settings,
            **mail.settings,
        }
        files = folder / "files"
        if not files.exists():
            cut(files, presentations=("2013J",), learners=20)
        options = {"endpoint": endpoint, "access_key_id": "key", "secret_access_key": SECRET}
        lake = open_lake(f"s3://{bucket}", options=options)
        yield Job(ground, files, settings, lake, slack, mail)
