"""A notice as plain text, 72 columns wide, for text mail clients and terminals."""

import textwrap
from collections.abc import Iterable, Iterator

from hunter.model import Finding
from hunter.notice import Group, Notice, Row
from hunter.wording.catalogue import in_its_language, words
from hunter.wording.cleaning import scrub
from hunter.wording.frame import (
    asides,
    band,
    footer,
    gist_line,
    level_of,
    more_line,
    name_parts,
    summary,
    told_once,
    unbroken,
    worth,
)

WIDTH = 72
_LABEL_WIDTH = 24


@in_its_language
def text(notice: Notice) -> str:
    """The whole message. It ends in a newline; no line holds a control character."""
    notice = told_once(scrub(notice))
    blocks = [
        _title(notice),
        "\n".join(_marked(name_parts(notice))),
        _wrapped(notice.headline),
        _wrapped(summary(notice)),
        _wrapped(notice.remark),
        _section(words.HEADING_NEWS, _bullets(notice.news)),
        *(_section(group.title, _group(group)) for group in notice.groups),
        _section(words.HEADING_FINDINGS, ["\n\n".join(_findings(notice))]),
        _section(words.HEADING_STEPS, _numbered(notice.next_steps)),
        _section(words.HEADING_FACTS, _rows(notice.facts)),
        _section(words.HEADING_UNKNOWNS, _rows(notice.unknowns)),
        _section(words.HEADING_CAVEAT, [_wrapped(notice.caveat)]),
        "-- \n" + _wrapped(footer(notice)),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _title(notice: Notice) -> str:
    line = f"{level_of(notice).upper()} · {band(notice)}"
    return f"{line}\n{'=' * min(len(line), WIDTH)}"


def _marked(parts: tuple[str, str, str]) -> Iterator[str]:
    """The name, and carets beneath the part that imitates."""
    before, matched, _ = parts
    if any(parts):
        yield "    " + "".join(parts)
    if matched:
        yield "    " + " " * len(before) + "^" * len(matched)


def _section(heading: str, lines: Iterable[str]) -> str:
    body = "\n".join(lines)
    return f"{_wrapped(heading.upper())}\n\n{body}" if body else ""


def _findings(notice: Notice) -> Iterator[str]:
    for number, (finding, evidence) in enumerate(notice.findings, 1):
        title = _wrapped(f"{finding.title} ({worth(finding)})", f"{number:2}. ", "    ")
        details = (_wrapped(line, "    ", "    ") for line in _details(finding, evidence))
        yield "\n".join([title, *details])


def _details(finding: Finding, evidence: Iterable[str]) -> Iterator[str]:
    if finding.wording:
        yield finding.wording
    yield from (f"> {one}" for one in evidence)
    yield from asides(finding)


def _rows(rows: Iterable[Row]) -> Iterator[str]:
    indent = " " * _LABEL_WIDTH
    for row in rows:
        told = ", ".join(row.values)
        told = words.NOTE.format(values=told, note=row.note) if row.note else told
        if len(row.label) < _LABEL_WIDTH:
            yield _wrapped(told, row.label.ljust(_LABEL_WIDTH), indent)
        else:
            yield _wrapped(row.label)
            yield _wrapped(told, indent, indent)


def _group(group: Group) -> Iterator[str]:
    yield from _bullets(gist_line(gist) for gist in group.gists)
    if group.more:
        yield _wrapped(more_line(group), "    ", "    ")


def _bullets(sentences: Iterable[str]) -> Iterator[str]:
    return (_wrapped(sentence, "  - ", "    ") for sentence in sentences)


def _numbered(sentences: Iterable[str]) -> Iterator[str]:
    return (_wrapped(one, f"{number:2}. ", "    ") for number, one in enumerate(sentences, 1))


def _wrapped(text: str, first: str = "", further: str = "") -> str:
    """Names are never broken: whoever copies one must get it whole."""
    return textwrap.fill(
        unbroken(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
