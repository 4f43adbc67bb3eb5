"""A1 of a job that has only a bucket: killed while it keeps its database, the next run is whole."""

from __future__ import annotations

import logging
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from moto.server import ThreadedMotoServer
from tests.dying_lake import expire

from gradeline.flows.upkeep.bucket_database import LEASE
from proofs.promise import IDLE, Setting, Try
from proofs.rig.bucket_job import Job, bucket_job
from proofs.rig.kills import Record

_FIRST, _SECOND, _THIRD = 1, 2, 3
#: The lake's points of one kind that are tried: it writes every raw file and document, too.
_OF_THE_LAKE = 3


def crash_bucket(setting: Setting) -> Iterator[Try]:
    """Run a job in new containers, the first killed at every point of keeping its database."""
    with _s3() as endpoint, _ground() as ground:
        with bucket_job(ground, setting.folder, endpoint, "undisturbed") as job:
            record = Record(setting.folder / "points")
            done = job.run_killed(_FIRST, record.path, "0")
            wrong = done.stderr if done.returncode else _find_repeated(job, job.run(_SECOND))
            wanted = job.documents()
            yield Try(name="undisturbed", wrong=wrong)
        points = list(_points(record.labels()))
        setting.luck.shuffle(points)
        for number, at in enumerate(points[: setting.many(len(points), 1)], start=1):
            with bucket_job(ground, setting.folder, endpoint, f"killed-{number}") as job:
                yield _killed(job, setting.folder / f"record-{number}", at, wanted)


def _points(labels: Sequence[str]) -> Iterator[str]:
    """Yield each point once: every one of the database and its journal, some of the lake's."""
    for label in dict.fromkeys(labels):
        times = labels.count(label)
        if "Lake." not in label or times <= 2 * _OF_THE_LAKE:
            chosen = range(1, times + 1)
            yield from (f"{label}@{each}" for each in chosen)
            continue
        last = range(times - _OF_THE_LAKE + 1, times + 1)
        yield from (f"{label}@{each}" for each in (*range(1, _OF_THE_LAKE + 1), *last))


def _killed(job: Job, record: Path, at: str, wanted: dict[str, bytes]) -> Try:
    done = job.run_killed(_FIRST, record, at)
    died = done.returncode == -signal.SIGKILL
    expire(job.lake, LEASE)  # a quarter of an hour later
    job.run(_SECOND)
    wrong = _find_repeated(job, job.run(_THIRD))
    documents = job.documents()
    if documents != wanted:
        differ = [key for key in {*wanted, *documents} if wanted.get(key) != documents.get(key)]
        wrong += f"; documents that differ: {sorted(differ)[:3]}"
    return Try(name=f"kill {at}", wrong=wrong, landed=at.partition("@")[0] if died else IDLE)


def _find_repeated(job: Job, last: dict[str, int]) -> str:
    """Say what the last run did again, and what arrived twice."""
    wrong = [f"{name} {last[name]} in the last run" for name in ("stored", "documents")]
    wrong = [each for each in wrong if " 0 " not in each]
    mails, posts = job.mailed(), job.posted()
    wrong += [f"mail {each} twice" for each in set(mails) if mails.count(each) > 1]
    wrong += [f"post {each} twice" for each in set(posts) if posts.count(each) > 1]
    return "; ".join(wrong if mails and posts else [*wrong, "nobody was told"])


@contextmanager
def _s3() -> Iterator[str]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # it says each request
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def _ground() -> Iterator[Path]:
    """A folder with a short path that other users may enter: as root PostgreSQL is one."""
    folder = Path(tempfile.mkdtemp(prefix="gl-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
