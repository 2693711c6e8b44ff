"""How commands are grouped, and what their help says of arguments and options."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand


class Commands(typer.Typer):
    """Commands that answer `--help` with plain text: rich takes longer to load than it to print."""

    def __init__(self, **settings: Any) -> None:
        """Typer's settings, but for those that are the same for all."""
        super().__init__(no_args_is_help=True, rich_markup_mode=None, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[..., Any]:
        """A command of the group."""
        return super().command(name, cls=_Command, **settings)


class _Command(TyperCommand):
    def format_options(self, ctx: Any, formatter: Any) -> None:
        """An argument by its name alone: Typer puts Python's word for its type behind it."""
        told = defaultdict(list)
        for param in self.get_params(ctx):
            if record := param.get_help_record(ctx):
                name, text = record
                is_argument = param.param_type_name == "argument"
                told[param.param_type_name].append((param.metavar if is_argument else name, text))
        for kind, rows in told.items():
            with formatter.section(f"{kind.capitalize()}s"):
                formatter.write_dl(rows)
