"""Read rule files as YAML documents that remember the line of everything in them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from unicodedata import normalize

import yaml
from yaml.reader import ReaderError

from hunter.errors import Fault
from hunter.rulebook.hints import TYPE_SPACES, UNBREAKABLE

Yaml: TypeAlias = (
    "str | int | float | bool | dt.date | list[Yaml] | dict[Yaml, Yaml] | bytes | set[Yaml] | None"
)
Step: TypeAlias = str | int

_MAX_BYTES = 1 << 20
_MAX_DEPTH = 60
_MAX_NODES = 100_000


_YAML_HINT = (
    "check indentation, quotes and colons there; quote a value that begins with * & ! % @ or ["
)
_YAML_HINTS = (
    ("'\\t'", "indent with spaces: YAML takes no tabs"),
    ("expected ':'", "put a colon and a space behind the key"),
    ("mapping values are not allowed", "put quotes around a text that holds a colon"),
    ("undefined alias", "put quotes around a value that begins with *"),
    ("that cannot start any token", "put quotes around a value that begins with % @ or `"),
)
"""What the YAML parser says → what a person did."""


class _TooMuchError(Exception):
    """The document is nested too deeply or grows too large once its aliases are written out."""


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document of a rule file."""

    file: str
    data: Mapping[Yaml, Yaml]
    node: yaml.MappingNode

    def place(self, *path: Step) -> str:
        """`line 12, detection.selection`: the deepest part of the path that is there."""
        node: yaml.Node = self.node
        for step in path:
            below = _below(node, step)
            if below is None:
                break
            node = below
        steps = ".".join(str(step) for step in path)
        line = f"line {node.start_mark.line + 1}"
        return f"{line}, {steps}" if steps else line

    def fault(self, path: Sequence[Step], message: str, hint: str = "") -> Fault:
        """A fault at that place of this document."""
        return Fault(self.file, self.place(*path), message, hint)


def _below(node: yaml.Node, step: Step) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return node.value[step] if step < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                # A scalar's own line; a block's line is that of its key.
                return value if isinstance(value, yaml.ScalarNode) else _at(value, key)
    return None


