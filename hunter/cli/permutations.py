"""`hunter permutations`: names a squatter could register."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.output import ConfigOption, JsonOption, domain_of, json_line, path_or_none, say

if TYPE_CHECKING:
    from hunter.config import Ground
    from hunter.sources.permutations import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(permutations)


def permutations(
    domain: Annotated[
        str, typer.Argument(metavar="DOMAIN", help="The domain a squatter would imitate.")
    ],
    limit: Annotated[
        int,
        typer.Option(
            min=1, max=10_000_000, metavar="N", help="How many, the most plausible first."
        ),
    ] = 1000,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Ask DNS which of them exist.")
    ] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """List names that a squatter could register.

    The most plausible come first. With a config these are the ones that hunter looks up.
    """
    import asyncio
    from itertools import islice

    from hunter.model import Brand
    from hunter.sources.permutations import plausible

    domain = domain_of(domain)
    ours, settings = _ground(config)
    brand = (ours and ours.brand(domain)) or Brand(domain)
    found = list(islice(plausible(brand, settings), limit))
    states = asyncio.run(_resolve([one.domain for one in found], ours)) if resolve else {}
    for one in found:
        state = states.get(one.domain, "")
        if as_json:
            row = {"name": one.domain, "fuzzer": one.fuzzer}
            json_line(row | ({"dns": state} if resolve else {}))
        else:
            say(one.domain, one.fuzzer, *([state] if resolve else []))


def _ground(path: Path | None) -> "tuple[Ground | None, Settings]":
    """What the config has to say of it, if there is one, be a channel at fault or not."""
    from hunter.config import ground_and_source
    from hunter.sources.permutations import Settings

    found = path_or_none(path)
    if found is None:
        return None, Settings()
    ground, settings = ground_and_source(found, "permutations")
    return ground, settings if isinstance(settings, Settings) else Settings()


async def _resolve(names: list[str], ground: "Ground | None") -> dict[str, str]:
    """Name → found, empty (it exists, without name servers), absent or unknown."""
    from hunter.config.tables import NetTable
    from hunter.hunting import open_doors

    async with open_doors(ground.net if ground else NetTable()) as doors:
        questions = [(name, "NS") for name in names]
        return {name: str(answer.status) async for name, _, answer in doors.dns.sweep(questions)}
