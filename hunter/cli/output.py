"""What the commands share: options, and how things are printed for people and for programs."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from hunter.config import Config, Ground
    from hunter.store import Store

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        *("-c", "--config"),
        metavar="FILE",
        help="The config file.",
        show_default=False,
        readable=False,  # who reads it says more of why it cannot be read
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object per line.")]

_LAST_COLUMN = 20
NOTHING_FOUND = 1
YOURS_TO_FIX = 2
COULD_NOT_TELL = 3


NoPageOption = Annotated[
    bool,
    typer.Option("--no-page", help="Never connect to a suspect's own server, whatever is set."),
]


def load_config(path: Path | None, *, visits: bool = True) -> "Config":
    """The config at `path`, or where it is found when nobody says."""
    from hunter import config

    _log_beside()
    return config.load(path or config.find(), visits=visits)


def config_or_none(path: Path | None) -> "Config | None":
    """The config that was named, or is found; None where there is none to be found."""
    found = path_or_none(path)
    return load_config(found) if found else None


def path_or_none(path: Path | None) -> Path | None:
    """Where the config is that was named, or is found; None where there is none to be found."""
    from hunter import config
    from hunter.errors import YoursToFix

    try:
        return path or config.find()
    except YoursToFix:
        return None


def _log_beside() -> None:
    """What is logged goes to standard error: answers, above all JSON, stand alone on the other."""
    import structlog

    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))


def load_ground(path: Path | None) -> "Ground":
    """The same without the drop-ins: for commands that ask only the store, and answer at once."""
    from hunter import config

    return config.ground(path or config.find())


def existing_store(path: Path) -> "Store":
    """For commands that make none: an empty one would hide that the daemon's is elsewhere."""
    from hunter.errors import Fault, YoursToFix
    from hunter.store import Store

    try:
        there = path.stat()
    except FileNotFoundError as error:
        message = f"there is no store at {path} yet: hunter has not run, or keeps it elsewhere"
        raise nothing_found(message, as_json=False) from error
    except OSError:
        return Store(path)  # opening it says why
    if S_ISREG(there.st_mode) and not there.st_size:
        hint = "if hunter did not begin this moment, put a copy in its place: hunter restore FILE"
        raise YoursToFix([Fault(str(path), "", "is empty: what was stored is lost", hint)])
    return Store(path)


def refuse_empty(context: typer.Context) -> None:
    """A condition of nothing, as of a variable that is not set, would narrow nothing down.

    Nor would one of blanks and commas: of a list, nothing is left.
    """
    from hunter.errors import Fault, YoursToFix

    empty = [
        Fault("", param.opts[-1], "is empty", "say what is meant, or leave the option out")
        for param in context.command.params
        if param.name and _is_typed(context, param.name) and _is_nothing(context.params[param.name])
    ]
    if empty:
        raise YoursToFix(empty)


def _is_nothing(value: object) -> bool:
    return isinstance(value, str) and not value.strip(" ,")


def _is_typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def refuse_unfit(out: Path | None, ground: "Ground") -> None:
    """What a command writes must not take the place of the config or the store.

    Nor does it go to a file that is called as standard output is, or to a folder that is not there:
    its name may be a slip.
    """
    from hunter.errors import Fault, YoursToFix
    from hunter.paths import is_file, may_be_there

    if out is None:
        return
    if out == Path("-"):
        raise YoursToFix([Fault("", "-", "is no place for it", "name a file")])
    refuse_in_use(out, ground)
    if is_file(folder := _at_home(out).parent) or not may_be_there(folder):
        raise YoursToFix([Fault(str(folder), "", "is no folder", "make it, or mend the path")])


def refuse_in_use(file: Path, ground: "Ground") -> None:
    """The config and the store are no files for anything else."""
    from hunter.errors import Fault, YoursToFix
    from hunter.store.upkeep import own_files

    in_use = [*own_files(ground.store), *([ground.path] if ground.path else [])]
    if _at_home(file).resolve() in [one.resolve() for one in in_use]:
        raise YoursToFix([Fault(str(file), "", "hunter works with this file", "name another one")])


def _at_home(path: Path) -> Path:
    from hunter.errors import Fault, YoursToFix
    from hunter.paths import at_home

    try:
        return at_home(path)
    except ValueError as error:
        raise YoursToFix([Fault(str(path), "", f"{error}", "mend the path")]) from error


def meant(text: str) -> str:
    """The name that somebody typed or copied: defanged, or within an address on the web."""
    from hunter.feeds.rows import name_in

    text = _SHOWN_AS.sub("", text.strip())
    if _SEVERAL.search(text):
        return text
    found = name_in(text.encode("utf-8", "surrogateescape"))
    return found.decode() if found else text


_SHOWN_AS = re.compile(r"(?<=\S) \((?:shown as|affiché) \S+\)$")
"""What tables and letters put behind a name in Punycode."""
_SEVERAL = re.compile(r"\s|^[^/]*[,;|]")
"""Between words of which one may be a name: which of them was meant is not guessed."""


def domain_of(text: str, argument: str = "DOMAIN", hint: str = "such as en-marche.co") -> str:
    """The registrable domain of what somebody typed or copied, as `meant` reads it."""
    from hunter import names
    from hunter.errors import Fault, NotAName, YoursToFix

    try:
        return names.registrable(meant(text))
    except NotAName as error:
        raise YoursToFix([Fault("", argument, str(error), hint)]) from error


def json_line(thing: Any) -> None:
    """One object on a line of its own; domains as they are, not defanged, for programs."""
    unicode = (sys.stdout.encoding or "utf-8").lower() == "utf-8"
    text = json.dumps(_plain(thing), ensure_ascii=not unicode)
    print(text if text.isprintable() else "".join(map(_escaped, text)))


