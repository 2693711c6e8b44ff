"""Find drop-ins: every module in a rib folder is one, its file name its name everywhere."""

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from hunter.errors import Fault, YoursToFix

CONFIGURED = ("sources", "enrichers", "notifiers")
"""The families whose drop-ins have a table in the config."""
FAMILIES = (*CONFIGURED, "exports")


@cache
def names(family: str) -> tuple[str, ...]:
    """The names of a family's drop-ins, sorted, without importing any of them."""
    folder = import_module(f"hunter.{family}")
    return tuple(sorted(found.name for found in iter_modules(folder.__path__)))


def load(family: str, name: str) -> ModuleType:
    """The drop-in `hunter/<family>/<name>.py`.

    Raises YoursToFix for one that cannot be read, or that needs what is not there.
    """
    module = f"hunter.{family}.{name}"
    try:
        return import_module(module)
    except SyntaxError as error:
        hint = "mend the file, or take it away"
        where = f"line {error.lineno}"
        raise YoursToFix([Fault(error.filename or module, where, error.msg, hint)]) from error
    except ImportError as error:
        if error.name == module:
            raise
        raise YoursToFix([_lacking(module, error)]) from error


def mentions(family: str, name: str, word: str) -> bool:
    """Whether the word stands in the file of a drop-in, which is not imported for that."""
    found = find_spec(f"hunter.{family}.{name}")
    if found is None or found.origin is None:
        return False
    return word.encode() in Path(found.origin).read_bytes()


def _lacking(module: str, error: ImportError) -> Fault:
    """What the drop-in imports is not installed, or not of the version that it was written for."""
    found = find_spec(module)
    hint = "mend the file, or take it away"
    if isinstance(error, ModuleNotFoundError) and not str(error.name).startswith("hunter"):
        hint = f"install what it needs beside hunter: {sys.executable} -m pip install ..."
    return Fault(found.origin if found and found.origin else module, "", str(error), hint)
