"""`hunter run`: the daemon."""

import logging
import sys

import typer

from hunter.cli.output import ConfigOption, load_config


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(run)


def run(config: ConfigOption = None) -> None:
    """Hunt until told to stop.

    SIGTERM ends it, SIGHUP reloads the config and the rules.
    """
    import asyncio

    from hunter import daemon

    settings = load_config(config)
    set_up_logs()
    asyncio.run(daemon.run(settings))


def set_up_logs() -> None:
    """JSON lines on standard error for the journal, or colours when a person looks."""
    import structlog

    person = sys.stderr.isatty()
    dress = [structlog.dev.ConsoleRenderer()]
    plain = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(dress if person else plain),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