def _escaped(char: str) -> str:
    """What steers a terminal, turns the writing or ends a line, as JSON escapes it."""
    return char if char.isprintable() else json.dumps(char)[1:-1]


def _plain(thing: Any) -> Any:
    """As JSON has it: levels and stages by their names, moments in ISO 8601."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, Mapping):
        return {str(key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, (set, frozenset)):
        return sorted(_plain(one) for one in thing)
    if isinstance(thing, (list, tuple)):
        return [_plain(one) for one in thing]
    if isinstance(thing, datetime):
        return thing.isoformat()
    plain = thing is None or (isinstance(thing, (str, int, float)) and not isinstance(thing, Enum))
    return thing if plain else str(thing)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> None:
    """A table for people; every cell is cleaned of control characters and markup.

    Where it would have to cut words, each row is a list of its cells instead.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from hunter.wording import clean

    cleaned = [[clean(cell) for cell in row] for row in rows]
    console = Console(width=None if sys.stdout.isatty() else 160)
    widths = _widths([headings, *cleaned], console.width - 1 - 3 * len(headings))
    if widths is None:
        _list_rows(headings, cleaned, title)
        return
    grid = Table(title=Text(title) if title else None, title_justify="left", header_style="bold")
    for heading, width in zip(headings, widths, strict=True):
        grid.add_column(heading, overflow="fold", width=width)
    for row in cleaned:
        grid.add_row(*map(Text, row))
    console.print(grid)


def _widths(rows: Sequence[Sequence[str]], room: int) -> Sequence[int] | None:
    """How wide each column is: what is left by the longest words goes where most is to be said.

    None where words would be cut; those of the last column may be, a text without blanks.
    """
    from rich.cells import cell_len

    columns = [*zip(*rows, strict=True)]
    widest = [max(map(cell_len, column)) for column in columns]
    if sum(widest) <= room:
        return widest
    least = [max(map(cell_len, " ".join(column).split()), default=0) for column in columns]
    if sum(least) > room:
        least[-1] = min(_LAST_COLUMN, least[-1])
    spare, wanted = room - sum(least), sum(widest) - sum(least)
    if spare < 0:
        return None
    return [few + spare * (most - few) // wanted for few, most in zip(least, widest, strict=True)]


def _list_rows(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str) -> None:
    if title:
        say(title)
    for row in rows:
        say()
        for heading, cell in zip(headings, row, strict=True):
            in_columns(heading, cell)


def say(*cells: str) -> None:
    """One line for people; two blanks part the cells, and one the words in them."""
    from hunter.wording import clean

    text = "".join(cells[:1])
    indent = text[: len(text) - len(text.lstrip(" "))]
    print(indent + "  ".join(clean(cell, 10_000) for cell in cells))


def typed(command: str, config: Path) -> str:
    """What a person can type: the virtual environment that holds hunter need not be active."""
    from shlex import quote
    from shutil import which

    beside = Path(sys.executable).with_name("hunter")
    program = "hunter" if which("hunter") else quote(str(beside))
    return f"{program} {command} -c {quote(str(config))}"


def in_columns(left: str, right: str, width: int = 24) -> None:
    """A line for people in two columns, for names that are short and hunter's own on the left."""
    from hunter.wording import clean

    print(f"  {left:{width}} {clean(right, 10_000)}")


def in_letters(brand: str) -> str:
    """A protected domain as its own people write it, `café.fr`; programs get what DNS has."""
    from hunter.names import to_unicode

    return to_unicode(brand)


def suspect(name: str) -> str:
    """Another's name as DNS has it, for letters may lie, and in brackets how it may be shown."""
    from hunter.names import to_unicode
    from hunter.wording.sentences import name_and_unicode

    return name_and_unicode(name, to_unicode(name))


def alert_cell(standing: Mapping[str, Any]) -> str:
    """Where the alert on a domain stands, in a table; empty where there is none."""
    return f"{standing['severity']}, {standing['state']}" if "severity" in standing else ""


def nothing_found(message: str, *, as_json: bool) -> typer.Exit:
    """The exit of a command that found nothing; the sentence goes to standard error."""
    if not as_json:
        print(message, file=sys.stderr)
    return typer.Exit(NOTHING_FOUND)


def say_if_cut(shown: int, limit: int) -> None:
    """Say that a list may have been cut, where programs do not read it."""
    if shown == limit:
        print(f"the first {limit} and perhaps not all: --limit shows more", file=sys.stderr)


def no_alert(store: "Store", domain: str) -> typer.Exit:
    """The exit of a command about a domain without an alert."""
    return nothing_found(without_alert(store, domain), as_json=False)


def without_alert(store: "Store", domain: str) -> str:
    """That there is no alert on the domain, with the one that may be meant."""
    from difflib import get_close_matches

    from hunter.names import defang
    from hunter.store import alerts

    known = [one for one in alerts.domains(store) if one != domain]
    close = get_close_matches(domain, known, n=1, cutoff=0.8)
    hint = f"\n    hint: did you mean {defang(close[0])}?" if close else ""
    return f"there is no alert on {defang(domain)}{hint}"


def whole_number(text: str) -> int | None:
    """The number that is written there, where the store can hold it; an icon's hash has a sign."""
    return int(text) if _WHOLE_NUMBER.fullmatch(text) else None


_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


def shown(values: Any) -> str:
    """A field's value or values for people: texts defanged, numbers as they are."""
    from hunter.wording.cleaning import harmless

    several = values if isinstance(values, tuple) else () if values is None else (values,)
    return ", ".join(harmless(one) if isinstance(one, str) else str(one) for one in several)
