"""`hunter match`: which of these names imitate a brand."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.output import (
    COULD_NOT_TELL,
    ConfigOption,
    JsonOption,
    in_letters,
    json_line,
    load_ground,
    nothing_found,
    say,
    suspect,
)
from hunter.cli.progress import read
from hunter.model import hundredths
from hunter.notice import how_many
from hunter.paths import is_file, is_there

if TYPE_CHECKING:
    from typing import BinaryIO

    from hunter.bulk import Progress
    from hunter.model import Brand, Match

BrandOption = Annotated[
    list[str] | None,
    typer.Option("--brand", metavar="DOMAIN", help="A domain to protect, instead of a config."),
]
KeywordOption = Annotated[
    list[str] | None,
    typer.Option("--keyword", metavar="WORD", help="A word the brands are known by."),
]


def _confidence(text: str) -> float:
    """click's own range takes nan, which nothing reaches."""
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise typer.BadParameter(f"{text!r} is no number from 0 to 1.")
    return number


_FILE_ENDINGS = (".txt", ".csv", ".gz", ".zst")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(match)


def match(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAMES", help="Names, files of names (plain, gz, zst, zip), or -"),
    ],
    config: ConfigOption = None,
    brand: BrandOption = None,
    keyword: KeywordOption = None,
    jobs: Annotated[
        int, typer.Option(min=1, metavar="N", help="Processes to spread the work over.")
    ] = 1,
    minimum: Annotated[
        float,
        typer.Option(
            parser=_confidence, metavar="X", help="Lowest confidence to print, from 0 to 1."
        ),
    ] = 0.0,
    as_json: JsonOption = False,
) -> None:
    """Print the lookalikes among the names.

    Exits 0 when there are any, 1 when there are none, 3 when there are none in what could be read.
    """
    from hunter import bulk

    given = brands(config, brand, keyword)
    last = bulk.Progress()
    found = 0

    def keep(progress: bulk.Progress) -> None:
        nonlocal last
        last = progress
        draw(progress)

    with read([Path(name) for name in names if is_file(name)]) as draw:
        lists = _lists(names)
        for one in bulk.match_files(lists, given, jobs=jobs, least=minimum, on_progress=keep):
            found += 1
            show(one, as_json=as_json)
    _tell_troubles(last)
    if not found:
        raise _none(last, as_json=as_json)


def _none(progress: "Progress", *, as_json: bool) -> typer.Exit:
    """The exit where nothing was found: it is no all-clear when not all could be read."""
    if not progress.troubles:
        return nothing_found("none of the names imitates a brand", as_json=as_json)
    print("none of the names that could be read imitates a brand", file=sys.stderr)
    return typer.Exit(COULD_NOT_TELL)


def brands(
    config: Path | None, domains: list[str] | None, keywords: list[str] | None
) -> "tuple[Brand, ...]":
    """The brands of the options, or else of the config."""
    from hunter import config as configs

    if domains:
        return configs.brands_of(domains, keywords or [])
    return load_ground(config).brands


def _lists(names: list[str]) -> "list[Path | BinaryIO]":
    """Files as they are, and the names among them as a list of their own."""
    from io import BytesIO

    from hunter.errors import Fault, YoursToFix

    files = [name for name in names if name == "-" or is_there(name)]
    plain = [name for name in names if name not in files]
    if missing := [name for name in plain if _is_path(name)]:
        hint = "is the path right? an address begins with https://"
        raise YoursToFix([Fault(name, "", "there is no such file", hint) for name in missing])
    lists: list[Path | BinaryIO] = [Path(file) for file in files]
    return lists + ([BytesIO("\n".join(plain).encode("utf-8", "surrogateescape"))] if plain else [])


def _is_path(name: str) -> bool:
    """Whether a file is meant, and no address. `.zip` tells nothing: domains end in it."""
    host, slash, _ = name.partition("/")
    is_path = bool(slash) and "." not in host.strip(".")
    return "://" not in name and (is_path or name.lower().endswith(_FILE_ENDINGS))


def _tell_troubles(progress: "Progress") -> None:
    """What could not be read goes to standard error; it is never fatal."""
    from hunter.wording import clean

    if progress.broken:
        print(f"{how_many(progress.broken, 'line')} without a name", file=sys.stderr)
    for file, trouble in progress.troubles:
        print(clean(f"{file}: {trouble}"), file=sys.stderr)


def show(found: "Match", *, as_json: bool) -> None:
    """One match, for a program or a person."""
    if as_json:
        keys = ("name", "registrable", "brand", "technique", "matched", "span", "confidence")
        row = {key: getattr(found, key) for key in (*keys, "reason", "unicode", "view", "term")}
        json_line({**row, "confidence": round(found.confidence, 3)})
    else:
        brand = in_letters(found.brand)
        say(hundredths(found.confidence), suspect(found.name), brand, str(found.technique))
        say(f"      {found.reason}")
