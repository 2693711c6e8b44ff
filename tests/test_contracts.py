"""What drop-ins offer is what contracts.py promises: they are loaded by name, past mypy."""

import asyncio
import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn, cast, get_args, get_type_hints

import pytest

from hunter import casebook, contracts, dossiers, ribs
from hunter.contracts import Doors, NotifierContext, Recipient
from hunter.rulebook.holdings import holding
from hunter.written import SECRET, Interval, LocalPath
from tests.world.alerts import AT, notice
from tests.world.cases import NOW, case

FAMILIES: dict[str, tuple[type, type]] = {
    "sources": (contracts.Source, contracts.Settings),
    "enrichers": (contracts.Enricher, contracts.EnricherSettings),
    "notifiers": (contracts.Notifier, contracts.NotifierSettings),
    "exports": (contracts.Export, contracts.ExportSettings),
}
"""Each family's Protocol, and the base of its settings."""
FIELD = re.compile(r"[a-z][a-z0-9_]*")


def calls(family: str) -> Iterator[tuple[str, Callable[..., Any], Callable[..., Any]]]:
    """Where each function of each drop-in stands, as promised and as it is."""
    for name in ribs.names(family):
        for member, promised in vars(FAMILIES[family][0]).items():
            if inspect.isfunction(promised) and not member.startswith("_"):
                where = f"{member} of hunter/{family}/{name}.py"
                yield where, promised, getattr(ribs.load(family, name), member)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_drop_in_can_be_called_as_its_contract_says(family: str) -> None:
    """With as many arguments, and awaited or not."""
    for where, promised, offered in calls(family):
        _self, *wanted = inspect.signature(promised).parameters
        takes = inspect.signature(offered).parameters
        is_async = inspect.iscoroutinefunction(promised)

        assert len(takes) == len(wanted), f"{where} is called with {', '.join(wanted)}"
        assert inspect.iscoroutinefunction(offered) == is_async, (
            f"{where} {'is' if is_async else 'is not'} awaited: see contracts.py"
        )


@pytest.mark.parametrize("family", FAMILIES)
def test_the_settings_of_a_drop_in_are_of_its_family(family: str) -> None:
    """Whoever calls it asks for what the base has: how often, how many, where to."""
    base = FAMILIES[family][1]
    loaded = {name: ribs.load(family, name).Settings for name in ribs.names(family)}

    assert [name for name, own in loaded.items() if not issubclass(own, base)] == [], (
        f"their Settings are to be a contracts.{base.__name__}"
    )


def holds_secret(annotation: Any) -> bool:
    """Whether it is of a SecretFile, or of one that may be left out."""
    marks = getattr(annotation, "__metadata__", ())
    return SECRET in marks or any(map(holds_secret, get_args(annotation)))


@pytest.mark.parametrize("family", ribs.CONFIGURED)
def test_a_file_with_a_secret_is_called_so(family: str) -> None:
    """`hunter doctor` looks into a file whose key ends in `_file`, and tells who may read it."""
    for name in ribs.names(family):
        kinds = get_type_hints(ribs.load(family, name).Settings, include_extras=True)
        for key, kind in kinds.items():
            assert key.endswith("_file") == holds_secret(kind), (
                f"{key} of hunter/{family}/{name}.py: a SecretFile's key ends in _file, no other's"
            )


PLAIN = {timedelta: "Interval or Duration", Path: "LocalPath or SecretFile"}
"""Types of Python's that take no `"15m"` and no `~`, and what of `hunter.written` does."""


def plain_in(annotation: Any) -> Iterator[str]:
    """What is to stand for each plain type in it."""
    if annotation in PLAIN:
        yield PLAIN[annotation]
    elif not hasattr(annotation, "__metadata__"):
        for part in get_args(annotation):
            yield from plain_in(part)


@pytest.mark.parametrize("family", ribs.CONFIGURED)
def test_a_value_is_of_a_type_that_people_can_write(family: str) -> None:
    """Else `every = "15m"` is refused in the words of a library."""
    found = [
        f"{key} of hunter/{family}/{name}.py is to be {fit} of hunter.written"
        for name in ribs.names(family)
        for key, kind in get_type_hints(
            ribs.load(family, name).Settings, include_extras=True
        ).items()
        for fit in plain_in(kind)
    ]

    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("annotation", "fit"),
    [(timedelta, 1), (Path | None, 1), (tuple[Path, ...], 1), (Interval, 0), (LocalPath | None, 0)],
)
def test_a_plain_type_is_seen_wherever_it_stands(annotation: Any, fit: int) -> None:
    """Also where it may be left out, or come several times."""
    assert len(list(plain_in(annotation))) == fit


