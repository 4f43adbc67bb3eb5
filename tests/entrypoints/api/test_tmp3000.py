"""Temporary."""

import pytest
from .fuzzing import ask_everything


@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@pytest.mark.timeout(3000)
def test_it(school, app_of):
    """x."""
    assert ask_everything(app_of(school), 3000, seed=77) == {}
