"""`hunter permutations`: names a squatter could register."""

from typing import Annotated

import typer

from hunter.cli.output import ConfigOption, JsonOption, domain_of, json_line, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(permutations)


def permutations(
    domain: Annotated[str, typer.Argument(help="The domain a squatter would imitate.")],
    limit: Annotated[
        int, typer.Option(min=1, max=10_000_000, help="How many, the most plausible first.")
    ] = 1000,
    resolve: Annotated[
        bool, typer.Option("--resolve", help="Ask DNS which of them exist.")
    ] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """List names that a squatter could register.

    The most plausible come first.
    """
    import asyncio
    from itertools import islice

    from hunter.permutations import campaign_tlds, campaign_words, permute

    domain = domain_of(domain)
    found = list(islice(permute(domain, dictionary=campaign_words(), tlds=campaign_tlds()), limit))
    states = asyncio.run(_resolve([one.domain for one in found], config)) if resolve else {}
    for one in found:
        state = states.get(one.domain, "")
        if as_json:
            row = {"name": one.domain, "fuzzer": one.fuzzer}
            json_line(row | ({"dns": state} if resolve else {}))
        else:
            say(one.domain, one.fuzzer, *([state] if resolve else []))


async def _resolve(names: list[str], config: object) -> dict[str, str]:
    """Name → found, empty (it exists, without name servers), absent or unknown."""
    from hunter.config.tables import NetTable
    from hunter.hunting import open_doors

    net = NetTable()
    if config is not None:
        from hunter import config as configs

        net = configs.load(config).net  # type: ignore[arg-type]
    async with open_doors(net) as doors:
        questions = [(name, "NS") for name in names]
        return {name: str(answer.status) async for name, _, answer in doors.dns.sweep(questions)}
