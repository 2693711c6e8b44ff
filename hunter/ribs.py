"""Find drop-ins: every module in a rib folder is one, its file name its name everywhere."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

CONFIGURED = ("sources", "enrichers", "notifiers")
"""The families whose drop-ins have a table in the config."""
FAMILIES = (*CONFIGURED, "exports")


@cache
def names(family: str) -> tuple[str, ...]:
    """The names of a family's drop-ins, sorted, without importing any of them."""
    folder = import_module(f"hunter.{family}")
    return tuple(sorted(found.name for found in iter_modules(folder.__path__)))


def load(family: str, name: str) -> ModuleType:
    """The drop-in `hunter/<family>/<name>.py`."""
    return import_module(f"hunter.{family}.{name}")
