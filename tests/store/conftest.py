"""An empty store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hunter.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new store in a file of its own."""
    with Store(tmp_path / "hunter.db") as opened:
        yield opened
