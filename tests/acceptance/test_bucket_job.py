"""A job that has only a bucket: each run in a new container."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from proofs.rig.bucket_job import Job, bucket_job
from tests.s3_server import s3_endpoint

from gradeline.flows.upkeep.bucket_database import POINTER

from .conftest import open_ground

#: Each call of the command is a process that starts a server: `make prove` has the time.
pytestmark = pytest.mark.slow

__all__ = ["s3_endpoint"]


@pytest.fixture
def job(tmp_path, s3_endpoint) -> Iterator[Job]:
    """A job with a bucket of its own, that tells Slack and a mailbox of each run."""
    with (
        open_ground() as ground,
        bucket_job(ground, tmp_path, s3_endpoint, "job-of-a-test") as made,
    ):
        yield made


def test_the_second_run_loads_nothing_and_sends_only_that_it_ended(job: Job):
    """The ledgers come back from the bucket: no record is stored twice, no report is made again."""
    first, second = job.run(1), job.run(2)
    assert first["stored"] > 0
    assert (second["stored"], second["courses"], second["documents"]) == (0, 0, 0)
    assert first["sent"] == second["sent"], "each run tells that it ended, and nothing else"
    assert job.lake.exists(POINTER)
