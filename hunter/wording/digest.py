"""Several notices in one message: the gravest by pattern, and the whole list as a file."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from hunter.model import LINKED, Level
from hunter.notice import Attachment, Gist, Group, Notice
from hunter.wording.as_data import live
from hunter.wording.catalogue import speaking, spoken, words
from hunter.wording.cells import cell
from hunter.wording.frame import brands_of
from hunter.wording.sentences import listed, of, technique_in_words

KIND = "digest"
_SHOWN = 40
_SHOWN_OF_ONE = 12
_SMALL_FILE = 500_000
"""Bytes; the list of some thousand notices is smaller."""
_COLUMNS = ("at", "severity", "kind", "brand", "domain", "technique", "news", "key")


@dataclass
class _Tally:
    """What is counted while the notices pass by, one by one."""

    begun: datetime
    """When the first of them came about."""
    count: int = 0
    worst: Level = Level.INFORMATIONAL
    levels: Counter[Level] = field(default_factory=Counter)
    brands: dict[str, None] = field(default_factory=dict)
    domains: set[str] = field(default_factory=set)
    patterns: Counter[tuple[str, str]] = field(default_factory=Counter)
    gravest: dict[tuple[str, str], Level] = field(default_factory=dict)
    shown: dict[tuple[str, str], list[Gist]] = field(default_factory=dict)
    room: int = _SHOWN

    def add(self, gist: Gist) -> None:
        """One notice more."""
        pattern = (gist.brand, gist.pattern)
        self.begun = min(self.begun, gist.at)
        self.count += 1
        self.worst = max(self.worst, gist.severity)
        self.levels[gist.severity] += 1
        self.brands[gist.brand] = None
        self.domains.add(gist.domain)
        self.patterns[pattern] += 1
        self.gravest[pattern] = max(self.gravest.get(pattern, gist.severity), gist.severity)
        shown = self.shown.setdefault(pattern, [])
        # Of each at least one: a flood of some must not hide the name of another.
        if not shown or (self.room > 0 and len(shown) < _SHOWN_OF_ONE):
            shown.append(gist)
            self.room -= 1


def digest(
    key: str,
    gists: Iterable[Gist],
    why: str,
    at: datetime,
    language: str = "en",
    *,
    with_list: bool = True,
) -> Notice:
    """One notice that stands for many, which come the gravest first.

    They pass by one by one, so that any number of them needs little memory. `with_list` attaches
    a CSV (RFC 4180) with a line for each; otherwise it says where else the list is.
    """
    tally = _Tally(begun=at)
    lines = io.StringIO()
    writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for gist in gists:
        tally.add(gist)
        if with_list:
            writer.writerow(_line(gist))
    content = lines.getvalue().encode("utf-8-sig", "replace")
    name = f"hunter-{at:%Y%m%dT%H%M%SZ}-list.csv"
    file = Attachment(name, "text/csv; charset=utf-8", content) if with_list else None
    with speaking(language):
        return _notice(key, tally, why, at, file)


def last_today(limit: int, language: str) -> str:
    """That this is the last message that the daily limit allows."""
    with speaking(language):
        return words.LAST_TODAY.format(limit=limit)


def gravest_alone(count: int, language: str) -> str:
    """That the files hold the first of what the message stands for, and no more."""
    with speaking(language):
        return words.GRAVEST_ALONE.format(count=count)


def not_made(files: Sequence[str], language: str) -> str:
    """That these were asked for and could not be made."""
    with speaking(language):
        return words.NOT_MADE.format(files=", ".join(files))


def lighter(notice: Notice) -> Iterator[Notice]:
    """The notice, then what to try where it is too large: without large files, without files."""
    yield notice
    for most in (_SMALL_FILE, 0) if notice.attachments else ():
        kept = tuple(one for one in notice.attachments if len(one.content) <= most)
        if kept != notice.attachments:
            yield replace(notice, attachments=kept, remark=_without(notice, kept))


def _without(notice: Notice, kept: Collection[Attachment]) -> str:
    left = ", ".join(one.name for one in notice.attachments if one not in kept)
    with speaking(notice.language):
        return f"{notice.remark} {words.TOO_LARGE.format(files=left)}".strip()


def _line(gist: Gist) -> Iterator[str]:
    brand, domain = live(gist.brand), live(gist.domain)
    at = gist.at.isoformat()
    news = " ".join(gist.news)
    for value in (at, gist.severity, gist.kind, brand, domain, gist.pattern, news, gist.key):
        yield cell(value)


def _notice(key: str, tally: _Tally, why: str, at: datetime, file: Attachment | None) -> Notice:
    one_brand = next(iter(tally.brands)) if len(tally.brands) == 1 else ""
    levels = [
        words.DIGEST_LEVELS.format(count=tally.levels[level], level=words.LEVELS[level])
        for level in sorted(tally.levels, reverse=True)
    ]
    return Notice(
        key=key,
        thread=key,
        kind=KIND,
        severity=tally.worst,
        brand=one_brand,
        domain="",
        subject=words.DIGEST_SUBJECT.format(
            level=words.LEVELS[tally.worst].upper(),
            notices=_notices(tally),
            of_brand=of(brands_of(one_brand)),
        ),
        headline=words.DIGEST_HEADLINE.format(
            notices=_notices(tally),
            domains=_count_of(tally.domains),
            why=_why(tally, why),
        ),
        name_parts=("", "", ""),
        news=(listed(levels) + ".", _where_the_list_is(tally, file)),
        findings=(),
        facts=(),
        unknowns=(),
        next_steps=words.DIGEST_STEPS,
        caveat="",
        at=at,
        language=spoken(),
        groups=tuple(_groups(tally)),
        attachments=(file,) if file else (),
    )


def _notices(tally: _Tally) -> str:
    sentence = words.DIGEST_NOTICE if tally.count == 1 else words.DIGEST_NOTICES
    return sentence.format(count=tally.count)


def _why(tally: _Tally, why: str) -> str:
    reasons = words.DIGEST_WHY_ONE if tally.count == 1 else words.DIGEST_WHY
    return reasons.get(why, reasons[KIND])


def _count_of(domains: Collection[str]) -> str:
    sentence = words.DIGEST_DOMAIN_ONE if len(domains) == 1 else words.DIGEST_DOMAIN_MANY
    return sentence.format(count=len(domains))


def _where_the_list_is(tally: _Tally, file: Attachment | None) -> str:
    if file:
        return words.DIGEST_LIST
    return words.DIGEST_NO_LIST.format(since=f"{tally.begun:%Y-%m-%d}")


def _groups(tally: _Tally) -> Iterator[Group]:
    """The gravest pattern first, of those the brands by turns, and of each the largest.

    Whoever floods one brand must not push another's behind what is shown.
    """
    counts = tally.patterns.most_common()
    places: Counter[tuple[str, Level]] = Counter()
    turns: dict[tuple[str, str], int] = {}
    for one, _ in counts:
        place = (one[0], tally.gravest[one])
        turns[one] = places[place]
        places[place] += 1
    counts.sort(key=lambda one: (-tally.gravest[one[0]], turns[one[0]]))
    for (brand, pattern), count in counts:
        shown = tally.shown[brand, pattern]
        sentence = words.DIGEST_GROUP_LINKED if pattern in (LINKED, "") else words.DIGEST_GROUP
        title = sentence.format(
            pattern=technique_in_words(pattern), of_brand=of(brands_of(brand)), count=count
        )
        yield Group(title, tuple(shown), count - len(shown))
