"""The command line. One file per command group; what is heavy is imported where it is needed."""

import errno
import os
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from hunter import __version__
from hunter.cli import (
    alerts,
    backup,
    check,
    ct,
    demo,
    doctor,
    explain,
    export,
    fact,
    incidents,
    init,
    inspect,
    match,
    permutations,
    pivot,
    report,
    route,
    rules,
    run,
    search,
    status,
    takedown,
    track,
    triage,
    trial,
)
from hunter.cli.commands import Commands
from hunter.cli.output import COULD_NOT_TELL, YOURS_TO_FIX
from hunter.errors import Fault, HunterError, WillPass, YoursToFix

app = Commands(
    name="hunter",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (init, demo, run, check, doctor, trial, backup, match, explain, inspect, permutations):
    group.register(app)
for group in (report, search, status, pivot):
    group.register(app)
export.register(alerts.app, incidents.app)
triage.register(alerts.app)
route.register(alerts.app)
app.add_typer(alerts.app, name="alerts")
app.add_typer(rules.app, name="rules")
app.add_typer(takedown.app, name="takedown")
app.add_typer(incidents.app, name="incidents")
app.add_typer(track.app, name="track")
app.add_typer(fact.app, name="fact")
app.add_typer(ct.app, name="ct")

NOBODY_READS = 128 + signal.SIGPIPE
"""What a shell says of any program whose answer nobody reads on, as before `| head -1`."""


def _say_version(wanted: bool) -> None:
    if wanted:
        print(f"hunter {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Say which hunter this is.", callback=_say_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Find lookalikes of the domains you protect, and say who is behind them."""


def _answer() -> None:
    """Run the command; an answer that cannot be written whole is told as a full disk is."""
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except (SystemExit, BrokenPipeError) as end:
        # click exits with 1 where it sees it, which would be that nothing was found.
        if BrokenPipeError not in (type(end), type(end.__context__)):
            raise
        _leave_unwritten()
        sys.exit(NOBODY_READS)
    except OSError as error:
        if _is_nowhere():
            fault = Fault("", "", "the folder you are in is no longer there", "go to another: cd")
            raise YoursToFix([fault]) from error
        if error.errno not in _ANSWER_LOST:
            raise
        _leave_unwritten()
        raise WillPass(f"standard output cannot be written: {error.strerror}") from error


def _leave_unwritten() -> None:
    """Else the interpreter tries again at its end, and tells of that."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_nowhere() -> bool:
    """Whether the folder that relative paths begin at was removed."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


_ANSWER_LOST = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))


def _open_what_is_closed() -> None:
    """By whoever started it, with `2>&-` say: what is read there is empty, what is said unheard."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # Open to the end; a path that is not UTF-8 may be in what is said.
            stream = Path(os.devnull).open(mode, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115
            setattr(sys, name, stream)


def main() -> None:
    """Run the command line; faults go to standard error, each with a hint, never a traceback."""
    _open_what_is_closed()
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may know no Cyrillic
    try:
        _answer()
    except YoursToFix as error:
        for fault in error.faults:
            print(fault, file=sys.stderr)
        sys.exit(YOURS_TO_FIX)
    except HunterError as error:
        print(error, file=sys.stderr)
        sys.exit(COULD_NOT_TELL)
