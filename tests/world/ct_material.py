"""Real Certificate Transparency material beside the repository, for tests that skip without it."""

from pathlib import Path

import pytest

MATERIAL = Path(__file__).parents[2].parent / "shared" / "data" / "ct"

needs_material = pytest.mark.skipif(not MATERIAL.is_dir(), reason="real CT material is not here")
