"""Shell completion."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HUNTER = Path(sys.executable).with_name("hunter")
SHELLS = {
    "bash": {"COMP_WORDS": "hunter ale", "COMP_CWORD": "1"},
    "zsh": {"_TYPER_COMPLETE_ARGS": "hunter ale"},
    "fish": {"_TYPER_COMPLETE_ARGS": "hunter ale", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes_what_is_begun(shell: str) -> None:
    """The command that begins so, and no other."""
    said = subprocess.run(
        [HUNTER],
        env={**os.environ, **SHELLS[shell], "_HUNTER_COMPLETE": f"complete_{shell}"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert "alerts" in said.stdout
    assert "status" not in said.stdout


def test_the_version_is_said() -> None:
    """And nothing else is done."""
    said = subprocess.run([HUNTER, "--version"], capture_output=True, text=True, check=True)

    assert said.stdout.split()[0] == "hunter"
