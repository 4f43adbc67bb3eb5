"""What the system says of a file is told as it is: full, closed or gone."""

import errno
from pathlib import Path

import duckdb
import pytest

from gradeline.base.errors import DiskFull, LakeError
from gradeline.flows.collect.fetch import to_disk_error
from gradeline.records.slices import Slice
from gradeline.sources.tabular.views import map_reading_errors

SLICE = Slice(source="files:school", stream="attempts", window="attempts.csv")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_no_room(number, tmp_path):
    """More space, or another disk, helps; the setting is named."""
    told = to_disk_error(SLICE, tmp_path, OSError(number, "no more"))
    assert isinstance(told, DiskFull)
    assert str(tmp_path) in str(told)
    assert "GRADELINE_HOME" in str(told)


def test_a_file_that_may_not_be_read_is_named(tmp_path):
    """More space would not help: the message names the file and what is wrong with it."""
    with pytest.raises(OSError, match="gone") as caught:
        (tmp_path / "gone").open()
    told = to_disk_error(SLICE, Path("spool"), caught.value)
    assert isinstance(told, LakeError)
    assert str(told).startswith(f"{SLICE} stopped at {tmp_path / 'gone'}: No such file")


def test_a_disk_that_fails_is_not_a_matter_of_rights(tmp_path):
    """Rights would not help: the message says that the disk fails."""
    told = to_disk_error(SLICE, tmp_path, OSError(errno.EIO, "Input/output error", "x.parquet"))
    assert "x.parquet: Input/output error. That disk fails" in str(told)


def test_what_could_not_be_written_is_not_told_of_what_is_read():
    """The file that is read is whole: what DuckDB writes of it met the error of the disk."""
    said = (
        'Async write failed for range [offset=0, size=540]: {"exception_type":"IO",'
        '"exception_message":"Could not write file \\"/h/facts.parquet\\": Input/output error",'
        '"errno":"5"}'
    )
    with (
        pytest.raises(OSError, match="Input/output error") as caught,
        map_reading_errors("", "x.csv"),
    ):
        raise duckdb.IOException(said)
    assert (caught.value.errno, caught.value.filename) == (errno.EIO, "/h/facts.parquet")
