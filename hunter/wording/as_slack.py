"""A notice as a Slack message: Block Kit.

Limits and escaping: docs.slack.dev, "Block Kit reference" and "Formatting message text".
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from hunter.model import Finding, Json, Level
from hunter.notice import Notice, Row
from hunter.wording.catalogue import in_its_language, words
from hunter.wording.cleaning import scrub, shorten
from hunter.wording.frame import (
    asides,
    band,
    footer,
    gist_line,
    in_a_line,
    level_of,
    more_line,
    name_parts,
    summary,
    told_once,
    unbroken,
    worth,
)

_HEADER = 150
_SECTION = 2900
_SECTIONS = 3
_FIELD = 500
_FIELDS = 10
_FINDINGS = 6
_GROUPS = 12
_FALLBACK = 400
_LIGHTS = {
    Level.INFORMATIONAL: ":white_circle:",
    Level.LOW: ":large_blue_circle:",
    Level.MEDIUM: ":large_yellow_circle:",
    Level.HIGH: ":red_circle:",
    Level.CRITICAL: ":rotating_light:",
}
# The first three are Slack's own escapes; the others would only style what somebody else wrote.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "'", "*": "∗", "~": "∼"})
_LITERAL = str.maketrans({"&": "＆", "<": "‹", ">": "›"})
_ITALIC = re.compile(r"(?<![^\W_])_+(?=.*_(?![^\W_]))")
"""An underscore before a word, and one behind a word to follow; names in DNS have the first."""
_EMOJI = re.compile(r":(?=[\w+'-]*[^\W\d][\w+'-]*:)")
_CUT_ESCAPE = re.compile(r"&[a-z]*…$")


@in_its_language
def payload(notice: Notice) -> dict[str, Json]:
    """The message as Slack takes it: blocks, and a line for notifications."""
    notice = told_once(scrub(notice))
    return _message(notice, _blocks(notice))


@in_its_language
def reply(notice: Notice) -> dict[str, Json]:
    """The same in brief, for a thread that begins with the whole: only what is new."""
    notice = scrub(notice)
    return _message(notice, _brief(notice))


def _message(notice: Notice, blocks: Iterable[Json]) -> dict[str, Json]:
    return {
        "text": _line(shorten(in_a_line(notice), _FALLBACK)),
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": list(blocks),
    }


def _brief(notice: Notice) -> Iterator[Json]:
    yield _context([_light(notice)])
    yield from _listing(words.HEADING_NEWS, [f"• {_line(one)}" for one in notice.news])
    if notice.remark:
        yield _context([_line(notice.remark)])


def _light(notice: Notice) -> str:
    light = f"{_LIGHTS[notice.severity]} *{level_of(notice).upper()}*"
    return f"{light} · {_line(band(notice))}"


def _blocks(notice: Notice) -> Iterator[Json]:
    header = shorten(unbroken(notice.subject).translate(_LITERAL), _HEADER) or level_of(notice)
    yield {"type": "header", "text": {"type": "plain_text", "text": header, "emoji": False}}
    yield _context([_light(notice)])
    if any(notice.name_parts):
        yield _name(name_parts(notice))
    yield _section([_line(notice.headline), _line(summary(notice))])
    if notice.remark:
        yield _context([_line(notice.remark)])
    yield from _listing(words.HEADING_NEWS, [f"• {_line(one)}" for one in notice.news])
    for group in notice.groups[:_GROUPS]:
        lines = [f"• {_line(gist_line(gist))}" for gist in group.gists]
        yield _section([f"*{_line(group.title)}*", *lines, _line(more_line(group))])
    if further := sum(len(group.gists) + group.more for group in notice.groups[_GROUPS:]):
        yield _context([words.MORE.format(count=further)])
    yield from _findings(notice.findings)
    steps = [f"{number}. {_line(one)}" for number, one in enumerate(notice.next_steps, 1)]
    yield from _listing(words.HEADING_STEPS, steps)
    yield from _table(words.HEADING_FACTS, notice.facts)
    yield from _table(words.HEADING_UNKNOWNS, notice.unknowns)
    yield _context([_line(notice.caveat), _line(footer(notice))])


def _name(parts: Sequence[str]) -> Json:
    """Rich text, since mrkdwn cannot mark a part of a word."""
    styles: tuple[dict[str, Json], ...] = ({"code": True}, {"code": True, "bold": True})
    elements: list[Json] = [
        {"type": "text", "text": part.translate(_LITERAL), "style": styles[number == 1]}
        for number, part in enumerate(parts)
        if part
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _findings(findings: Sequence[tuple[Finding, tuple[str, ...]]]) -> Iterator[Json]:
    for number, (finding, evidence) in enumerate(findings[:_FINDINGS]):
        heading = [] if number else [f"*{words.HEADING_FINDINGS}*"]
        title = f"*{_line(finding.title)}* ({_line(worth(finding))})"
        yield _section(
            [*heading, title, _line(finding.wording), *(f"• {_line(one)}" for one in evidence)]
        )
        if asides(finding):
            yield _context([_line(one) for one in asides(finding)])
    if len(findings) > _FINDINGS:
        yield _context([words.MORE.format(count=len(findings) - _FINDINGS)])


def _table(heading: str, rows: Sequence[Row]) -> Iterator[Json]:
    for start in range(0, len(rows), _FIELDS):
        fields = [_mrkdwn(_row(row), _FIELD) for row in rows[start : start + _FIELDS]]
        title: dict[str, Json] = {} if start else {"text": _mrkdwn([f"*{heading}*"])}
        yield {"type": "section", **title, "fields": fields}


def _row(row: Row) -> list[str]:
    values = ", ".join(row.values)
    told = words.NOTE.format(values=values, note=row.note) if row.note else values
    return [f"*{_line(row.label)}*", _line(told)]


def _listing(heading: str, lines: Sequence[str]) -> Iterator[Json]:
    """In a few sections where one is too short, and how many lines are left out of them."""
    parts, left = [[f"*{heading}*"]], len(lines)
    for line in lines:
        if len("\n".join((*parts[-1], line))) > _SECTION:
            if len(parts) == _SECTIONS:
                break
            parts.append([])
        parts[-1].append(line)
        left -= 1
    if lines:
        yield from map(_section, parts)
    if left:
        yield _context([words.MORE.format(count=left)])


def _section(lines: Iterable[str]) -> Json:
    return {"type": "section", "text": _mrkdwn(lines)}


def _context(lines: Sequence[str]) -> Json:
    return {"type": "context", "elements": [_mrkdwn(lines)]}


def _mrkdwn(lines: Iterable[str], limit: int = _SECTION) -> Json:
    """Lines that are escaped already; `verbatim` keeps Slack from finding links and mentions."""
    text = shorten("\n".join(line for line in lines if line), limit) or words.UNPRINTABLE
    return {"type": "mrkdwn", "text": _CUT_ESCAPE.sub("…", text), "verbatim": True}


def _line(text: str) -> str:
    """Somebody else's words, which can neither mention, link, style nor show a picture."""
    plain = unbroken(text).translate(_ESCAPES)
    plain = _ITALIC.sub(lambda found: "ˍ" * len(found[0]), plain)
    return _EMOJI.sub("꞉", plain)
