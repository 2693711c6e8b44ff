"""Draw an incident: its domains on the left, what they share on the right, lines between them.

One self-contained SVG 1.1 file: no script, no style sheet, nothing fetched. Two columns need no
search for a layout and stay readable with any number of domains.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from hunter.incidents.links import STRONG
from hunter.model import Incident, Link
from hunter.wording import picture
from hunter.wording.catalogue import incident_words as words

_WIDTH = 1120
_MARGIN = 32
_BOX = 440
_RIGHT = _WIDTH - _MARGIN - _BOX
_LINE = 18
_PADDING = 10
_GAP = 16
_TOP = 84
_FOOT = 84
_TITLE_LETTER = 8.3
_LETTER = 6.8
_MOST = 40
"""Boxes in a column; the rest is counted."""

_FONT = "font-family='Helvetica, Arial, sans-serif'"
_INK = "#1c1c1c"
_FAINT = "#5a5a5a"
_CORE = ("#fdecea", "#b3261e")
_ATTACHED = ("#fff7e0", "#9a6700")
_SHARED = ("#eaf1fb", "#1f5fa8")


@dataclass(frozen=True, slots=True)
class _Box:
    """A box with a heading and lines below it."""

    key: str
    heading: str
    lines: tuple[str, ...]
    fill: str
    stroke: str
    dashed: bool = False

    @property
    def height(self) -> int:
        """In pixels, with the padding."""
        return _LINE * (1 + len(self.lines)) + 2 * _PADDING


def draw(incident: Incident) -> str:
    """The picture as SVG; all text in it is clean, defanged and escaped."""
    members = incident.members[:_MOST]
    left = [_member_box(label) for label in map(picture.member, members)]
    links = _ordered(incident.links[:_MOST], [member.domain for member in members])
    right = [_link_box(number, link) for number, link in enumerate(links)]
    height = _TOP + max(_stacked(left), _stacked(right)) + _FOOT
    tops_left = _tops(left, height)
    tops_right = _tops(right, height)
    middle = {box.key: tops_left[box.key] + box.height // 2 for box in left}
    parts = [
        *_frame(incident, height),
        *_lines(links, middle, right, tops_right),
        *(_drawn(box, _MARGIN, tops_left[box.key]) for box in left),
        *(_drawn(box, _RIGHT, tops_right[box.key]) for box in right),
        *_legend(incident, height),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _member_box(label: picture.Label) -> _Box:
    fill, stroke = _CORE if label.core else _ATTACHED
    return _Box(label.key, label.heading, label.lines, fill, stroke, dashed=not label.core)


def _link_box(number: int, link: Link) -> _Box:
    label = picture.link(link)
    return _Box(str(number), label.heading, label.lines, *_SHARED, dashed=link.strength < STRONG)


def _ordered(links: Sequence[Link], domains: Sequence[str]) -> list[Link]:
    """The links beside the domains that share them, so that few lines cross."""
    place = {domain: number for number, domain in enumerate(domains)}

    def middle(link: Link) -> float:
        places = [place[domain] for domain in link.domains if domain in place]
        return sum(places) / len(places) if places else len(place)

    return sorted(links, key=lambda link: (middle(link), -link.strength))


def _stacked(boxes: Sequence[_Box]) -> int:
    return sum(box.height + _GAP for box in boxes)


def _tops(boxes: Sequence[_Box], height: int) -> dict[str, int]:
    """Where each box begins; the shorter column stands in the middle."""
    at = _TOP + (height - _TOP - _FOOT - _stacked(boxes)) // 2
    found: dict[str, int] = {}
    for box in boxes:
        found[box.key] = at
        at += box.height + _GAP
    return found


def _frame(incident: Incident, height: int) -> Iterator[str]:
    name = _text(picture.title(incident))
    yield (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{_WIDTH}' height='{height}'"
        f" viewBox='0 0 {_WIDTH} {height}' role='img'>"
    )
    yield f"<title>{name}</title>"
    yield f"<rect width='{_WIDTH}' height='{height}' fill='#ffffff'/>"
    fitted = _text(_fitted(picture.title(incident), _WIDTH - 2 * _MARGIN, 9.4))
    yield f"<text x='{_MARGIN}' y='44' {_FONT} font-size='19' fill='{_INK}'>{fitted}</text>"


def _lines(
    links: Sequence[Link], middle: dict[str, int], boxes: Sequence[_Box], tops: dict[str, int]
) -> Iterator[str]:
    start, end = _MARGIN + _BOX, _RIGHT
    bend = (start + end) // 2
    for link, box in zip(links, boxes, strict=True):
        to = tops[box.key] + box.height // 2
        dashes = " stroke-dasharray='6 5'" if box.dashed else ""
        for domain in link.domains:
            if domain in middle:
                at = middle[domain]
                yield (
                    f"<path d='M{start} {at} C{bend} {at} {bend} {to} {end} {to}' fill='none'"
                    f" stroke='{box.stroke}' stroke-opacity='0.65'"
                    f" stroke-width='{1 + 4 * link.strength:.1f}'{dashes}/>"
                )


def _drawn(box: _Box, x: int, y: int) -> str:
    dashes = " stroke-dasharray='6 5'" if box.dashed else ""
    inner = _BOX - 2 * _PADDING
    size = f"x='{x}' y='{y}' width='{_BOX}' height='{box.height}'"
    look = f"rx='6' fill='{box.fill}' stroke='{box.stroke}' stroke-width='1.5'"
    heading = _fitted(box.heading, inner, _TITLE_LETTER)
    rows = [
        f"<rect {size} {look}{dashes}/>",
        _row(x, y + _PADDING + 14, heading, heading=True),
    ]
    rows += [
        _row(x, y + _PADDING + 14 + _LINE * number, _fitted(line, inner, _LETTER), heading=False)
        for number, line in enumerate(box.lines, 1)
    ]
    return "\n".join(rows)


def _row(x: int, y: int, text: str, *, heading: bool) -> str:
    look = f"font-size='14' font-weight='bold' fill='{_INK}'"
    small = f"font-size='12' fill='{_FAINT}'"
    look = look if heading else small
    return f"<text x='{x + _PADDING}' y='{y}' {_FONT} {look}>{_text(text)}</text>"


def _legend(incident: Incident, height: int) -> Iterator[str]:
    kinds = [(_CORE, False, words.PICTURE_CORE), (_SHARED, False, words.PICTURE_SHARED)]
    if incident.attached:
        kinds.insert(1, (_ATTACHED, True, words.PICTURE_ATTACHED))
    x, y = _MARGIN, height - _FOOT + 24
    for (fill, stroke), dashed, said in kinds:
        dashes = " stroke-dasharray='3 2'" if dashed else ""
        look = f"fill='{fill}' stroke='{stroke}'{dashes}"
        yield f"<rect x='{x}' y='{y}' width='16' height='12' {look}/>"
        yield _row(x + 14, y + 11, said, heading=False)
        x += 48 + int(len(said) * _LETTER)
    part = picture.part(incident, _MOST)
    for number, said in enumerate(filter(None, (words.PICTURE_CAPTION, part))):
        yield _row(_MARGIN - _PADDING, y + 34 + number * _LINE, said, heading=False)


def _fitted(text: str, width: float, letter: float) -> str:
    """As much of the text as the width holds; letters of East Asia are twice as wide."""
    room = width / letter
    for number, char in enumerate(text):
        room -= 2 if east_asian_width(char) in "WF" else 1
        if room < 1 and number + 1 < len(text):
            return text[:number] + "…"
    return text


def _text(text: str) -> str:
    return escape(text, quote=True)
