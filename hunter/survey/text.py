"""Pieces of HTML that the page is made of; whatever goes in is escaped here."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from html import escape
from importlib.resources import files

from hunter.wording import harmless
from hunter.wording.catalogue import report_words as words
from hunter.wording.catalogue import words as common
from hunter.wording.frame import unbroken
from hunter.wording.sentences import shown_name

_LIMIT = 600
_NOTHING_FETCHED = "default-src 'none'; style-src 'unsafe-inline'"
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_ENOUGH = 1.5
_TEN = 9.95
_LONG = 34


def text(ours: str) -> str:
    """Our own words, escaped."""
    return escape(unbroken(ours))


def inline(told: str) -> str:
    """Words from anywhere: clean, defanged, bounded and escaped."""
    return escape(unbroken(harmless(told, _LIMIT)))


def name(domain: str) -> str:
    """A domain, defanged."""
    return name_of(inline(shown_name(domain)), len(domain))


def name_of(content: str, length: int) -> str:
    """A name that is HTML already; only a long one may be broken across lines."""
    return f'<span class="{"name" if length > _LONG else "name keep"}">{content}</span>'


def document(title: str, body: str, language: str = "en") -> str:
    """A whole page that needs nothing from anywhere; the body is HTML already."""
    style = files("hunter").joinpath("data/report.css").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FETCHED}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'
        '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">'
        f"<title>{text(title)}</title><style>{style}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def section(heading: str, note: str, body: str) -> str:
    """A heading, what to know beforehand, and the rest."""
    about = f'<p class="soft">{inline(note)}</p>' if note else ""
    return f"<section><h2>{inline(heading)}</h2>{about}{body}</section>"


def table(headings: Mapping[str, str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML already. On a phone a row is a card, and each cell bears its heading.

    A heading's key that ends in `!` speaks for itself there; one that ends in `…` is short, and
    stands beside its neighbours.
    """
    head = "".join(f'<th scope="col">{text(heading)}</th>' for heading in headings.values())
    body = "".join(f"<tr>{''.join(map(_cell, headings.items(), row))}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(heading: tuple[str, str], content: str) -> str:
    key, label = heading
    if not content:
        return '<td class="none"></td>'
    if key.endswith("!"):
        return f"<td>{content}</td>"
    short = ' class="short"' if key.endswith("…") else ""
    named = f' data-label="{escape(label)}"' if label else ""
    return f"<td{short}{named}>{content}</td>"


def counted(count: int, forms: tuple[str, str, str]) -> str:
    """A count in the form for none, for one, or for several."""
    return forms[min(count, 2)].format(count=count)


def duration(span: timedelta | None) -> str:
    """In the unit that people would use."""
    if span is None:
        return words.NO_TIME
    for form, unit in ((words.DAYS, _DAY), (words.HOURS, _HOUR), (words.MINUTES, _MINUTE)):
        if span >= _ENOUGH * unit:
            count = span / unit
            shown = f"{count:.{int(count < _TEN)}f}".removesuffix(".0")
            return form.format(count=shown.replace(".", common.DECIMAL_MARK))
    seconds = round(span.total_seconds())
    return words.SECONDS.format(count=seconds) if seconds else words.UNDER_A_SECOND
