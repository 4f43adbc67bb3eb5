"""Arrow as the product sets it up."""

import subprocess
import sys

SET_UP = """
import sys
import pyarrow as pa
from gradeline.wiring.arrow import set_up_arrow
set_up_arrow()
pa.array([1, None]), pa.scalar("a"), pa.table({"a": ["b"]}).to_pylist()
print(pa.default_memory_pool().backend_name, "pandas" in sys.modules)
import pandas
print("pandas" in sys.modules)
"""


def test_arrow_looks_for_no_pandas():
    """Values become Arrow's without pandas being imported; who wants pandas still has it."""
    done = subprocess.run([sys.executable, "-c", SET_UP], capture_output=True, text=True)
    assert (done.stdout.split(), done.stderr) == (["system", "False", "True"], "")
