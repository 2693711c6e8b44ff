"""Which rules a command of the workbench looks at: those of the config, with drafts over them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hunter.cli.output import load_config

if TYPE_CHECKING:
    from hunter.config import Config

DraftsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATHS",
        help="Your drafts: rule files or folders. They are laid over the rules of the config: a"
        " file stands in for the one of the same name.",
        show_default=False,
    ),
]


def config_or_none(path: Path | None) -> "Config | None":
    """The config, if there is one; rules can be looked at without."""
    from hunter import config
    from hunter.errors import YoursToFix

    if path is not None:
        return load_config(path)
    try:
        found = config.find()
    except YoursToFix:
        return None
    return config.load(found)
