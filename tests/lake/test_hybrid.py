"""A lake at home with a copy in a cloud: the copy becomes the same, whatever happens between."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from tests.s3_server import create_bucket

from gradeline.base.errors import LakeUnavailable
from gradeline.lake import HybridLake, Lake, open_hybrid, open_lake

RAW = "lake/raw/grader/attempts/2024-01-11T05/aa.json"
REPORT = "reports/AAA/2013J/course_report.pdf"


#: Writes, deletes and copies until it is killed.
ENDLESS = """
import itertools, json, sys
from gradeline.lake import open_hybrid, open_lake

here, there, options = sys.argv[1:]
lake = open_hybrid(here, open_lake(there, options=json.loads(options)))
print("begun", flush=True)
for number in itertools.count():
    lake.replace(f"reports/{number % 7}", str(number).encode())
    lake.delete([f"reports/{(number + 3) % 7}"])
    lake.copy_changes()
"""


def contents(lake: Lake) -> dict[str, bytes]:
    """All objects of a lake."""
    return {item.key: lake.get(item.key) for item in lake.list("")}


@pytest.fixture
def again(hybrid_lake: HybridLake) -> Callable[[], HybridLake]:
    """The same lake as a process opens it that knows nothing of the one before."""
    return lambda: open_hybrid(hybrid_lake.url, hybrid_lake.cloud)


def test_the_cloud_gets_what_was_written_and_loses_what_was_deleted(hybrid_lake):
    """After copying, the cloud has the same objects; a second time nothing is sent."""
    hybrid_lake.put_new(RAW, b"raw")
    hybrid_lake.replace(REPORT, b"first")
    assert hybrid_lake.copy_changes().copied == 2
    hybrid_lake.replace(REPORT, b"other")
    hybrid_lake.delete([RAW])
    done = hybrid_lake.copy_changes()
    assert (done.copied, done.deleted) == (1, 1)
    assert contents(hybrid_lake.cloud) == {REPORT: b"other"}
    assert hybrid_lake.copy_changes().copied == 0


def test_a_later_process_copies_what_a_killed_one_left(hybrid_lake, again):
    """Writes and deletions of a process that never copied reach the cloud by the next one."""
    hybrid_lake.replace(REPORT, b"first")
    hybrid_lake.put_new(RAW, b"raw")
    hybrid_lake.copy_changes()
    hybrid_lake.replace(REPORT, b"after")
    hybrid_lake.delete([RAW])
    again().copy_changes()
    assert contents(hybrid_lake.cloud) == {REPORT: b"after"}


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.05, 0.11, 0.23, 0.4])
def test_a_process_killed_anywhere_leaves_a_copy_that_the_next_one_completes(
    hybrid_lake, again, s3_options, seconds
):
    """After kill -9 in the middle of writing, deleting and copying, one copying makes both equal."""
    places = (hybrid_lake.url, hybrid_lake.cloud.url, json.dumps(s3_options))
    command = [sys.executable, "-c", ENDLESS, *places]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        time.sleep(seconds)
        process.kill()
    again().copy_changes()
    assert contents(hybrid_lake.cloud) == contents(hybrid_lake)


def test_a_deletion_that_was_only_noted_deletes_nothing(hybrid_lake, again):
    """A process killed between noting and deleting leaves the object here and in the cloud."""
    hybrid_lake.put_new(RAW, b"raw")
    hybrid_lake._books.note_deleted([RAW])
    again().copy_changes()
    assert contents(hybrid_lake.cloud) == contents(hybrid_lake) == {RAW: b"raw"}


@pytest.mark.parametrize("seed", range(5))
def test_any_sequence_ends_in_the_same_objects(hybrid_lake, again, seed):
    """Random writes, deletions and copies, by processes that know nothing of each other."""
    draw = random.Random(seed)
    keys = [REPORT, "cursos.yml", "notes/a.txt", "lake/unnamed.json"]
    for _ in range(25):
        lake, key = again(), draw.choice(keys)
        if draw.random() < 0.3:
            lake.delete([key])
        else:
            lake.replace(key, bytes(draw.randbytes(draw.randrange(4) + 1)))
        lake.copy_changes()
    assert contents(hybrid_lake.cloud) == contents(hybrid_lake)


def test_a_file_that_somebody_wrote_into_the_home_is_copied(hybrid_lake, tmp_path):
    """Plan files and cursos.yml are edited in the folder, without Gradeline."""
    plan = tmp_path / "home/planification/Maths/algebra.csv"
    plan.parent.mkdir(parents=True)
    for text in ("one", "two"):  # of one size, and written within one tick of many clocks
        plan.write_text(text)
        hybrid_lake.copy_changes()
    assert contents(hybrid_lake.cloud) == {"planification/Maths/algebra.csv": b"two"}


def test_what_is_no_part_of_the_store_stays_at_home(hybrid_lake, tmp_path):
    """The database with its passwords, logs and files that nobody stored never leave the home."""
    for path in ("db/secrets", "logs/etl.log", "spool/x", ".env", "service-account.json"):
        (tmp_path / "home" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "home" / path).write_text("secret")
    hybrid_lake.replace("notes/kept.txt", b"stored on purpose")
    hybrid_lake.copy_changes()
    assert contents(hybrid_lake.cloud) == {"notes/kept.txt": b"stored on purpose"}


def test_a_file_deleted_by_hand_stays_in_the_cloud(hybrid_lake, again, tmp_path):
    """An emptied or new home takes nothing away from the copy."""
    hybrid_lake.replace(REPORT, b"first")
    hybrid_lake.copy_changes()
    (tmp_path / "home" / REPORT).unlink()
    assert again().copy_changes().deleted == 0
    assert contents(hybrid_lake.cloud) == {REPORT: b"first"}


def test_what_was_lost_in_the_cloud_is_copied_again(hybrid_lake, again):
    """An object that somebody deleted or changed there is as it is at home after the next copy."""
    hybrid_lake.replace(REPORT, b"first")
    hybrid_lake.put_new(RAW, b"raw")
    hybrid_lake.copy_changes()
    hybrid_lake.cloud.delete([RAW])
    hybrid_lake.cloud.replace(REPORT, b"FIRST")
    again().copy_changes()
    assert contents(hybrid_lake.cloud) == contents(hybrid_lake)


def test_a_cloud_that_was_away_gets_all_of_it_later(s3_endpoint, s3_options, tmp_path):
    """Without its bucket nothing is copied and the store at home works; with it all is there."""
    cloud = open_lake("s3://later", options=s3_options)
    lake = open_hybrid(f"file:{tmp_path}", cloud)
    lake.replace(REPORT, b"first")
    with pytest.raises(LakeUnavailable, match="s3://later/data does not exist"):
        lake.copy_changes()
    create_bucket(s3_endpoint, "later")
    lake.copy_changes()
    assert contents(cloud) == {REPORT: b"first"}


def test_a_name_that_no_cloud_takes_is_named_and_stops_nothing(hybrid_lake, tmp_path):
    """A file named with a colon stays at home; the others are copied."""
    for name in ("a:b.csv", "good.csv"):
        (tmp_path / "home/uploads").mkdir(parents=True, exist_ok=True)
        (tmp_path / "home/uploads" / name).write_text(name)
    done = hybrid_lake.copy_changes()
    assert list(contents(hybrid_lake.cloud)) == ["uploads/good.csv"]
    assert len(done.problems) == 1
    assert "uploads/a:b.csv has no copy" in done.problems[0]


def test_another_cloud_gets_everything(hybrid_lake, s3_endpoint, s3_options):
    """What one bucket was given says nothing about the next one."""
    hybrid_lake.replace(REPORT, b"first")
    hybrid_lake.copy_changes()
    create_bucket(s3_endpoint, "moved")
    other = open_hybrid(hybrid_lake.url, open_lake("s3://moved", options=s3_options))
    assert other.copy_changes().copied == 1


def test_both_stores_are_checked(hybrid_lake, s3_options, tmp_path):
    """Doctor's probe finds a bucket that is not there, though the folder works."""
    lake = open_hybrid(f"file:{tmp_path}", open_lake("s3://nowhere", options=s3_options))
    hybrid_lake.check_store()
    with pytest.raises(LakeUnavailable, match="s3://nowhere/data does not exist"):
        lake.check_store()
