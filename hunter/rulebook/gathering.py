"""Which files make up a set of rules: those of folders, and drafts laid over them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from hunter.errors import Fault
from hunter.paths import is_folder
from hunter.rulebook.reading import RuleFile, read

Stamp: TypeAlias = tuple[str, int, int]
"""A file's path, its size, and when it was changed in nanoseconds."""

_SUFFIXES = frozenset({".yml", ".yaml"})


def gather(places: Sequence[Path]) -> tuple[tuple[RuleFile, ...], tuple[Fault, ...]]:
    """The rule files in these folders and below them, and single files; and what cannot be read."""
    files: list[RuleFile] = []
    faults: list[Fault] = []
    for path in paths(places):
        try:
            files.append(read(path))
        except FileNotFoundError:
            hint = "name the folder that holds the rule files"
            faults.append(Fault(str(path), "", "there is no such folder or file", hint))
        except OSError as error:
            faults.append(Fault(str(path), "", f"cannot be read: {error.strerror}"))
    if not files and not faults:
        named = ", ".join(map(str, places))
        faults.append(Fault(named, "", "holds no rule", "rule files end in .yml"))
    return tuple(files), tuple(faults)


def paths(places: Sequence[Path]) -> Iterator[Path]:
    """The paths of the rule files; one that is neither folder nor file is given back as it is."""
    for place in places:
        if is_folder(place):
            yield from sorted(path for path in place.rglob("*") if _is_rule_file(path))
        else:
            yield place


def _is_rule_file(path: Path) -> bool:
    return path.suffix in _SUFFIXES and not path.name.startswith(".") and path.is_file()


def stamps(places: Sequence[Path]) -> tuple[Stamp, ...]:
    """What changes when a rule file is written, added, renamed or removed; cheap to ask for."""
    found: list[Stamp] = []
    for path in paths(places):
        try:
            status = path.stat()
        except OSError:
            found.append((str(path), -1, -1))
        else:
            found.append((str(path), status.st_size, status.st_mtime_ns))
    return tuple(found)


def laid_over(files: Sequence[RuleFile], drafts: Sequence[RuleFile]) -> tuple[RuleFile, ...]:
    """The files with the drafts among them: a draft stands in for the file of the same name."""
    named = {draft.name for draft in drafts}
    return (*(file for file in files if file.name not in named), *drafts)
