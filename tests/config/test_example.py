"""config.example.toml: every key there is, and what it says of each is so."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from hunter import ribs
from hunter.config import tables
from hunter.written import Table

TEXT = (Path(__file__).parents[2] / "config.example.toml").read_text(encoding="utf-8")
SAID_OF_ALL = {"enabled", "refresh", "retry"}
"""What the headings say of each table of a family."""
WORKED_OUT = {"notifiers.email.port", "notifiers.email.helo", "notifiers.slack.api"}
"""What holds there is found in other keys; the example shows what comes of its own."""


def models() -> dict[str, type[Table]]:
    """Each table of the config → what it holds."""
    found: dict[str, type[Table]] = {
        name: kind
        for name, field in tables.File.model_fields.items()
        if isinstance(
            kind := (*getattr(field.annotation, "__args__", ()), field.annotation)[0], type
        )
        and issubclass(kind, Table)
    }
    for family in ribs.CONFIGURED:
        found |= {
            f"{family}.{name}": ribs.load(family, name).Settings for name in ribs.names(family)
        }
    return found


def keys() -> Iterator[tuple[str, str, str]]:
    """Table, key and line of each key that the example has, in force or not."""
    table = ""
    for line in TEXT.splitlines():
        if heading := re.fullmatch(r"\[\[?([\w.]+)\]\]?", line):
            table = heading[1]
        elif key := re.match(r"(?:# )?([a-z_]+) = ", line):
            yield table, key[1], line


def test_it_has_every_key_there_is_and_no_other() -> None:
    """Those that all tables of a family have are told once."""
    shown = {f"{table}.{key}" for table, key, _ in keys()}
    known = {f"{name}.{key}" for name, model in models().items() for key in model.model_fields}

    assert {one for one in known - shown if one.rpartition(".")[2] not in SAID_OF_ALL} == set()
    assert shown - known == set()


def test_a_key_that_is_commented_out_shows_what_holds_without_it() -> None:
    """Unless its line says that it is an example."""
    said, held = {}, {}
    for table, key, line in keys():
        place = f"{table}.{key}"
        if line.startswith("# ") and not line.endswith("# e.g.") and place not in WORKED_OUT:
            model = models()[table]
            written = tomllib.loads(line.removeprefix("# "))
            off = {"enabled": False} if "enabled" in model.model_fields else {}
            said[place] = getattr(
                model.model_validate_json(msgspec.json.encode({**written, **off})), key
            )
            held[place] = model.model_fields[key].get_default(call_default_factory=True)

    assert said
    assert said == held
