"""The tests a rule carries in its own file, under `tests:`.

`match:` and `no_match:` each list dossiers, as field → value, with `at:` for when it was so. A
correlation's tests list lists of dossiers: the first is judged, the rest are what it is seen with.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from hunter.errors import Fault
from hunter.model import Dossier, Value
from hunter.rulebook import fitting
from hunter.rulebook.hints import did_you_mean, listing
from hunter.rulebook.reading import Document, Step, Yaml
from hunter.rulebook.rules import Sample

_SECTIONS = {"match": True, "no_match": False}
_FIXED_TIME = dt.datetime(2017, 4, 24, tzinfo=dt.UTC)
_AT = "at"
_NO_FIELDS = frozenset({_AT, "unknown"})


def faults(document: Document, fields: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with the `tests:` of a rule."""
    tests = document.data.get("tests", {})
    if not isinstance(tests, dict):
        hint = "write 'match:' and 'no_match:' under it, each with a list of dossiers"
        yield document.fault(("tests",), "is no pair of lists", hint)
        return
    for name, listed in tests.items():
        if name not in _SECTIONS:
            hint = did_you_mean(str(name), _SECTIONS, "it has 'match:' and 'no_match:'")
            yield document.fault(("tests", str(name)), f"{name!r} is not expected here", hint)
        elif not isinstance(listed, list):
            hint = "put a dash before each: '- {domain: example.org}'"
            yield document.fault(("tests", str(name)), "is no list of dossiers", hint)
    for path, written in _written(document):
        yield from _dossier_faults(document, path, written, fields)


def samples(document: Document) -> tuple[Sample, ...]:
    """The tests of a rule in which no fault was found."""
    return tuple(
        Sample(
            tuple(_dossier(one) for one in group),
            matches,
            f"{document.file}: {document.place(*path)}",
        )
        for path, matches, group in _groups(document)
    )


def _groups(
    document: Document,
) -> Iterator[tuple[tuple[Step, ...], bool, list[Yaml]]]:
    for path, item in _items(document):
        group: list[Yaml] = item if isinstance(item, list) else [item]
        yield path, _SECTIONS[str(path[1])], group


def _items(document: Document) -> Iterator[tuple[tuple[Step, ...], Yaml]]:
    """Where each test stands, and the dossier or the list of dossiers it is."""
    tests = document.data.get("tests")
    for section in _SECTIONS:
        listed = tests.get(section) if isinstance(tests, dict) else None
        for index, item in enumerate(listed if isinstance(listed, list) else []):
            yield ("tests", section, index), item


def _written(document: Document) -> Iterator[tuple[tuple[Step, ...], Yaml]]:
    for path, item in _items(document):
        if isinstance(item, list) and item:
            yield from (((*path, index), one) for index, one in enumerate(item))
        else:
            yield path, item


def _dossier_faults(
    document: Document, path: tuple[Step, ...], written: Yaml, fields: Mapping[str, str]
) -> Iterator[Fault]:
    if not isinstance(written, dict) or not isinstance(written.get("domain"), str):
        hint = "write fields and values, at least 'domain: example.org'"
        yield document.fault(path, "is no dossier", hint)
        return
    if _moment(written.get(_AT)) is None:
        hint = "write a day as 20170413, or with the time: '2017-04-13T12:00'"
        yield document.fault(path, f"{written[_AT]!r} is no moment", hint)
    for name, value in written.items():
        if name == _AT:
            continue
        if name not in fields:
            yield document.fault((*path, str(name)), *_no_field(name, fields))
        else:
            yield from _value_faults(document, (*path, str(name)), value, fields)


def _no_field(name: Yaml, fields: Mapping[str, str]) -> tuple[str, str]:
    hint = did_you_mean(str(name), fields, f"the fields are: {listing(fields)}")
    return f"there is no field {name!r}", hint


def _value_faults(
    document: Document, path: tuple[Step, ...], value: Yaml, fields: Mapping[str, str]
) -> Iterator[Fault]:
    name = str(path[-1])
    for one in _values(value):
        if not isinstance(one, str | int | float):
            hint = "write text, numbers, true or false; a date is a number: YYYYMMDD"
            yield document.fault(path, f"{name!r} has a value that no field holds", hint)
        elif name == "unknown" and one not in fields:
            yield document.fault(path, *_no_field(one, fields))
        elif wrong := fitting.of_value(name, one, fields[name]):
            yield document.fault(path, *wrong)


def _dossier(written: Yaml) -> Dossier:
    assert isinstance(written, dict)
    held = {str(name): _held(value) for name, value in written.items() if name not in _NO_FIELDS}
    return Dossier(
        domain=str(written["domain"]),
        brand=str(written.get("brand", "")),
        at=_moment(written.get(_AT)) or _FIXED_TIME,
        fields=held,
        unknown={str(name): "not told by the test" for name in _values(written.get("unknown", []))},
    )


def _moment(written: Yaml) -> dt.datetime | None:
    """The moment that is meant; None when none can be read."""
    if written is None:
        return _FIXED_TIME
    try:
        found = dt.datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _held(value: Yaml) -> Value | tuple[Value, ...]:
    held = tuple(one for one in _values(value) if isinstance(one, str | int | float))
    return held if isinstance(value, list) else held[0]


def _values(value: Yaml) -> list[Yaml]:
    return value if isinstance(value, list) else [value]
