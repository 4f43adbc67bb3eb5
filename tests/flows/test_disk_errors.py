"""What the system says of a file is told as it is: full, closed or gone."""

import errno
from pathlib import Path

import pytest

from gradeline.base.errors import LakeError, NoRoom
from gradeline.flows.landing import disk_error
from gradeline.records.slices import Slice

SLICE = Slice(source="files:school", stream="attempts", window="attempts.csv")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_no_room(number, tmp_path):
    """More space, or another disk, mends it; the setting is named."""
    told = disk_error(SLICE, tmp_path, OSError(number, "no more"))
    assert isinstance(told, NoRoom)
    assert str(tmp_path) in str(told)
    assert "GRADELINE_HOME" in str(told)


def test_a_file_that_may_not_be_read_is_named(tmp_path):
    """More space would not help: the message names the file and what is wrong with it."""
    with pytest.raises(OSError, match="gone") as caught:
        (tmp_path / "gone").open()
    told = disk_error(SLICE, Path("spool"), caught.value)
    assert isinstance(told, LakeError)
    assert str(told).startswith(f"{SLICE} stopped at {tmp_path / 'gone'}: No such file")
