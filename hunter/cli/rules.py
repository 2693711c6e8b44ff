"""`hunter rules`: the analysts' workbench. Check, test, replay what a change does, list fields."""

import json
import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli import rules_replay
from hunter.cli.commands import Commands
from hunter.cli.drafts import DraftsArgument
from hunter.cli.output import (
    NOTHING_FOUND,
    YOURS_TO_FIX,
    ConfigOption,
    JsonOption,
    config_or_none,
    json_line,
    say,
    table,
)
from hunter.notice import how_many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from hunter.config import Config
    from hunter.errors import Fault
    from hunter.judge import Trial
    from hunter.review import Remark
    from hunter.rulebook import Rulebook

app = Commands(help="Check rules, test them, and see what a change would do.")

OnlyOption = Annotated[bool, typer.Option("--only", help="The drafts alone, nothing beneath them.")]
_LINE = re.compile(r"line (\d+)")


@app.command()
def check(
    paths: DraftsArgument = None,
    config: ConfigOption = None,
    only: OnlyOption = False,
    as_json: JsonOption = False,
) -> None:
    """Tell every fault of every rule file.

    Also of rules that can never match, that always do, or that nobody would hear of. With PATHS
    what is only good to know is told of the drafts alone, and as JSON of all. Exits 2 when hunter
    would refuse the rules, 1 when something about them can hardly be meant.
    """
    from hunter.dossiers import rule_fields
    from hunter.errors import YoursToFix
    from hunter.hunting import load_drafts
    from hunter.review import remarks

    settings = config_or_none(config)
    try:
        rules = load_drafts(settings, paths or (), only=only)
    except YoursToFix as error:
        if not as_json:
            raise
        for fault in error.faults:
            json_line(_fault_row(fault))
        raise typer.Exit(YOURS_TO_FIX) from error
    found = remarks(rules, rule_fields(), settings)
    if as_json:
        for remark in found:
            json_line(_remark_row(remark))
    else:
        _print_remarks(found, paths or ())
        _print_counts(rules, settings)
    if any(remark.concern.grave for remark in found):
        raise typer.Exit(NOTHING_FOUND)


def _fault_row(fault: "Fault") -> dict[str, Any]:
    return _row("fault", fault.file, fault.where) | {
        "rule": None,
        "message": fault.message,
        "hint": fault.hint,
        "concern": None,
    }


def _remark_row(remark: "Remark") -> dict[str, Any]:
    kind = "warning" if remark.concern.grave else "note"
    return _row(kind, remark.file, remark.where) | {
        "rule": remark.rule or None,
        "message": remark.message,
        "hint": remark.hint,
        "concern": remark.concern,
    }


def _row(kind: str, file: str, where: str) -> dict[str, Any]:
    line = _LINE.match(where)
    return {"kind": kind, "file": file, "line": int(line[1]) if line else None, "where": where}


def _print_remarks(found: "Sequence[Remark]", drafts: "Sequence[Path]") -> None:
    """Who asks of drafts knows what is only good to know of the rules beneath them."""
    from hunter.rulebook.gathering import paths

    asked = {str(path) for path in paths(drafts)}
    told = [one for one in found if one.concern.grave or not asked or one.file in asked]
    for remark in told:
        first, *rest = str(remark).splitlines()
        say(f"{'warning' if remark.concern.grave else 'note'}: {first}")
        for line in rest:
            say(line)
    if len(told) < len(found):
        say(f"{how_many(len(found) - len(told), 'note')} on other rules: hunter rules check")


def _print_counts(rules: "Rulebook", settings: "Config | None") -> None:
    say(f"{rules.summary} in {how_many(len(rules.files), 'file')}: sound.")
    if settings is None:
        say("There is no config here: who would hear of what was not looked at.")
    else:
        say(_whether_live(rules, settings))


