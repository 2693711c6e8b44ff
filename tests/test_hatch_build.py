"""What the package is built from."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hunter import __version__

ROOT = Path(__file__).parents[1]

pytest.importorskip("hatchling", reason="what builds the package is not installed")
pytest.importorskip("Cython", reason="what builds the package is not installed")


def test_nothing_but_the_package_is_left_where_it_is_built(tmp_path: Path) -> None:
    """Whoever uploads `dist/*` uploads all that lies there; and no compiler is needed."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"CC": "false"},
        capture_output=True,
        check=True,
    )

    assert [one.name for one in tmp_path.iterdir()] == [f"hunter-{__version__}-py3-none-any.whl"]
