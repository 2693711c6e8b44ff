"""`hunter backup` and `hunter restore`: a copy of the store, and a copy put in its place."""

from pathlib import Path
from typing import Annotated

import typer

from hunter.cli.output import ConfigOption, load_ground, refuse_in_use, refuse_unfit, say
from hunter.cli.progress import doing


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(backup)
    app.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write the copy.")],
    config: ConfigOption = None,
) -> None:
    """Copy the store as it is now, while the daemon goes on.

    The copy is checked before it gets its name. It holds what hunter knows of people, so only its
    owner may read it.
    """
    from hunter.store import upkeep

    settings = load_ground(config)
    refuse_unfit(file, settings)
    with doing() as told:
        written = upkeep.backup(settings.store, file, told)
    say(f"{file}: {written / 1e6:,.1f} MB, whole")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `hunter backup` wrote.")],
    config: ConfigOption = None,
) -> None:
    """Put a copy in the store's place. Stop the daemon first.

    What is there now is kept beside it. hunter reads its sources again from where it stood at the
    time of the copy; what it told since may be told once more.
    """
    from hunter.clock import utc_now
    from hunter.store import upkeep

    settings = load_ground(config)
    refuse_in_use(file, settings)
    with doing() as told:
        kept = upkeep.restore(file, settings.store, utc_now(), told)
    say(f"{settings.store}: restored from {file}")
    if kept:
        say(f"what was there before is {kept}; delete it when all is well")
