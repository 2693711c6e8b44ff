"""Whose certificates are trusted."""

import os
from pathlib import Path

import pytest

from hunter.errors import WillNotPass
from hunter.net.trust import trusting


def test_a_pipe_for_certificates_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Whoever opened it would wait for a writer, and the letters with it."""
    pipe = tmp_path / "ours.pem"
    os.mkfifo(pipe)

    with pytest.raises(WillNotPass, match="gives no certificates"):
        trusting(pipe)


def test_without_a_bundle_the_systems_certificates_are_trusted() -> None:
    """As every other program does."""
    assert trusting(None).check_hostname
