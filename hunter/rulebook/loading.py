"""Load rule files: every fault of every file at once, or a book in which there is none."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sigma.exceptions import SigmaError

from hunter.errors import Fault, YoursToFix
from hunter.rulebook import headers, samples
from hunter.rulebook.conditions import AllOf, Condition, depth, holds_for_nothing
from hunter.rulebook.correlations import CorrelationBlock, generates, referred
from hunter.rulebook.detections import Detections
from hunter.rulebook.hints import did_you_mean
from hunter.rulebook.reading import Document, Yaml, read
from hunter.rulebook.rules import Correlation, Rule, Rulebook

ALWAYS_FIELDS = {
    "domain": "the registrable domain itself",
    "brand": "the domain of the brand it may imitate",
    "unknown": "the names of the fields that could not be found out",
}
"""Fields that every dossier has, whoever enriches it."""

_KINDS = ("detection", "correlation", "filter")
_MAX_DEPTH = 30
_SUFFIXES = frozenset({".yml", ".yaml"})


@dataclass(frozen=True, slots=True)
class _Filter:
    """A filter: to which rules (None: all) it is joined, and what it asks."""

    title: str
    rules: frozenset[str] | None
    condition: Condition


@dataclass(frozen=True, slots=True)
class _Contents:
    """All documents by kind, and what they may refer to."""

    fields: Mapping[str, str]
    rules: tuple[Document, ...]
    correlations: tuple[Document, ...]
    filters: tuple[Document, ...]
    ids: Mapping[str, str]
    """Name or id as written → id, of rules and correlations."""
    silent: frozenset[str]
    """Ids of those that only feed a correlation."""


def load(folder: Path | Sequence[Path], fields: Mapping[str, str]) -> Rulebook:
    """The rules in a folder and below it, in several folders, or in single files.

    `fields` (field → meaning) are those that a rule may ask for. Raises YoursToFix with every
    fault.
    """
    given = (folder,) if isinstance(folder, Path) else tuple(folder)
    files, faults = _files(given)
    documents: list[Document] = []
    digest = sha256()
    for file in files:
        found, wrong, raw = read(file)
        documents.extend(found)
        faults.extend(wrong)
        digest.update(b"%s\0%d\0%s" % (file.name.encode(), len(raw), raw))
    faults.extend(_kindless(documents))
    contents = _sorted(documents, {**ALWAYS_FIELDS, **fields})
    faults.extend(_content_faults(contents))
    if faults:
        raise YoursToFix(sorted(faults, key=_in_reading_order))
    return _book(contents, digest.hexdigest())


def _in_reading_order(fault: Fault) -> tuple[str, int]:
    line = re.match(r"line (\d+)", fault.where)
    return fault.file, int(line[1]) if line else 0


def _files(given: Sequence[Path]) -> tuple[list[Path], list[Fault]]:
    files: list[Path] = []
    faults: list[Fault] = []
    for place in given:
        if place.is_dir():
            files.extend(sorted(path for path in place.rglob("*") if _is_rule_file(path)))
        elif place.exists():
            files.append(place)
        else:
            hint = "name the folder that holds the rule files"
            faults.append(Fault(str(place), "", "there is no such folder or file", hint))
    if not files and not faults:
        named = ", ".join(map(str, given))
        faults.append(Fault(named, "", "holds no rule", "rule files end in .yml"))
    return files, faults


def _is_rule_file(path: Path) -> bool:
    return path.suffix in _SUFFIXES and not path.name.startswith(".") and path.is_file()


def _kindless(documents: Sequence[Document]) -> Iterator[Fault]:
    for document in documents:
        if "action" in document.data:
            hint = "write each rule out in full"
            yield document.fault(
                ("action",), "rule collections (action:) are gone in Sigma 2", hint
            )
        elif not any(kind in document.data for kind in _KINDS):
            hints = (did_you_mean(str(key), _KINDS) for key in document.data)
            hint = next(filter(None, hints), "a rule has a block 'detection:', for one")
            yield document.fault((), "is neither a rule nor a correlation nor a filter", hint)


def _sorted(documents: Sequence[Document], fields: Mapping[str, str]) -> _Contents:
    correlations = tuple(one for one in documents if "correlation" in one.data)
    rest = [one for one in documents if "correlation" not in one.data]
    rules = tuple(one for one in rest if "detection" in one.data)
    filters = tuple(one for one in rest if "filter" in one.data and "detection" not in one.data)
    ids: dict[str, str] = {}
    for document in (*rules, *correlations):
        identity = headers.identity(document)
        for alias in (identity, document.data.get("id"), document.data.get("name")):
            if isinstance(alias, str) and alias:
                ids.setdefault(alias, identity)
    silent = frozenset(
        ids.get(name, "")
        for document in correlations
        if not generates(document)
        for name in referred(document)
    )
    return _Contents(fields, rules, correlations, filters, ids, silent)


def _content_faults(contents: _Contents) -> Iterator[Fault]:
    yield from _repeated(contents, "id", headers.identity)
    yield from _repeated(contents, "name", lambda document: str(document.data.get("name", "")))
    for document in contents.rules:
        yield from _rule_faults(document, contents)
    for document in contents.correlations:
        yield from headers.faults(document, scored=_speaks(document, contents))
        yield from CorrelationBlock(document, contents.fields, contents.ids).faults()
        yield from samples.faults(document, contents.fields)
    for document in contents.filters:
        yield from headers.faults(document, scored=False, needs_id=False)
        yield from headers.logsource_faults(document)
        yield from _block_faults(document, "filter", contents)
        yield from _filter_reference_faults(document, contents)
    yield from _cycles(contents)


def _speaks(document: Document, contents: _Contents) -> bool:
    return headers.identity(document) not in contents.silent


def _repeated(contents: _Contents, key: str, told: Callable[[Document], str]) -> Iterator[Fault]:
    first: dict[str, Document] = {}
    for document in (*contents.rules, *contents.correlations, *contents.filters):
        value = told(document)
        if value and value in first:
            hint = f"each rule has its own {key}"
            where = f"{first[value].file}, {first[value].place(key)}"
            yield document.fault((key,), f"the {key} {value!r} is taken by {where}", hint)
        first.setdefault(value, document)


def _rule_faults(document: Document, contents: _Contents) -> Iterator[Fault]:
    yield from headers.faults(document, scored=_speaks(document, contents))
    yield from headers.logsource_faults(document)
    yield from samples.faults(document, contents.fields)
    yield from _block_faults(document, "detection", contents)


def _block_faults(document: Document, section: str, contents: _Contents) -> Iterator[Fault]:
    """Of the items first; the condition can be looked at when they are sound."""
    detections = Detections(document, section, contents.fields)
    found = detections.faults()
    yield from found or _condition_faults(document, detections, section)


def _condition_faults(document: Document, detections: Detections, section: str) -> Iterator[Fault]:
    path = (section, "condition")
    try:
        condition = detections.condition()
        deep = depth(condition) > _MAX_DEPTH
    except (SigmaError, RecursionError) as error:
        yield document.fault(path, f"cannot be read: {error}")
        return
    if deep:
        yield document.fault(path, "is nested too deeply", "split it into several selections")
    elif section == "detection" and holds_for_nothing(condition):
        hint = "add a selection that asks for something, such as 'confidence|gte: 0.5'"
        yield document.fault(path, "holds for every domain of which nothing is known", hint)


def _filter_reference_faults(document: Document, contents: _Contents) -> Iterator[Fault]:
    named = _filtered(document)
    hint = "name the rules, or write 'rules: any' to mean all"
    if named is None:
        yield document.fault(("filter", "rules"), "does not say to which rules it belongs", hint)
    correlations = {headers.identity(one) for one in contents.correlations}
    for name in named or ():
        if name not in contents.ids:
            close = did_you_mean(name, contents.ids, hint)
            yield document.fault(("filter", "rules"), f"there is no rule {name!r}", close)
        elif contents.ids[name] in correlations:
            feed = "name the rules that feed it"
            message = f"{name!r} is a correlation, which filters do not touch"
            yield document.fault(("filter", "rules"), message, feed)


def _filtered(document: Document) -> tuple[str, ...] | None:
    """The rules that a filter names; empty for any, None when it does not say."""
    block = document.data.get("filter")
    named: Yaml = block.get("rules") if isinstance(block, dict) else None
    if named == "any":
        return ()
    if isinstance(named, str):
        return (named,)
    return tuple(map(str, named)) if isinstance(named, list) else None


def _cycles(contents: _Contents) -> Iterator[Fault]:
    feeds = _feeds(contents)
    for document in contents.correlations:
        identity = headers.identity(document)
        if identity and identity in _all_below(identity, feeds):
            yield document.fault(("correlation", "rules"), "feeds itself", "break the circle")


def _feeds(contents: _Contents) -> dict[str, tuple[str, ...]]:
    return {
        headers.identity(one): tuple(contents.ids.get(name, "") for name in referred(one))
        for one in contents.correlations
    }


def _all_below(identity: str, feeds: Mapping[str, tuple[str, ...]]) -> set[str]:
    below: set[str] = set()
    todo = list(feeds.get(identity, ()))
    while todo:
        one = todo.pop()
        if one not in below:
            below.add(one)
            todo.extend(feeds.get(one, ()))
    return below


def _book(contents: _Contents, digest: str) -> Rulebook:
    filters = tuple(_filter(document, contents) for document in contents.filters)
    feeds = _feeds(contents)
    correlations = sorted(
        (_correlation(document, contents) for document in contents.correlations),
        key=lambda one: len(_all_below(one.header.id, feeds)),
    )
    return Rulebook(
        rules=tuple(_rule(document, contents, filters) for document in contents.rules),
        correlations=tuple(correlations),
        filters=tuple(one.title for one in filters),
        digest=digest,
    )


def _filter(document: Document, contents: _Contents) -> _Filter:
    named = _filtered(document)
    return _Filter(
        title=str(document.data["title"]),
        rules=frozenset(contents.ids[name] for name in named) if named else None,
        condition=Detections(document, "filter", contents.fields).condition(),
    )


def _rule(document: Document, contents: _Contents, filters: Sequence[_Filter]) -> Rule:
    identity = headers.identity(document)
    joined = [one for one in filters if one.rules is None or identity in one.rules]
    condition = Detections(document, "detection", contents.fields).condition()
    if joined:
        condition = AllOf((condition, *(one.condition for one in joined)))
    silent = not _speaks(document, contents)
    return Rule(
        header=headers.header(document, silent=silent, samples=samples.samples(document)),
        condition=condition,
        filters=tuple(one.title for one in joined),
    )


def _correlation(document: Document, contents: _Contents) -> Correlation:
    silent = not _speaks(document, contents)
    header = headers.header(document, silent=silent, samples=samples.samples(document))
    return CorrelationBlock(document, contents.fields, contents.ids).build(header)