def _whether_live(rules: "Rulebook", settings: "Config") -> str:
    """A store that cannot be opened is no fault of the rules, and not the analyst's to mend."""
    from hunter.errors import WillPass, YoursToFix
    from hunter.paths import may_be_there
    from hunter.store import Store, rulesets

    live = None
    try:
        if may_be_there(settings.store):
            with Store(settings.store) as store:
                live = rulesets.live(store)
    except (YoursToFix, WillPass) as error:
        return f"Which set is in force cannot be seen: {str(error).splitlines()[0]}"
    if live is None:
        return "No set is in force: hunter has not run yet."
    since = f"{live.taken_at:%Y-%m-%d %H:%M} UTC"
    if live.digest == rules.digest:
        return f"This very set is in force since {since}."
    return f"In force is another set, since {since}: hunter rules replay shows the difference."


@app.command("test")
def run_tests(
    paths: DraftsArgument = None,
    config: ConfigOption = None,
    only: OnlyOption = False,
    as_json: JsonOption = False,
) -> None:
    """Run the tests that the rules carry in their own files.

    Says of each that fails what stood in the way. Exits 1 when one does.
    """
    from hunter.hunting import load_drafts
    from hunter.judge import trials

    rules = load_drafts(config_or_none(config), paths or (), only=only)
    done = list(trials(rules))
    failed = [one for one in done if not one.passed]
    if as_json:
        for one in done:
            json_line(_trial_row(one))
    else:
        _print_trials(rules, done, failed)
    if failed:
        raise typer.Exit(NOTHING_FOUND)


def _trial_row(trial: "Trial") -> dict[str, Any]:
    return {
        "rule": trial.header.title,
        "name": trial.header.name,
        "file": trial.header.file,
        "line": _row("", "", trial.sample.where.removeprefix(f"{trial.header.file}: "))["line"],
        "domain": trial.sample.dossiers[0].domain,
        "expected": "match" if trial.sample.matches else "no_match",
        "passed": trial.passed,
        "why": trial.why,
    }


def _print_trials(rules: "Rulebook", done: "Sequence[Trial]", failed: "Sequence[Trial]") -> None:
    for one in failed:
        for line in str(one).splitlines():
            say(line)
    bare = [header.title for header in rules.headers if not header.samples]
    if bare:
        say(f"without tests: {'; '.join(bare)}")
    tested = len(rules.headers) - len(bare)
    of = "1 rule or filter" if tested == 1 else f"{tested} rules and filters"
    outcome = f"{len(failed)} failed" if failed else "all as told"
    say(f"{how_many(len(done), 'test')} of {of}: {outcome}.")


@app.command()
def fields(as_json: JsonOption = False) -> None:
    """List the fields that rules may use, with their meanings."""
    rows = _field_rows()
    if as_json:
        for row in rows:
            json_line(row)
        return
    table(
        ("field", "holds", "from", "meaning"),
        [(row["field"], row["holds"], ", ".join(row["found_by"]), row["meaning"]) for row in rows],
    )


def _field_rows() -> list[dict[str, Any]]:
    from hunter import dossiers, ribs
    from hunter.dossiers import rule_fields
    from hunter.rulebook.holdings import holding

    found_by: dict[str, list[str]] = {field: ["hunter"] for field in dossiers.FIELDS}
    for name in ribs.names("enrichers"):
        for field in ribs.load("enrichers", name).FIELDS:
            found_by.setdefault(field, []).append(name)
    return [
        {
            "field": field,
            "holds": holding(meaning).in_a_word,
            "several": field not in dossiers.SINGLE,
            "found_by": found_by[field],
            "meaning": meaning,
        }
        for field, meaning in sorted(rule_fields().items())
    ]


@app.command()
def schema() -> None:
    """Print a JSON schema of rule files, for editors.

    With it they complete fields and check.
    """
    from hunter.dossiers import rule_fields
    from hunter.rulebook.schema import schema as schema_of

    print(json.dumps(schema_of(rule_fields()), indent=1, ensure_ascii=False))


rules_replay.register(app)
