"""The data of the samples is what its script writes, and small."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LARGEST = 600 * 1024


@pytest.mark.slow
def test_the_data_is_what_the_script_writes():
    told = subprocess.run([sys.executable, "-m", "tools.sample_data", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (told.returncode, told.stderr) == (0, "")


def test_each_sample_is_small():
    sizes = [sum(path.stat().st_size for path in (ROOT / folder).rglob("*") if path.is_file()) for folder in ("sample_workspace/data", "templates/starters/equipment")]

    assert max(sizes) <= LARGEST
