"""`hunter match`: which of these names imitate a brand."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.output import ConfigOption, JsonOption, json_line, load_config, nothing_found, say

if TYPE_CHECKING:
    from hunter.model import Brand, Match

BrandOption = Annotated[
    list[str] | None, typer.Option("--brand", help="A domain to protect, instead of a config.")
]
KeywordOption = Annotated[
    list[str] | None, typer.Option("--keyword", help="A word the brand is known by.")
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(match)


def match(
    names: Annotated[
        list[str], typer.Argument(help="Names, files of names (plain, gz, zst, zip), or -")
    ],
    config: ConfigOption = None,
    brand: BrandOption = None,
    keyword: KeywordOption = None,
    jobs: Annotated[int, typer.Option(help="Processes to spread the work over.")] = 1,
    minimum: Annotated[float, typer.Option(help="Lowest confidence to print.")] = 0.0,
    as_json: JsonOption = False,
) -> None:
    """Print the lookalikes among the names.

    Exits 0 when there are any, 1 when there are none.
    """
    from hunter import bulk

    given = brands(config, brand, keyword)
    found = 0
    for one in bulk.match_all(names, given, jobs=jobs, show_progress=sys.stderr.isatty()):
        if one.confidence >= minimum:
            found += 1
            show(one, as_json=as_json)
    if not found:
        raise nothing_found("none of the names imitates a brand", as_json=as_json)


def brands(
    config: Path | None, domains: list[str] | None, keywords: list[str] | None
) -> "tuple[Brand, ...]":
    """The brands of the options, or else of the config."""
    from hunter import config as configs

    if domains:
        return configs.brands_of(domains, keywords or [])
    return load_config(config).brands


def show(found: "Match", *, as_json: bool) -> None:
    """One match, for a program or a person."""
    from hunter.names import defang

    if as_json:
        keys = ("name", "registrable", "brand", "technique", "matched", "span", "confidence")
        row = {key: getattr(found, key) for key in (*keys, "reason", "unicode", "view", "term")}
        json_line({**row, "confidence": round(found.confidence, 3)})
    else:
        say(f"{found.confidence:.2f}  {defang(found.name)}  {found.brand}  {found.technique}")
        say(f"      {found.reason}")