def _at(value: yaml.Node, key: yaml.Node) -> yaml.Node:
    """The node `value`, but placed where its key stands."""
    return type(value)(value.tag, value.value, key.start_mark, value.end_mark)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file as it was read."""

    file: str
    raw: bytes

    @property
    def name(self) -> str:
        """Its name without its folder: under that name another version stands in for it."""
        return Path(self.file).name


def read(path: Path) -> RuleFile:
    """The file; raises OSError. Of one that is too large, enough to say so."""
    with path.open("rb") as opened:
        return RuleFile(str(path), opened.read(_MAX_BYTES + 1))


def documents(found: RuleFile) -> tuple[tuple[Document, ...], tuple[Fault, ...]]:
    """The documents of a file, and what is wrong with it as YAML."""
    file = found.file
    if len(found.raw) > _MAX_BYTES:
        hint = "split it: one rule per file reads best"
        return (), (Fault(file, "", "is larger than 1 MiB", hint),)
    try:
        # Letters with accents as one character, as they stand in facts.
        return parse(file, normalize("NFC", found.raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8"
        return (), (Fault(file, _line_of(found.raw, error.start), "is not UTF-8 text", hint),)


def _line_of(raw: bytes, at: int) -> str:
    """The line in which that byte is."""
    number = raw.count(b"\n", 0, at) + 1
    return f"line {number}"


def parse(file: str, text: str) -> tuple[tuple[Document, ...], tuple[Fault, ...]]:
    """The documents in the text of one file, and what is wrong with it as YAML."""
    sound: list[Document] = []
    faults: list[Fault] = []
    try:
        for found in _documents(file, text):
            if isinstance(found, Fault):
                faults.append(found)
            else:
                sound.append(found)
        if not sound and not faults:
            hint = "write one, or remove the file; one that ends in other than .yml is not read"
            faults.append(Fault(file, "", "holds no rule", hint))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"is not valid YAML: it holds the character U+{error.character:04X}"
        faults.append(Fault(file, f"line {line}", message, "remove it, or type the line anew"))
    except yaml.YAMLError as error:
        faults.append(_yaml_fault(file, text, error))
    except _TooMuchError:
        hint = "write out what & and * stand for; a rule needs neither"
        faults.append(Fault(file, "", "is nested too deeply or uses too many aliases", hint))
    except RecursionError:
        hint = "look for brackets that are opened and not closed"
        faults.append(Fault(file, "", "is nested too deeply", hint))
    return tuple(sound), tuple(faults)


def _documents(file: str, text: str) -> Iterator[Document | Fault]:
    loader = yaml.SafeLoader(text)
    try:
        while loader.check_node():
            node = loader.get_node()
            if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
                continue
            yield from _document(file, loader, node)
    finally:
        loader.dispose()


def _document(file: str, loader: yaml.SafeLoader, node: yaml.Node) -> Iterator[Document | Fault]:
    line = f"line {node.start_mark.line + 1}"
    if not isinstance(node, yaml.MappingNode):
        hint = "a rule is a list of 'key: value' lines, beginning with 'title:'"
        yield Fault(file, line, "is not a rule", hint)
        return
    repeated = tuple(_repeated_keys(file, node))
    yield from repeated
    try:
        data = loader.construct_document(node)
    except ValueError as error:
        line = f"line {_unreadable(node).start_mark.line + 1}"
        yield Fault(file, line, f"holds a value that cannot be read: {error}", "check the dates")
        return
    if not repeated:
        yield Document(file, data, node)


def _unreadable(top: yaml.Node) -> yaml.Node:
    """The value that cannot be made of what is written, such as February 30th."""
    loader = yaml.SafeLoader("")
    stack = [top]
    while stack:
        node = stack.pop()
        if isinstance(node, yaml.SequenceNode):
            stack.extend(reversed(node.value))
        elif isinstance(node, yaml.MappingNode):
            stack.extend(value for _, value in reversed(node.value))
        else:
            try:
                loader.construct_object(node)
            except ValueError:
                return node
    return top


def _repeated_keys(file: str, top: yaml.Node) -> Iterator[Fault]:
    """Walk the document as a tree, within limits, and tell of keys that stand twice in a block."""
    stack: list[tuple[yaml.Node, int]] = [(top, 0)]
    walked = 0
    while stack:
        node, depth = stack.pop()
        walked += 1
        if depth > _MAX_DEPTH or walked > _MAX_NODES:
            raise _TooMuchError
        if isinstance(node, yaml.SequenceNode):
            stack.extend((item, depth + 1) for item in node.value)
        elif isinstance(node, yaml.MappingNode):
            stack.extend((value, depth + 1) for _, value in node.value)
            yield from _repeated_in(file, node)


def _repeated_in(file: str, node: yaml.MappingNode) -> Iterator[Fault]:
    seen: set[str] = set()
    for key, _ in node.value:
        name = str(key.value)
        if name in seen:
            hint = "the second would silently replace the first: join the two"
            line = f"line {key.start_mark.line + 1}"
            yield Fault(file, line, f"the key {name!r} stands twice in the same block", hint)
        seen.add(name)


def _yaml_fault(file: str, text: str, error: yaml.YAMLError) -> Fault:
    problem = str(getattr(error, "problem", None) or "unreadable")
    mark = getattr(error, "problem_mark", None)
    if getattr(error, "context", "") == "while scanning a simple key":
        mark = getattr(error, "context_mark", mark)  # it is seen where the next one begins
    where = f"line {mark.line + 1}, column {mark.column + 1}" if mark is not None else ""
    hint = next((told for part, told in _YAML_HINTS if part in problem), _YAML_HINT)
    if mark is not None and UNBREAKABLE in "".join(text.split("\n")[mark.line : mark.line + 1]):
        hint = TYPE_SPACES
    return Fault(file, where, f"is not valid YAML: {problem}", hint)
