"""A run at home whose files are copied to a bucket: the bucket's absence stops nothing."""

import json

import pytest
from proofs.rig.command import school
from tests.s3_server import SECRET, create_bucket, s3_endpoint, s3_options

from gradeline.lake import open_lake

#: Each call of the command is a process that starts a server: `make prove` has the time.
pytestmark = pytest.mark.slow

__all__ = ["s3_endpoint", "s3_options"]

AS_OF = ("--as-of", "2015-12-31")


@pytest.fixture
def hybrid(ground, files, migrated_home, s3_endpoint):
    """A school whose copy goes to the bucket `school`, which does not exist yet."""
    settings = {
        "STORAGE_BACKEND": "hybrid",
        "OBJECT_STORAGE_BUCKET": "school",
        "OBJECT_STORAGE_ENDPOINT": s3_endpoint,
        "OBJECT_STORAGE_ACCESS_KEY_ID": "key",
        "OBJECT_STORAGE_SECRET_ACCESS_KEY": SECRET,
    }
    with school(ground / "school", files, like=migrated_home, forks=True, **settings) as place:
        yield place


def test_a_run_names_a_cloud_that_is_away_and_the_next_one_copies(hybrid, s3_endpoint, s3_options):
    """Reports are written at home with exit code 1; the run after it copies them and ends with 0."""
    done = hybrid.call("run", hybrid.source, *AS_OF)
    assert done.returncode == 1
    assert done.stderr.count("The copy in s3://school/data is behind") == 1
    assert (hybrid.home / "reports/AAA/2013J/course_report.pdf").exists()
    create_bucket(s3_endpoint, "school")
    assert "Copied" in hybrid.run(*AS_OF)
    lake = open_lake("s3://school", options=s3_options)
    report = (hybrid.home / "reports/AAA/2013J/course_report.pdf").read_bytes()
    assert lake.get("reports/AAA/2013J/course_report.pdf") == report
    tops = {item.key.partition("/")[0] for item in lake.list("")}
    assert tops == {"lake", "metrics", "processed", "reports"}
    again = hybrid.call("run", hybrid.source, *AS_OF, "--json")
    assert '"copied":0' in again.stdout, json.loads(again.stdout.splitlines()[-1])
