"""Which files make up a set of rules: those of folders, and drafts laid over them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from hunter.errors import Fault
from hunter.paths import is_file, is_folder, is_there
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
            faults.append(_missing(path))
        except OSError as error:
            hint = "let the user that hunter runs as read it, or name another"
            faults.append(Fault(str(path), "", f"cannot be read: {error.strerror}", hint))
    if not files and not faults:
        named = ", ".join(map(str, places))
        faults.append(Fault(named, "", "holds no rule", "rule files end in .yml"))
    return tuple(files), tuple(faults)


def _missing(path: Path) -> Fault:
    if path.is_symlink():
        return Fault(str(path), "", "is a link to nothing", "mend the link, or remove it")
    hint = "name the folder that holds the rule files"
    return Fault(str(path), "", "there is no such folder or file", hint)


def paths(places: Sequence[Path]) -> Iterator[Path]:
    """The paths of the rule files; what cannot be one is given back as it is, to be refused."""
    for place in places:
        if is_folder(place):
            yield from _below(place)
        else:
            yield place


def _below(folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """Rule files, and what would be passed over in silence: closed folders, links to nothing.

    Of linked folders too, but of none that it stands in itself: that would have no end.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    around = above | {folder.resolve()}
    for path in entries:
        if path.name.startswith("."):
            continue
        if is_folder(path):
            if path.resolve() not in around:
                yield from _below(path, around)
        elif path.suffix.lower() in _SUFFIXES and (is_file(path) or not is_there(path)):
            yield path


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
