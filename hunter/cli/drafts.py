"""Which rules a command of the workbench looks at: those of the config, with drafts over them."""

from pathlib import Path
from typing import Annotated

import typer

DraftsArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATHS",
        help="Your drafts: rule files or folders. They are laid over the rules of the config: a"
        " file stands in for the one of the same name.",
        show_default=False,
    ),
]