@pytest.mark.parametrize("name", ribs.names("enrichers"))
def test_an_enricher_speaks_of_what_there_is(name: str) -> None:
    """A misspelt sibling is not waited for, and a field that hunter fills itself is lost."""
    rib = ribs.load("enrichers", name)

    assert set(rib.AFTER) <= set(ribs.names("enrichers")), f"AFTER of {name} names enrichers"
    assert not rib.FIELDS.keys() & dossiers.FIELDS.keys(), f"FIELDS of {name}: hunter's own"
    assert all(map(FIELD.fullmatch, rib.FIELDS)), f"FIELDS of {name}: as in lower_case"


def test_no_two_exports_end_alike() -> None:
    """The files of a message are told apart by the end of their names and nothing else."""
    endings = {name: ribs.load("exports", name).SUFFIX for name in ribs.names("exports")}
    shared = [name for name, end in endings.items() if list(endings.values()).count(end) > 1]

    assert shared == [], "give the new one a SUFFIX of its own"


class ShutDoors:
    """The ways out, which a notifier with a folder has no business at."""

    def __getattr__(self, door: str) -> NoReturn:
        """Say so."""
        raise AssertionError(f"it sends by `doors.{door}`, though `settings.folder` is set")


@pytest.mark.parametrize("name", ribs.names("notifiers"))
def test_a_notifier_writes_to_its_folder_and_sends_nothing(name: str, tmp_path: Path) -> None:
    """Else the canary's letter goes out to people, day by day, or is missed where it should lie."""
    notifier, told = ribs.load("notifiers", name), notice()
    settings = notifier.Settings(folder=tmp_path)
    nowhere = NotifierContext(lambda: AT, cast("Doors", ShutDoors()))

    asyncio.run(notifier.send(told, Recipient("it"), settings, nowhere))

    domain = told.domain.replace("[.]", ".")
    assert list(tmp_path.glob(f"*{domain}*")), (
        f"with `folder` set, `send` of hunter/notifiers/{name}.py writes a file there whose name"
        f" holds {domain}, as net.folder.file_name makes it"
    )


@pytest.mark.parametrize("name", ribs.names("notifiers"))
def test_a_notifier_that_is_not_set_up_says_so(name: str, tmp_path: Path) -> None:
    """Else `hunter check` calls a channel good that the first alert does not get through."""
    own = ribs.load("notifiers", name).Settings
    needs = [key for key in own.model_fields if key.endswith("_file")]

    assert not needs or own().fault_in(()), (
        f"`fault_in` of Settings in hunter/notifiers/{name}.py says in words that none of"
        f" {', '.join(needs)} is set"
    )
    assert not own(folder=tmp_path).fault_in(()), "with `folder` set, it needs nothing else"


@pytest.mark.parametrize(
    ("meaning", "holds"),
    [
        ("whether it is for sale", "truth"),
        ("how much is asked for it, in euros", "number"),
        ("how many offers there are", "number"),
        ("how often it was offered", "number"),
        ("0 to 100, how dear it is", "number"),
        ("the day it was offered, YYYYMMDD", "day"),
        ("what is asked for it, in euros", "text"),
    ],
)
def test_a_meaning_says_what_its_field_holds(meaning: str, holds: str) -> None:
    """As the contract of enrichers tells whoever writes one."""
    assert holding(meaning).in_a_word == holds


def test_a_name_that_breaks_its_line_moves_no_other() -> None:
    """Nor does half a character, which JSON can hold, keep a feed from being taken for good."""
    told = ["en-marche.co", "super\nmarche.fr", "x\ud800.fr", "mail-en-marche.fr"]
    batch = contracts.batch_of(((name, {"told": name}) for name in told), "4")

    lines = batch.names.decode().split("\n")
    assert lines == ["en-marche.co", "x?.fr", "mail-en-marche.fr"]
    assert [batch.origin(line)["told"] for line in range(3)] == [told[0], *told[2:]]


@pytest.mark.parametrize(
    ("name", "choices"),
    [*((name, ()) for name in ribs.names("exports")), ("blocklist", ("style=hosts",))],
)
def test_an_export_goes_through_the_cases_once(name: str, choices: Sequence[str]) -> None:
    """They come one by one: all that is known of thirty thousand would fill the memory."""
    cases = [case(), case(domain="mail-en-marche.fr")]
    whole = b"".join(casebook.export(name, cases, choices, NOW))

    assert whole != b"".join(casebook.export(name, (), choices, NOW))
    assert b"".join(casebook.export(name, iter(cases), choices, NOW)) == whole
