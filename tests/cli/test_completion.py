"""Shell completion."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hunter import ribs
from tests.world.daemon import PATIENCE

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
        timeout=PATIENCE,
    )

    assert "alerts" in said.stdout
    assert "status" not in said.stdout


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("alerts export --format ", " ".join(ribs.names("exports"))),
        ("incidents export 1 --format cs", "csv"),
        ("alerts list --minimum ", "informational low medium high critical"),
        ("alerts list --state c", "confirmed closed"),
        ("alerts route en-marche.co --severity h", "high"),
        ("alerts route en-marche.co --transition o", "opened"),
        ("alerts dismiss en-marche.co --reason p", "partner parked"),
        ("takedown en-marche.co --language ", "en fr"),
        ("takedown sent en-marche.co --to r", "registrar registry"),
        ("search --sort se", "seen severity"),
        ("search --severity l", "low"),
        ("track add registrant_e", "registrant_email registrant_email_domain"),
    ],
)
def test_a_word_of_which_only_some_will_do_is_proposed(typed: str, words: str) -> None:
    """Where nothing is, a shell goes on to the files that lie there."""
    asked = f"hunter {typed}"
    begun = {"COMP_WORDS": asked, "COMP_CWORD": str(len(asked.split(" ")) - 1)}
    said = subprocess.run(
        [HUNTER],
        env={**os.environ, **begun, "_HUNTER_COMPLETE": "complete_bash"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )

    assert said.stdout.split() == words.split()


def test_the_version_is_said() -> None:
    """And nothing else is done."""
    said = subprocess.run([HUNTER, "--version"], capture_output=True, text=True, check=True)

    assert said.stdout.split()[0] == "hunter"
