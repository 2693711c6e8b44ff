"""Finding drop-ins."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from hunter import ribs
from hunter.errors import YoursToFix


@pytest.mark.parametrize("family", ribs.FAMILIES)
def test_every_file_in_a_rib_folder_is_a_drop_in(family: str) -> None:
    """Its file name is its name, and it can be loaded by it."""
    found = ribs.names(family)

    assert list(found) == sorted(found)
    assert all(ribs.load(family, name).__name__ == f"hunter.{family}.{name}" for name in found)


def test_the_known_parts_are_there() -> None:
    """One of each family that the design names."""
    assert "case" in ribs.names("sources")
    assert "dns" in ribs.names("enrichers")
    assert {"email", "slack"} <= set(ribs.names("notifiers"))


def test_listing_names_imports_none_of_them() -> None:
    """`hunter --help` stays fast, however many parts there are."""
    code = (
        "import sys; from hunter import ribs; assert ribs.names('enrichers');"
        "print([name for name in sys.modules if name.startswith('hunter.enrichers.')])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"


def test_a_part_that_is_not_there_cannot_be_loaded() -> None:
    """The config has told of it long before."""
    with pytest.raises(ModuleNotFoundError):
        ribs.load("sources", "no_such_source")


@pytest.mark.parametrize(
    ("written", "said", "hint"),
    [
        ("x = 1\ndef broken(:\n", "new.py: line 2: invalid syntax", "mend the file"),
        ("import no_such_package\n", "No module named 'no_such_package'", "-m pip install"),
        ("from hunter.errors import Gone\n", "cannot import name 'Gone'", "mend the file"),
    ],
)
def test_a_part_that_cannot_be_loaded_is_yours_to_fix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, said: str, hint: str
) -> None:
    """With its file, and no traceback of every command."""
    (tmp_path / "new.py").write_text(written, encoding="utf-8")
    folder = import_module("hunter.enrichers")
    monkeypatch.setattr(folder, "__path__", [*folder.__path__, str(tmp_path)])
    with pytest.raises(YoursToFix) as raised:
        ribs.load("enrichers", "new")

    (fault,) = raised.value.faults
    assert fault.file == str(tmp_path / "new.py")
    assert said in str(fault)
    assert hint in fault.hint
