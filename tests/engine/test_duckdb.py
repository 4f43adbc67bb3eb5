"""What the DuckDB engine promises beyond the contract: bounds on memory, disk and network."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from gradeline.base.errors import EngineError, ObjectMissing
from gradeline.engine import DuckEngine
from gradeline.lake import FactWriter, Lake, open_lake

NUMBERS = pa.schema([("n", pa.int64()), ("text", pa.string())])
ROWS = 400_000

SPILL_ON_A_SMALL_DISK = """
import resource, sys
from pathlib import Path
import pyarrow as pa
from gradeline.base.errors import DiskFull
from gradeline.engine import DuckEngine
resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
folder = Path(sys.argv[1])
schema = pa.schema([("n", pa.int64()), ("text", pa.string())])
with DuckEngine(memory_mb=32, threads=1, spill=folder / "spill").session() as session:
    facts = session.facts([sys.argv[2]], schema)
    try:
        session.materialize("sorted", facts.order_by("text"))
    except DiskFull as error:
        print(error)
"""

HOLD = """
import sys, time
from pathlib import Path
from gradeline.engine import DuckEngine
with DuckEngine(spill=Path(sys.argv[1])).session():
    print("open", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fact file of 400,000 rows with a long text in each."""
    path = tmp_path_factory.mktemp("facts") / "numbers.parquet"
    with FactWriter(path, NUMBERS) as writer:
        for start in range(0, ROWS, 50_000):
            part = range(start, start + 50_000)
            texts = [f"{n * 7919 % ROWS:064d}{hash(n):064d}" for n in part]
            writer.write(pa.record_batch({"n": pa.array(part, pa.int64()), "text": texts}))
    return path


@pytest.fixture(params=["memory", "s3"])
def remote_lake(request: pytest.FixtureRequest) -> Lake:
    """A lake that no engine can read by path."""
    if request.param == "memory":
        return open_lake("memory:")
    chosen: Lake = request.getfixturevalue("s3_lake")
    return chosen


def test_object_storage_is_read_through_the_lake(
    remote_lake: Lake, numbers: Path, tmp_path: Path
) -> None:
    """Facts in a bucket give the numbers that the same file on disk gives."""
    key = "lake/facts/files!3Aoulad/clicks/course=AAA 'x'/é.parquet"
    remote_lake.put_new(key, numbers)
    with DuckEngine(spill=tmp_path).session(remote_lake.filesystem()) as session:
        facts = session.facts([remote_lake.location(key)], NUMBERS)
        total = session.run(facts.agg(n=facts.n.sum(), rows=facts.count())).to_pylist()
    assert total == [{"n": ROWS * (ROWS - 1) // 2, "rows": ROWS}]


def test_an_object_missing_from_a_bucket_is_named(remote_lake: Lake, tmp_path: Path) -> None:
    """A key that the bucket lacks is named as on disk."""
    with (
        DuckEngine(spill=tmp_path).session(remote_lake.filesystem()) as session,
        pytest.raises(
            ObjectMissing, match=r"lake/facts/gone\.parquet is in the load log but missing"
        ),
    ):
        session.run(session.facts(["lake://lake/facts/gone.parquet"], NUMBERS))


def sums(engine: DuckEngine, numbers: Path) -> list[dict[str, object]]:
    """Integer and decimal sums by group."""
    with engine.session() as session:
        facts = session.facts([str(numbers)], NUMBERS)
        share = (facts.n.cast("decimal(18, 6)") / 7).cast("decimal(18, 6)")
        by_rest = facts.group_by(k=facts.n % 3).agg(a=share.sum(), b=facts.n.sum())
        return session.run(by_rest.order_by("k")).to_pylist()  # type: ignore[no-any-return]


def test_results_do_not_depend_on_threads(numbers: Path, tmp_path: Path) -> None:
    """Integer and decimal sums by group are the same on any number of threads."""
    one, *others = (
        sums(DuckEngine(spill=tmp_path, threads=threads), numbers) for threads in (1, 2, 3, 4)
    )
    assert all(other == one for other in others)
    assert sum(row["b"] for row in one) == ROWS * (ROWS - 1) // 2  # type: ignore[misc]


def test_what_does_not_fit_in_memory_is_spilled(numbers: Path, tmp_path: Path) -> None:
    """Sorting more than the engine may hold works through its folder, which is empty afterwards."""
    with DuckEngine(memory_mb=48, threads=1, spill=tmp_path).session() as session:
        facts = session.facts([str(numbers)], NUMBERS)
        first = session.materialize("sorted", facts.order_by(facts.text.desc())).limit(1)
        assert session.run(first).num_rows == 1
    assert not list(tmp_path.glob("duckdb-*"))


def test_too_little_memory_names_the_setting(numbers: Path, tmp_path: Path) -> None:
    """Where even spilling does not help, the message says which setting to raise."""
    with DuckEngine(memory_mb=8, threads=1, spill=tmp_path).session() as session:
        facts = session.facts([str(numbers)], NUMBERS)
        lists = facts.group_by("text").agg(n=facts.n.collect())
        with pytest.raises(EngineError, match="GRADELINE_ENGINE_MEMORY_MB"):
            session.run(lists)


def test_a_full_disk_is_no_room(numbers: Path, tmp_path: Path) -> None:
    """At a file-size limit spilling leaves nothing, and says so."""
    command = [sys.executable, "-c", SPILL_ON_A_SMALL_DISK, str(tmp_path), str(numbers)]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert output.count("There is no room left") == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [".spill.lock"]


def test_a_killed_session_leaves_no_folder_for_long(tmp_path: Path) -> None:
    """The folder of a killed session goes with the next session; that of a living one stays."""
    killed, living = (
        subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(2)
    )
    for process in (killed, living):
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    with DuckEngine(spill=tmp_path).session():
        assert len(list(tmp_path.glob("duckdb-*"))) == 2
    living.kill()
    living.communicate()


def test_no_extension_comes_from_the_network(tmp_path: Path) -> None:
    """A table function of an extension that is not built in is refused, not fetched."""
    with (
        DuckEngine(spill=tmp_path).session() as session,
        pytest.raises(EngineError, match="http"),
    ):
        session.run(session.facts(["https://example.invalid/x.parquet"], NUMBERS))
