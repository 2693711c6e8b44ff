"""`hunter run`: the daemon."""

import typer

from hunter.cli.output import ConfigOption, NoPageOption, load_config


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)


def run(config: ConfigOption = None, no_page: NoPageOption = False) -> None:
    """Hunt until told to stop.

    SIGTERM ends it, SIGHUP reloads the config and the rules.
    """
    import asyncio

    from hunter import daemon, logs

    settings = load_config(config, visits=not no_page)
    logs.set_up()
    asyncio.run(daemon.run(settings))
