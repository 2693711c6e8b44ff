"""A notice as an HTML mail that needs nothing from anywhere: no image, no script, no link.

Styles are inline, since many mail clients drop a style sheet; the sheet holds only what cannot be
inline: the dark colours. Layout is by tables, for clients that render like a word processor.
"""

from collections.abc import Iterable, Iterator
from html import escape

from hunter.model import Finding, Level
from hunter.notice import Group, Notice, Row
from hunter.wording import moments
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
    preview,
    summary,
    told_once,
    unbroken,
    worth,
)

_COLOURS = {
    Level.INFORMATIONAL: "#475467",
    Level.LOW: "#175cd3",
    Level.MEDIUM: "#a15c07",
    Level.HIGH: "#b42318",
    Level.CRITICAL: "#7a1a6b",
}
_SANS = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_MONO = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace"
_FITS_A_PHONE, _FITS_A_CELL = 36, 22
"""Letters that stand side by side on a phone: in a line, and beside a table's label."""
_ANYWHERE = "overflow-wrap:anywhere;word-break:break-word"
_DARK = (
    "@media (prefers-color-scheme:dark){"
    ".page{background:#0f1318!important}"
    ".card{background:#191f27!important;border-color:#2c3540!important}"
    ".ink{color:#e8ecf1!important}.soft{color:#a3afbd!important}"
    ".line{border-color:#2c3540!important}"
    ".box{background:#222a34!important;border-color:#3a4654!important}"
    ".mark{background:#f5c542!important;color:#1a1500!important}}"
)
_HEAD = (
    '<meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<meta name="color-scheme" content="light dark">'
    '<meta name="supported-color-schemes" content="light dark">'
    '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">'
    '<meta name="x-apple-disable-message-reformatting">'
    f"<style>:root{{color-scheme:light dark}}{_DARK}</style>"
)


@in_its_language
def html(notice: Notice) -> str:
    """The whole document; everything that came with the notice is escaped."""
    notice = told_once(scrub(notice))
    sections = "".join(_sections(notice))
    return (
        f'<!doctype html><html lang="{escape(notice.language)}"><head>{_HEAD}'
        f"<title>{escape(notice.subject)}</title></head>"
        f'<body class="page" style="margin:0;padding:0;background:#eef1f5;{_SANS}">'
        '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">'
        f"{escape(unbroken(preview(notice)))}</div>"
        '<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0"'
        ' style="background:#eef1f5"><tr><td align="center" style="padding:16px 8px">'
        '<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0"'
        ' style="max-width:640px;background:#ffffff;border:1px solid #d9dfe7;border-radius:10px;'
        'border-collapse:separate;overflow:hidden;text-align:left">'
        f"{_band(notice)}{_name(notice)}{sections}{_footer(notice)}"
        "</table></td></tr></table></body></html>\n"
    )


def _band(notice: Notice) -> str:
    colour = _COLOURS[notice.severity]
    return (
        f'<tr><td style="background:{colour};padding:12px 20px;color:#ffffff;font-size:14px;'
        f'line-height:20px"><strong style="font-size:16px;letter-spacing:.06em">'
        f"{escape(level_of(notice).upper())}</strong>&nbsp;&nbsp;{_whole_names(band(notice))}"
        f" · {escape(moments.moment(notice.at))}</td></tr>"
    )


def _name(notice: Notice) -> str:
    return (
        '<tr><td style="padding:20px 20px 4px 20px">'
        f'{_marked(name_parts(notice))}<div class="ink" style="padding-top:8px;font-size:16px;'
        f'line-height:24px;color:#101828;{_ANYWHERE}">{_whole_names(notice.headline)}</div>'
        f"{_soft(summary(notice))}{_plain(notice.remark)}</td></tr>"
    )


def _marked(parts: tuple[str, str, str]) -> str:
    """The name with the part that imitates marked; nothing when the message is about no name."""
    if not any(parts):
        return ""
    before, matched, after = (escape(part) for part in parts)
    mark = (
        '<mark class="mark" style="background:#ffe08a;color:#1a1500;text-decoration:underline;'
        f'border-radius:3px;padding:0 1px">{matched}</mark>'
    )
    return (
        f'<div class="ink" style="{_MONO};font-size:22px;line-height:30px;font-weight:600;'
        f'color:#101828;{_ANYWHERE}"><bdi>{before}{mark if matched else ""}{after}</bdi></div>'
    )


def _whole_names(text: str, fits: int = _FITS_A_PHONE) -> str:
    """The text escaped; a name, or its word, that fits on a line is not broken at its hyphens."""
    return " ".join(_whole(escape(word), fits) for word in unbroken(text).split(" "))


