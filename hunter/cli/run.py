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
    import signal
    import sys

    # Imports, migrations and matchers take a while: a reload waits for it, an end does not.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())

    import asyncio

    from hunter import daemon, logs

    settings = load_config(config, visits=not no_page)
    logs.set_up()
    asyncio.run(daemon.run(settings))
