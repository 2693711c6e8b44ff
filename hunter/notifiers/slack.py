"""Slack, through an incoming webhook: one message in Block Kit for each notice.

Limits and escaping: docs.slack.dev, "Block Kit reference" and "Formatting message text".
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from pydantic import Field

from hunter.contracts import LocalPath, NotifierContext, NotifierSettings, Recipient, SecretFile
from hunter.errors import WillNotPass
from hunter.model import Finding, Json, Level
from hunter.net import hook
from hunter.net.folder import drop, file_name
from hunter.net.secret import read_secret
from hunter.notice import Notice, Row
from hunter.wording import scrub, shorten
from hunter.wording.catalogue import in_its_language, words
from hunter.wording.frame import (
    asides,
    band,
    footer,
    gist_line,
    level_of,
    more_line,
    name_parts,
    preview,
    summary,
    worth,
)

_HEADER = 150
_SECTION = 2900
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
_EMOJI = re.compile(r":(?=[\w+'-]*[^\W\d][\w+'-]*:)")
_CUT_ESCAPE = re.compile(r"&[a-z]*…$")
FOLLOWS_STATE = False
CARRIES_FILES = False


class Settings(NotifierSettings):
    """Where to post."""

    webhook_url_file: SecretFile | None = Field(
        default=None, description="file that holds the webhook's URL, which is a secret"
    )
    folder: LocalPath | None = Field(
        default=None, description="write the messages there as JSON and post nothing"
    )


async def send(
    notice: Notice, recipient: Recipient, settings: Settings, context: NotifierContext
) -> None:
    """Post it; returns when Slack took it. Raises WillPass or WillNotPass, never with the URL."""
    content = json.dumps(payload(notice), ensure_ascii=False, indent=1).encode()
    if settings.folder is not None:
        key = f"{notice.key} {recipient.subscriber}"
        name = file_name(notice.at, notice.domain, notice.kind, key, ".json")
        drop(settings.folder, name, content)
        return
    headers = {"Content-Type": "application/json; charset=utf-8"}
    answer = await context.doors.http.post(_webhook(settings), content=content, headers=headers)
    hook.settle(answer, "slack", context.now())


def _webhook(settings: Settings) -> str:
    if settings.webhook_url_file is None:
        raise WillNotPass("slack: neither webhook_url_file nor folder is set")
    url = read_secret(settings.webhook_url_file)
    if not hook.is_safe(url):
        raise WillNotPass(f"slack: {settings.webhook_url_file} holds no https:// URL")
    return url


@in_its_language
def payload(notice: Notice) -> dict[str, Json]:
    """The message as Slack takes it: blocks, and a line for notifications."""
    notice = scrub(notice)
    return {
        "text": _line(shorten(f"{notice.subject}: {preview(notice)}", _FALLBACK)),
        "unfurl_links": False,
        "unfurl_media": False,
        "blocks": list(_blocks(notice)),
    }


def _blocks(notice: Notice) -> Iterator[Json]:
    header = shorten(notice.subject.translate(_LITERAL), _HEADER) or level_of(notice)
    yield {"type": "header", "text": {"type": "plain_text", "text": header, "emoji": False}}
    light = f"{_LIGHTS[notice.severity]} *{level_of(notice).upper()}*"
    yield _context([f"{light} · {_line(band(notice))}"])
    if any(notice.name_parts):
        yield _name(name_parts(notice))
    yield _section([_line(notice.headline), _line(summary(notice))])
    if notice.remark:
        yield _context([_line(notice.remark)])
    for group in notice.groups[:_GROUPS]:
        lines = [f"• {_line(gist_line(gist))}" for gist in group.gists]
        yield from _listing(_line(group.title), [*lines, _line(more_line(group))])
    yield from _listing(words.HEADING_NEWS, [f"• {_line(one)}" for one in notice.news])
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
        title = f"*{_line(finding.title)}* ({worth(finding)})"
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
    if lines:
        yield _section([f"*{heading}*", *lines])


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
    return _EMOJI.sub("꞉", text.translate(_ESCAPES))