def _whole(word: str, fits: int) -> str:
    if "-" in word and len(word) <= fits:
        return f'<span style="white-space:nowrap">{word}</span>'
    return word


def _sections(notice: Notice) -> Iterator[str]:
    findings = "".join(_finding(finding, told) for finding, told in notice.findings)
    yield _section(words.HEADING_NEWS, _list("ul", notice.news))
    yield from (_section(group.title, _group(group)) for group in notice.groups)
    yield _section(words.HEADING_FINDINGS, findings)
    yield _section(words.HEADING_STEPS, _list("ol", notice.next_steps))
    yield _section(words.HEADING_FACTS, _table(notice.facts))
    yield _section(words.HEADING_UNKNOWNS, _table(notice.unknowns))
    yield _section(words.HEADING_CAVEAT, _box(notice.caveat))


def _section(heading: str, body: str) -> str:
    if not body:
        return ""
    return (
        '<tr><td style="padding:16px 20px 0 20px">'
        '<h2 class="soft" style="margin:0 0 8px 0;font-size:13px;line-height:18px;'
        f'letter-spacing:.04em;text-transform:uppercase;color:#596579">{escape(unbroken(heading))}</h2>'
        f"{body}</td></tr>"
    )


def _list(tag: str, sentences: Iterable[str]) -> str:
    items = "".join(
        f'<li style="margin:0 0 6px 0;{_ANYWHERE}">{_whole_names(one)}</li>' for one in sentences
    )
    style = "margin:0;padding-left:22px;font-size:15px;line-height:22px;color:#101828"
    return f'<{tag} class="ink" style="{style}">{items}</{tag}>' if items else ""


def _group(group: Group) -> str:
    lines = _list("ul", (gist_line(gist) for gist in group.gists))
    return lines + _soft(more_line(group))


def _finding(finding: Finding, evidence: Iterable[str]) -> str:
    colour = _COLOURS[finding.level]
    told = "".join(
        f'<div class="ink" style="{_MONO};font-size:13px;line-height:20px;color:#101828;'
        f'{_ANYWHERE}">{_whole_names(one)}</div>'
        for one in evidence
    )
    small = "".join(_soft(line) for line in asides(finding))
    return (
        f'<div style="margin:0 0 14px 0;padding-left:12px;border-left:3px solid {colour}">'
        f'<div class="ink" style="font-size:15px;line-height:22px;color:#101828;{_ANYWHERE}">'
        f"<strong>{_whole_names(finding.title)}</strong></div>"
        f"{_soft(worth(finding))}{_plain(finding.wording)}"
        f'<div style="padding:2px 0 4px 0">{told}</div>{small}</div>'
    )


def _plain(text: str) -> str:
    style = f"font-size:15px;line-height:22px;padding:2px 0 4px 0;color:#101828;{_ANYWHERE}"
    return f'<div class="ink" style="{style}">{_whole_names(text)}</div>' if text else ""


def _soft(text: str) -> str:
    style = f"font-size:13px;line-height:19px;color:#596579;{_ANYWHERE}"
    return f'<div class="soft" style="{style}">{_whole_names(text)}</div>' if text else ""


def _table(rows: Iterable[Row]) -> str:
    lines = "".join(_row(row) for row in rows)
    return (
        '<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;'
        f'table-layout:fixed">{lines}</table>'
        if lines
        else ""
    )


def _row(row: Row) -> str:
    cell = "padding:6px 0;vertical-align:top;border-bottom:1px solid #e4e9f0"
    values = "<br>".join(f"<bdi>{_whole_names(value, _FITS_A_CELL)}</bdi>" for value in row.values)
    return (
        f'<tr><th scope="row" class="soft line" style="{cell};width:39%;padding-right:8px;'
        f"font-weight:400;text-align:left;font-size:14px;line-height:20px;color:#596579;"
        f'{_ANYWHERE}">{escape(row.label)}</th>'
        f'<td class="ink line" style="{cell};font-size:14px;line-height:20px;color:#101828;'
        f'{_ANYWHERE}">{values}{_soft(row.note)}</td></tr>'
    )


def _box(text: str) -> str:
    return text and (
        '<div class="box ink" style="padding:10px 12px;background:#f4f6f9;border:1px solid #d9dfe7;'
        f'border-radius:6px;font-size:14px;line-height:21px;color:#101828">{_whole_names(text)}</div>'
    )


def _footer(notice: Notice) -> str:
    return (
        '<tr><td class="soft" style="padding:16px 20px 20px 20px;font-size:12px;line-height:18px;'
        f'color:#596579">{escape(unbroken(footer(notice)))}</td></tr>'
    )
