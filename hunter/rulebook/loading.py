"""Load rule files: every fault of every file at once, or a book in which there is none."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sigma.exceptions import SigmaError

from hunter.errors import Fault, YoursToFix
from hunter.rulebook import headers, samples
from hunter.rulebook.conditions import depth, holds_for_nothing
from hunter.rulebook.correlations import CorrelationBlock, generates, grouping, referred
from hunter.rulebook.detections import Detections
from hunter.rulebook.gathering import gather
from hunter.rulebook.hints import did_you_mean
from hunter.rulebook.reading import Document, RuleFile, Yaml, documents
from hunter.rulebook.rules import Correlation, Filter, Rule, Rulebook

ALWAYS_FIELDS = {
    "domain": "the registrable domain itself",
    "brand": "the domain of the brand it may imitate",
    "unknown": "the names of the fields that could not be found out",
}
"""Fields that every dossier has, whoever enriches it."""

_KINDS = ("detection", "correlation", "filter")
_MAX_DEPTH = 30


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
    files, faults = gather((folder,) if isinstance(folder, Path) else tuple(folder))
    return load_files(files, fields, faults)


def load_files(
    files: Sequence[RuleFile], fields: Mapping[str, str], before: Sequence[Fault] = ()
) -> Rulebook:
    """The rules in these files; raises YoursToFix with every fault, and with those from before."""
    read = [documents(file) for file in files]
    found = [document for sound, _ in read for document in sound]
    contents = _sorted(found, {**ALWAYS_FIELDS, **fields})
    faults = [*before, *chain.from_iterable(wrong for _, wrong in read)]
    faults.extend(_kind_faults(found))
    faults.extend(_content_faults(contents))
    if faults:
        raise YoursToFix(sorted(faults, key=_in_reading_order))
    return _book(contents, files)


def _in_reading_order(fault: Fault) -> tuple[str, int]:
    line = re.match(r"line (\d+)", fault.where)
    return fault.file, int(line[1]) if line else 0


def _kind_faults(documents: Sequence[Document]) -> Iterator[Fault]:
    for document in documents:
        if "action" in document.data:
            hint = "write each rule out in full"
            yield document.fault(
                ("action",), "rule collections (action:) are gone in Sigma 2", hint
            )
            continue
        kinds = [kind for kind in _KINDS if kind in document.data]
        if not kinds:
            unknown = (str(key) for key in document.data if key not in headers.KEYS)
            hints = (did_you_mean(key, _KINDS) for key in unknown)
            hint = next(filter(None, hints), "a rule has a block 'detection:', for one")
            yield document.fault((), "is neither a rule nor a correlation nor a filter", hint)
        elif len(kinds) > 1:
            message = f"has '{kinds[0]}:' and '{kinds[1]}:' in one document"
            hint = "give each a title and an id of its own, with a line '---' between them"
            yield document.fault((kinds[1],), message, hint)


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
        yield from _correlation_block(document, contents).faults()
        yield from samples.faults(document, contents.fields)
    for document in contents.filters:
        yield from headers.faults(document, scored=False, needs_id=False)
        yield from headers.logsource_faults(document)
        yield from _block_faults(document, "filter", contents)
        yield from samples.faults(document, contents.fields)
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
    # An empty list names none; read as all, it would silence every rule when the last is taken out.
    return tuple(map(str, named)) if isinstance(named, list) and named else None


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


def _book(contents: _Contents, files: Sequence[RuleFile]) -> Rulebook:
    filters = tuple(_filter(document, contents) for document in contents.filters)
    feeds = _feeds(contents)
    correlations = sorted(
        (_correlation(document, contents) for document in contents.correlations),
        key=lambda one: len(_all_below(one.header.id, feeds)),
    )
    return Rulebook(
        rules=tuple(_rule(document, contents, filters) for document in contents.rules),
        correlations=tuple(correlations),
        filters=filters,
        files=tuple(files),
    )


def _filter(document: Document, contents: _Contents) -> Filter:
    named = _filtered(document) or ()
    return Filter(
        header=headers.header(document, silent=True, samples=samples.samples(document)),
        rules=tuple(contents.ids[name] for name in named),
        condition=Detections(document, "filter", contents.fields).condition(),
    )


def _rule(document: Document, contents: _Contents, filters: Sequence[Filter]) -> Rule:
    identity = headers.identity(document)
    silent = not _speaks(document, contents)
    return Rule(
        header=headers.header(document, silent=silent, samples=samples.samples(document)),
        own=Detections(document, "detection", contents.fields).condition(),
        filters=tuple(one for one in filters if not one.rules or identity in one.rules),
    )


def _correlation(document: Document, contents: _Contents) -> Correlation:
    silent = not _speaks(document, contents)
    header = headers.header(document, silent=silent, samples=samples.samples(document))
    return _correlation_block(document, contents).build(header)


def _correlation_block(document: Document, contents: _Contents) -> CorrelationBlock:
    handed = {headers.identity(one): grouping(one) for one in contents.correlations}
    return CorrelationBlock(document, contents.fields, contents.ids, handed)
