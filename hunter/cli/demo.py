"""`hunter demo`: the founding case, replayed through the real pipeline."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.match import BrandOption, KeywordOption
from hunter.cli.output import say, table, typed
from hunter.notice import how_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from hunter.config import Config
    from hunter.pipeline import Hunt

_CONFIG = """\
# What `hunter demo` ran with. The other commands can explore the result, for example:
#   hunter alerts list -c {folder}/config.toml

{brands}

[[subscriber]]
name = "the campaign's IT"
channels = {{ email = ["it@en-marche.example"], slack = [] }}

[store]
folder = "{folder}"

[sources]
case = {{ enabled = true, file = "{case}" }}
canary.enabled = false
permutations.enabled = false
registrations.enabled = false

[enrichers]
recorded = {{ enabled = true, file = "{case}" }}
dns.enabled = false
rdap.enabled = false
whois.enabled = false
hosting.enabled = false
indicators.enabled = false
passive_dns.enabled = false
tor.enabled = false

[notifiers.email]
sender = "hunter@en-marche.example"
folder = "{folder}/mail"

[notifiers.slack]
folder = "{folder}/slack"
"""

_BRAND = """\
[[brand]]
domain = {domain}
keywords = {keywords}
"""

_MARK = _CONFIG.index("\n")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)


def demo(
    folder: Annotated[
        Path, typer.Option(metavar="DIR", help="Where to leave mails and store.")
    ] = Path("hunter-demo"),
    case: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Another recorded case; say whose with --brand."),
    ] = None,
    brand: BrandOption = None,
    keyword: KeywordOption = None,
) -> None:
    """Replay the spring of 2017 through the real pipeline.

    No network, no account; mails, Slack messages and the store are left in a folder.
    """
    import asyncio
    import logging

    import structlog

    from hunter import config
    from hunter.case import SHIPPED, read
    from hunter.errors import Fault, YoursToFix

    if case is not None and not brand:
        hint = "name what it imitates, such as --brand en-marche.fr"
        raise YoursToFix([Fault("", "--brand", "is missing", hint)])
    if case is None and (brand or keyword):
        hint = "give the file with --case; your own domains are tried with hunter match"
        option = "--brand" if brand else "--keyword"
        raise YoursToFix([Fault("", option, "belongs to a case of yours", hint)])
    recorded = (case or SHIPPED / "en-marche-2017.toml").expanduser().resolve()
    read(recorded)
    brands = _BRAND_OF_2017 if case is None else (brand or [], keyword or [])
    config.brands_of(*brands)  # before an earlier demo is cleared away
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    folder = _new_folder(folder)
    path = folder / "config.toml"
    path.write_text(_config(folder, recorded, *brands), encoding="utf-8")
    commands = _EXPLORE_2017 if case is None else _EXPLORE
    asyncio.run(_demo(config.load(path), folder, recorded, commands))


_BRAND_OF_2017 = (["en-marche.fr"], ["marche"])
_EXPLORE = ("alerts list", "incidents show 1 --graph incident.svg")
_EXPLORE_2017 = (
    *("alerts show en-marche.co", "incidents show 1 --graph incident.svg"),
    "search --contains marche --since 2017-03-01 --registrant-domain mail.com,email.com,europe.com",
)


def _config(folder: Path, case: Path, brands: list[str], keywords: list[str]) -> str:
    """The demo's config. What JSON escapes in a text, TOML escapes the same way."""
    import json

    quoted = [json.dumps(str(one), ensure_ascii=False)[1:-1] for one in (folder, case)]
    tables = (
        _BRAND.format(domain=json.dumps(domain), keywords=json.dumps(keywords)) for domain in brands
    )
    return _CONFIG.format(folder=quoted[0], case=quoted[1], brands="\n".join(tables))


def _new_folder(folder: Path) -> Path:
    """The folder, made; what an earlier demo left in it is removed, and nothing else."""
    from hunter.errors import Fault, YoursToFix
    from hunter.paths import is_file

    folder = folder.expanduser().resolve()
    mark = folder / "config.toml"
    hint = "name another with --folder"
    try:
        if is_file(folder):
            raise YoursToFix([Fault(str(folder), "", "is no folder", hint)])
        folder.mkdir(parents=True, exist_ok=True)
        ours = mark.is_file() and mark.read_bytes().startswith(_CONFIG[:_MARK].encode())
        if any(folder.iterdir()) and not ours:
            raise YoursToFix([Fault(str(folder), "", "holds other things", hint)])
        for pattern in ("hunter.db*", "mail/*.eml", "slack/*.json"):
            for old in folder.glob(pattern):
                old.unlink()
    except OSError as error:
        message = f"cannot be used: {error.strerror}"
        raise YoursToFix([Fault(str(folder), "", message, hint)]) from error
    return folder


async def _demo(settings: "Config", folder: Path, file: Path, commands: "Sequence[str]") -> None:
    from datetime import timedelta

    from hunter import case
    from hunter.hunting import open_hunt
    from hunter.replay import SetClock, replay

    recorded = case.read(file)
    clock = SetClock(case.noon(recorded.starts))
    length = (recorded.ends - recorded.starts).days + 1
    days = [case.noon(recorded.starts) + timedelta(days=number) for number in range(length)]
    say(f"{recorded.title}: {length} days, replayed through the real pipeline")
    async with open_hunt(settings, clock.now) as hunt:
        async for day in replay(hunt, clock, days):
            for line in _news_of(hunt, day):
                say(*line)
        _summary(hunt, folder, commands)


def _news_of(hunt: "Hunt", day: "datetime") -> "Iterator[tuple[str, ...]]":
    from hunter.names import defang
    from hunter.store import alerts

    for alert in sorted(alerts.listed(hunt.store), key=lambda one: one.id):
        for step in alert.transitions:
            if step.at == day:
                yield f"{day:%Y-%m-%d}", str(alert.severity), defang(alert.domain)
                yield (f"            {step.kind}: {step.text}",)


def _summary(hunt: "Hunt", folder: Path, commands: "Sequence[str]") -> None:
    from hunter.cli.story import tell
    from hunter.incidents import current
    from hunter.names import defang
    from hunter.store import alerts

    found = alerts.listed(hunt.store)
    if not found:
        say("No alert: none of the case's names led to one.")
        return
    table(
        ("severity", "domain", "found by", "opened", "rules"),
        [
            (
                str(alert.severity),
                defang(alert.domain),
                alert.match.technique,
                f"{alert.opened_at:%Y-%m-%d}",
                "; ".join(finding.title for finding in alert.findings),
            )
            for alert in sorted(found, key=lambda one: one.opened_at)
        ],
        title=how_many(len(found), "alert"),
    )
    for incident in current(hunt.store, hunt.config.brands, hunt.now()):
        say()
        tell(incident)
    say()
    say("None of this says who did it: it is consistent with one actor's habits, and no proof.")
    say(f"Mails: {folder / 'mail'}", f"Slack messages: {folder / 'slack'}")
    for command in commands:
        say(f"Explore: {typed(command, folder / 'config.toml')}")
