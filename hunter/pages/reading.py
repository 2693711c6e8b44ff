"""What a web page shows and asks for: title, forms, where it sends on. Read, never executed.

Source: the HTML standard, as far as Python's html.parser knows it, and as browsers do where its
older versions differ: else five bytes, `<!-->`, hid the rest of a page from hunter. The parser is
fed in pieces and never told that the page ends, for only then do unclosed tags cost it quadratic
time.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from time import monotonic

_PIECE = 8192
_SECONDS = 2.0
_MAX_TEXT = 500_000
_MAX_OUTLINE = 65_536
_MAX_FORMS = 20
_LONGEST_URL = 2000
_FRAMES = ("frame", "iframe")
_SILENT = ("script", "style", "noscript", "iframe", "noembed", "noframes")
_RAW = frozenset((
    "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "script", "style",
))  # fmt: skip
"""In which no element is met, and no comment begins, unless they stand in a drawing."""
_DRAWINGS = {
    "svg": ("foreignobject", "desc", "title"),
    "math": ("mi", "mo", "mn", "ms", "mtext"),
}
"""Drawings, and in which of their elements there are those of a page again."""
_AROUND = {
    "": (*_DRAWINGS, "template"),
    **{one: (*_DRAWINGS, *_DRAWINGS[one]) for one in _DRAWINGS},
}
"""What is kept in mind as being around all that follows: in a page, and in a drawing."""
_SHADOW = "shadow root"
"""What a template is that is shown in place of what it stands in."""
_SHADOW_MODES = ("open", "closed")
_NEVER_DRAWN = frozenset((
    *("b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em"),
    *("embed", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing"),
    *("menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike"),
    *("sub", "sup", "table", "tt", "u", "ul", "var"),
))  # fmt: skip
"""Elements with which an unclosed drawing ends."""
_DEEPEST = 100
_COMMENT_ENDS = re.compile(r"--!?>")
_COMMENT_ENDS_AT_ONCE = re.compile(r"-?>")
_END_TAG = re.compile(
    r"""
    ([a-z][^\t\n\f\r />]*)[\t\n\f\r /]*
    (?:(?<=['"\t\n\f\r /])[^\t\n\f\r />][^\t\n\f\r /=>]*
    (?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:'[^']*'|"[^"]*"|(?!['"])[^>\t\n\f\r ]*))?
    [\t\n\f\r /]*)*(>?)
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
"""Its name, and its end; in what stands between there may be `>` in quotes."""
_REFRESH = re.compile(
    r"""
    \s*(?:([0-9]++)|(?=\.))[0-9.]*+
    (?:\Z|(?=[\s;,])\s*+[;,]?\s*(?:url\s*=\s*)?(?:'([^']*)|"([^"]*)|(.*)))
    """,
    re.ASCII | re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
"""After how many seconds, and to where: the standard's shared declarative refresh steps."""
_SUITABLE = ("", "all", "screen")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
_ENCODINGS = frozenset((
    "utf-8", "utf-16", "utf-16le", "utf-16be",
    "iso-8859-1", "iso-8859-15", "windows-1252", "windows-1251", "koi8-r",
    "shift_jis", "euc-jp", "euc-kr", "gb2312", "gbk", "gb18030", "big5",
))  # fmt: skip

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16le",
    codecs.BOM_UTF16_BE: "utf-16be",
}


@dataclass(frozen=True, slots=True)
class Refresh:
    """That visitors are sent on to `target` by themselves, or where that is empty, to the same."""

    seconds: int
    target: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a visitor would meet it. URLs are as written there, not yet joined or cleaned."""

    title: str = ""
    password: bool = False
    """Whether it has a field for a password."""
    targets: tuple[str, ...] = ()
    """Where its forms and their buttons send what is typed; empty for one that sends to the page
    itself."""
    icon: str = ""
    refresh: Refresh | None = None
    """Whether it sends the visitor on."""
    outline: bytes = b""
    """Its elements and words in order, without what changes from visit to visit."""
    base: str = ""
    """What its links are relative to, where that is not its own address."""
    whole: bool = True
    """Whether it was read to its end: else, what was not met may be there all the same."""
    all_targets: bool = True
    """Whether its forms send to no further places than these."""
    framed: bool = False
    """Whether it shows other pages within it."""


def read(body: bytes, content_type: str = "") -> Page:
    """The page in the bytes; whatever they are, nothing is raised and no time is lost."""
    reader = _Reader()
    text = _decoded(body, content_type)
    text_read, give_up = 0, monotonic() + _SECONDS
    for start in range(0, min(len(text), _MAX_TEXT), _PIECE):
        if monotonic() > give_up:
            break
        reader.feed(text[start : start + _PIECE])
        text_read = start + _PIECE
    reader.feed("<p>")
    return reader.page(whole=text_read >= len(text))


def sent_on(refresh: str) -> Refresh | None:
    """Where a visitor is sent by a header of that name, or by what the page has in its place."""
    found = _REFRESH.match(refresh[:_LONGEST_URL])
    if found is None:
        return None
    return Refresh(int(found[1] or 0), (found[2] or found[3] or found[4] or "").strip())


def _decoded(body: bytes, content_type: str) -> str:
    """As a browser does it: by its first bytes, by the header, by what the page says of itself.

    Else people could be shown what hunter cannot read. A page that says UTF-16 in ASCII is UTF-8.
    """
    mark = next((name for first, name in _MARKS.items() if body.startswith(first)), "")
    declared = _named(_CHARSET.search(content_type.encode("latin-1", "replace")))
    within = _named(_CHARSET.search(body, 0, 2048)).partition("utf-16")[0]
    name = mark or declared or within
    return body.decode(name if name in _ENCODINGS else "utf-8", "replace")


def _named(found: re.Match[bytes] | None) -> str:
    return found[1].decode("ascii", "replace").lower() if found else ""


def _is_shadow(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """Of an attribute that is given twice the first counts."""
    mode = next((value for name, value in attrs if name == "shadowrootmode"), "") or ""
    return tag == "template" and mode.lower() in _SHADOW_MODES


class _Reader(HTMLParser):
    """Collects as the parser goes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._targets: dict[str, None] = {}
        self._outline: list[str] = []
        self._size = 0
        self._inside = ""
        self._around: list[str] = []
        """Drawings, what holds pages in them, templates and shadow roots around what is met."""
        self._password = self._framed = self._raw = False
        self._all_targets = True
        self._title = self._icon = self._base = ""
        self._refresh: Refresh | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NEVER_DRAWN:
            self._leave_drawing()
        drawing = self._around[-1] if self._is_drawn() else ""
        self._meet(tag, attrs)
        self._raw = tag in _RAW and not drawing
        if self._raw:
            self.set_cdata_mode(tag)
        elif tag in _AROUND.get(drawing, ()) and len(self._around) < _DEEPEST:
            self._around.append(_SHADOW if _is_shadow(tag, attrs) else tag)

    def _meet(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in reversed(attrs)}
        self._note(f"<{tag}>")
        if tag in ("button", "input") and "formaction" in given:
            self._see_target(given["formaction"])
        if tag in _FRAMES and not self._is_drawn():
            self._framed = self._framed or bool(given.get("src") or given.get("srcdoc"))
        if tag in (*_SILENT, "title"):
            self._inside = tag
        elif tag == "input":
            self._password = self._password or given.get("type", "").strip().lower() == "password"
        elif tag == "form":
            self._see_target(given.get("action", ""))
        elif not self._is_apart():
            self._meet_of_head(tag, given)

    def _meet_of_head(self, tag: str, given: Mapping[str, str]) -> None:
        """What counts for the whole page; what a template or shadow root holds does so for none.

        A form in one may be put into the page by a script, and is met.
        """
        if tag == "base":
            self._base = self._base or given.get("href", "")[:_LONGEST_URL].strip()
        elif tag == "link":
            self._see_link(given)
        elif tag == "meta":
            self._see_meta(given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # `<script/>` opens a script all the same, unless it stands in a drawing.
        if tag in _NEVER_DRAWN:
            self._leave_drawing()
        if not (self._is_drawn() or tag in _DRAWINGS):
            self.handle_starttag(tag, attrs)
            return
        inside = self._inside
        self._meet(tag, attrs)
        self._inside = inside

    def handle_endtag(self, tag: str) -> None:
        if tag in ("br", "p"):
            self._leave_drawing()
        if tag == self._inside:
            self._inside = ""
        ended = ("template", _SHADOW) if tag == "template" else (tag,)
        if any(one in ended for one in self._around):
            while self._around.pop() not in ended:
                pass
            self._inside = ""

    def _is_drawn(self) -> bool:
        return bool(self._around) and self._around[-1] in _DRAWINGS

    def _is_apart(self) -> bool:
        return "template" in self._around or _SHADOW in self._around

    def _leave_drawing(self) -> None:
        while self._is_drawn():
            self._around.pop()
            self._inside = ""

    def handle_data(self, data: str) -> None:
        data = unescape(data) if self.cdata_elem in ("title", "textarea") else data
        if "template" in self._around:
            return
        if self._inside == "title" and len(self._title) < _LONGEST_URL and not self._is_apart():
            self._title += data
        if self._inside not in _SILENT:
            self._note(" ".join(data.lower().split()))

    def set_cdata_mode(self, elem: str, **_how: bool) -> None:
        # The parser asks for it of its own, whatever the element stands in.
        if self._raw:
            super().set_cdata_mode(elem)
            end = rf"</{elem}(?=[\t\n\f\r />])"
            self.interesting = re.compile(end, re.ASCII | re.IGNORECASE)

    def parse_endtag(self, i: int) -> int:
        found = _END_TAG.match(self.rawdata, i + len("</"))
        if found is None:
            return super().parse_endtag(i) if self.rawdata.find(">", i) > 0 else -1
        if not found[2]:
            return -1
        if self.cdata_elem is not None:  # no other end tag is interesting there
            self.clear_cdata_mode()
        self.handle_endtag(found[1].lower())
        return found.end()

    def parse_comment(self, i: int, report: bool = True) -> int:  # noqa: ARG002
        start = i + len("<!--")
        ends = _COMMENT_ENDS_AT_ONCE.match(self.rawdata, start)
        ends = ends or _COMMENT_ENDS.search(self.rawdata, start)
        return ends.end() if ends else -1

    def parse_html_declaration(self, i: int) -> int:
        if self._is_drawn() and self.rawdata.startswith("<![CDATA[", i):
            end = self.rawdata.find("]]>", i)
            return end if end < 0 else end + len("]]>")
        # Some versions raise AssertionError for `<![`, which HTML takes for a comment.
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def _see_target(self, target: str) -> None:
        where = target[:_LONGEST_URL].strip()
        if where in self._targets or len(self._targets) < _MAX_FORMS:
            self._targets[where] = None
        else:
            self._all_targets = False

    def _see_link(self, given: Mapping[str, str]) -> None:
        """Of icons that suit alike the last is shown, says the standard."""
        where = given.get("href", "").strip()
        suits = given.get("media", "").strip().lower() in _SUITABLE
        if "icon" in given.get("rel", "").lower().split() and where and (suits or not self._icon):
            self._icon = where

    def _see_meta(self, given: Mapping[str, str]) -> None:
        if given.get("http-equiv", "").lower() == "refresh":
            self._refresh = self._refresh or sent_on(given.get("content", ""))

    def _note(self, text: str) -> None:
        if text and self._size < _MAX_OUTLINE:
            self._outline.append(text)
            self._size += len(text) + 1

    def page(self, *, whole: bool) -> Page:
        """What was met so far, without the `<p>` that flushed the parser."""
        outline = "\n".join(self._outline[:-1]).encode("utf-8", "replace")
        return Page(
            self._title[:_LONGEST_URL],
            self._password,
            tuple(self._targets),
            self._icon,
            self._refresh,
            outline[:_MAX_OUTLINE],
            self._base,
            whole,
            self._all_targets,
            self._framed,
        )
