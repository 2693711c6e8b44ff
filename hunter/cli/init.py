"""`hunter init`: five questions, and a config that passes `hunter check`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from hunter.cli.output import say, typed

if TYPE_CHECKING:
    from hunter.beginning import Answers

OutOption = Annotated[
    Path,
    typer.Option(
        "-c", "--config", metavar="FILE", help="The file to write; never one that is there."
    ),
]
DEFAULT_PATH = Path("config.toml")
Answer = TypeVar("Answer")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(init)


def init(out: OutOption = DEFAULT_PATH) -> None:
    """Ask five questions and write a config that works.

    What you protect, the words people know you by, your other domains, whom to tell, and by which
    mail server. An empty answer is fine for all but the first.
    """
    from hunter import config
    from hunter.beginning import refuse_to_overwrite, write

    refuse_to_overwrite(out, "move it away, or name another file with -c")
    answers = _ask()
    write(answers, out)
    config.load(out)
    say(f"{out} is written, and good. Next:")
    say(f"  {typed('check', out)}", "# what would be watched")
    say(f"  {typed('doctor', out)}", "# is this machine ready")
    if answers.mail:
        say(f"  {typed('trial', out)}", "# does mail arrive")
    say(f"  {typed('run', out)}", "# hunt")
    say(f"  {typed('alerts list', out)}", "# what it found, in another shell")
    if not answers.mail:
        say("So far nobody is told: the file says how.")


def _ask() -> "Answers":
    from hunter.beginning import Answers, addresses, brand, domains, keywords, mail_server

    protected = _answer("1. Which domain do you protect, such as en-marche.fr?", brand)
    words = _answer(
        "2. Words people know you by, persons by full name, with commas (marche, emmanuel-macron):",
        keywords,
        empty=True,
    )
    owned = _answer("3. Your other domains, with commas:", domains, empty=True)
    mail = _answer("4. Mail addresses to tell, with commas:", addresses, empty=True)
    server = _answer("5. Your mail server (host or host:port):", mail_server, empty=True)
    return Answers(protected, words, owned, mail, server)


def _answer(question: str, read: Callable[[str], Answer], *, empty: bool = False) -> Answer:
    """Ask until the answer can be used."""
    from hunter.errors import YoursToFix

    while True:
        text = _typed(question, default="" if empty else None)
        try:
            return read(text)
        except YoursToFix as error:
            for fault in error.faults:
                typer.echo(fault, err=True)


def _typed(question: str, default: str | None) -> str:
    """One line; raises YoursToFix where there is none any more."""
    from hunter.errors import Fault, YoursToFix

    try:
        text = typer.prompt(question, default=default, show_default=False, prompt_suffix=" ")
    except typer.Abort as end:
        if not isinstance(end.__context__, EOFError):  # Ctrl-C
            raise
        typer.echo()
        hint = "nothing was written; it takes five lines, of which all but the first may be empty"
        raise YoursToFix([Fault("", "", f"no answer to: {question}", hint)]) from end
    return str(text)
