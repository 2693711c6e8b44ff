"""What a find is called, and the sentence that says how it imitates.

Names are dnstwist's fuzzer names where it has one, joined by `+` where several techniques meet.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hunter.matching.changes import differences, edit_words, edits_of, edits_told, is_transposed
from hunter.matching.edits import edit_name
from hunter.matching.glyphs import passes_for
from hunter.matching.places import Find
from hunter.matching.sounds import is_said_as
from hunter.matching.terms import BETWEEN, DOMAIN, Term, writings_of
from hunter.matching.views import SEPARATORS, Reading, fold, glue, is_foreign, separates, shown
from hunter.names import to_unicode
from hunter.spellings import Spelling, every

_NO_SLIPS = frozenset(("typo", "bitsquatting", "substitution"))
_RESPLIT = "hyphenation"
_IN_A_HOST = "subdomain"
_TWO_EDITS = 2
_MOST_LETTERS = 3
"""Letters that are named in one sentence."""


class Told(NamedTuple):
    """A find in words."""

    technique: str
    """From the letters outwards: `typo+combosquatting`."""
    reason: str
    """One sentence for a person, without its full stop: what stands for what, and where."""
    view: str
    """The first view in which the term, or what is near it, shows: raw, glue, fold or skeleton."""
    span: tuple[int, int]
    """Where it stands in the name as written."""


def tell(reading: Reading, find: Find) -> Told:
    """How the name imitates the term."""
    first, last = _extent(reading, find)
    span = reading.span(first, last)
    seen, term = reading.written[slice(*span)], find.term
    part, labels = shown(reading, first, last) if reading.places else (seen, "")
    decoded = not labels.isascii()
    if decoded and not (part.isascii() and part not in writings_of(term.brand)):
        inner, why = _tell_decoded(find, seen, part, labels)
        view = "skeleton"
    else:
        inner, why, view = _tell_letters(_letters(reading, find, part))
        why = f"`{seen}` shows as `{labels}`: {why}" if decoded and _is_a_label(seen) else why
    lengthened = _lengthened(reading, find)
    outer, where = _outer(reading, find, (first, last), lengthened)
    if lengthened and inner in ("", _RESPLIT):
        inner = lengthened
        why = why if decoded else _one_more(reading, term, span)
    if inner == _RESPLIT and find.end > reading.label and outer == _IN_A_HOST:
        inner = "" if _hyphens(seen) == _hyphens(term.written) else inner
    technique = f"{inner}+{outer}" if inner and outer else inner or outer or _plainly(term, decoded)
    return Told(technique, why + where, view, span)


def _extent(reading: Reading, find: Find) -> tuple[int, int]:
    """Where it stands; of words that stand apart, from the first of them to the last."""
    if find.term.twist != BETWEEN:
        return find.start, find.end
    bounds = zip(reading.cuts, reading.cuts[1 : reading.stem + 1], strict=False)
    words = [cut for cut in bounds if reading.folded[slice(*cut)] in find.term.tokens]
    return words[0][0], words[-1][1]


def _letters(reading: Reading, find: Find, part: str) -> tuple[str, str, str, str, str, int]:
    text, term = reading.plain[find.start : find.end], find.term
    return text, part, term.written, term.plain, term.twist, find.distance


class _Letters(NamedTuple):
    """All that the inner part of a description depends on."""

    text: str
    """What stands in the name, in plain letters."""
    seen: str
    """The same as written."""
    written: str
    """The term as the brand writes it, ..."""
    plain: str
    """... and in plain letters."""
    twist: str
    distance: int

    @property
    def is_verbatim(self) -> bool:
        return self.twist == BETWEEN or self.text == self.plain

    @property
    def edits(self) -> int:
        """As a reader counts them: `i` and `l` are two letters."""
        return OSA.distance(self.text, self.plain)

    @property
    def is_transposed(self) -> bool:
        """Whether two letters changed places, though they pass for each other: `malijet`."""
        return self.distance < _TWO_EDITS and is_transposed(self.text, self.plain)

    @property
    def passes(self) -> bool:
        """Whether it differs by several edits, which are one glyph: `li` for `h`."""
        return self.distance > 1 and passes_for(fold(self.text), fold(self.plain))

    @property
    def shows_its_spelling(self) -> bool:
        """Whether a glyph is left of it, where that is the spelling: not so in `discoril`."""
        if not self.distance or not self.spelling or self.spelling.REASON:
            return True
        changes = differences(self.text, self.plain)
        return any(passes_for(fold(new), fold(old)) for old, new in changes)

    @property
    def spelling(self) -> Spelling | None:
        return every().get(self.twist)


@lru_cache(maxsize=32768)
def _tell_letters(known: tuple[str, str, str, str, str, int]) -> tuple[str, str, str]:
    """What was done to the letters of the term itself: technique, reason and view.

    By a plain tuple, for one is made for each find.
    """
    letters = _Letters(*known)
    return _inner(letters), _inner_reason(letters), _view(letters)


def _inner(letters: _Letters) -> str:
    if letters.spelling and letters.shows_its_spelling:
        return letters.spelling.TECHNIQUE
    if letters.is_transposed:
        return "transposition"
    if letters.passes or not (letters.distance or letters.is_verbatim):
        return "homoglyph"
    if letters.distance:
        return _name_of_edits(letters)
    return _RESPLIT if letters.twist != BETWEEN and _is_resplit(letters) else ""


def _lengthened(reading: Reading, find: Find) -> str:
    """The name of the one character more, when the whole registrable label is the term and that."""
    term = find.term.plain
    if find.start < reading.label or reading.head - reading.label != len(term) + 1:
        return ""
    label = reading.plain[reading.label : reading.head]
    return edit_name(label, term) if term in label else ""


def _one_more(reading: Reading, term: Term, span: tuple[int, int]) -> str:
    """What the whole label is, given where the term stands in the name as written."""
    begin, end = reading.span(reading.label, reading.head)
    seen = reading.written[slice(*span)]
    more = (reading.written[begin : span[0]] + reading.written[span[1] : end]).lower()
    # Of a name in raw Unicode nothing is known but where it stands as a whole.
    spelt = f" written `{seen}`" if more and seen.lower() != term.written else ""
    more = more or reading.plain[reading.label : reading.head].replace(term.plain, "", 1)
    char = more.strip("-_")
    hyphen = ", a hyphen" if char != more else ""
    return f"the name is {term.written}{spelt}{hyphen} and one character more, `{char}`"


def _plainly(term: Term, decoded: bool) -> str:
    """What a domain is that is the term and nothing else, under the brand's own ending.

    Hyphens stand at its ends, or an accent is missing: `citroen`.
    """
    if not term.is_own_label:
        return "keyword"
    return _RESPLIT if term.written.isascii() or decoded else "homoglyph"


def _outer(
    reading: Reading, find: Find, extent: tuple[int, int], lengthened: str
) -> tuple[str, str]:
    """What was put around it, given where it stands, and the end of the sentence that says so."""
    first, last = extent
    if last <= reading.label:
        where = f", under the domain {reading.registrable}"
        return "embedding" if find.left and find.right else _IN_A_HOST, where
    if first < reading.label:
        outer = "combosquatting" if find.term.twist == DOMAIN else _IN_A_HOST
        return outer, f", on the domain {reading.registrable}"
    whole = find.start == reading.label and find.end == reading.head
    free = find.left or find.right
    alone = whole or bool(lengthened)
    amid = "" if free else ", amid other letters"
    where = f", under .{to_unicode(reading.suffix)}" if alone else amid
    if find.end > reading.head:
        return _IN_A_HOST, where
    if alone and reading.suffix == find.term.suffix:
        return "", where
    if alone:
        return "tld-swap", f"{where} instead of .{to_unicode(find.term.suffix)}"
    return "combosquatting" if free else "keyword", where


def _is_a_label(seen: str) -> bool:
    return "xn--" in seen.lower()


def _is_resplit(letters: _Letters) -> bool:
    """Whether hyphens or dots within it stand elsewhere than in the brand's own writing."""
    seen, written = letters.seen.lower(), letters.written
    if seen == written:
        return False
    if letters.distance or letters.twist or len(seen) != len(written):
        return _separators(seen) != _separators(written)
    pairs = zip(seen, written, strict=True)
    return any(one != other and SEPARATORS.intersection((one, other)) for one, other in pairs)


def _separators(text: str) -> str:
    return "".join(char for char in text if char in SEPARATORS)


def _hyphens(text: str) -> list[int]:
    """Behind how many letters each hyphen stands."""
    return [len(glue(text[:at])) for at, char in enumerate(text) if char == "-"]


def _name_of_edits(letters: _Letters) -> str:
    """One edit that leaves the sound and is no slip of the hand was made for it: `makron`."""
    name = edit_name(letters.text, letters.plain) if letters.edits == 1 else "typo"
    sounds = name in _NO_SLIPS and is_said_as(letters.text, letters.plain)
    return "soundalike" if sounds else name


def _inner_reason(letters: _Letters) -> str:
    seen, written = letters.seen, letters.written
    if letters.spelling and letters.spelling.REASON and not letters.distance:
        return letters.spelling.REASON.format(seen=seen, written=written)
    if letters.twist == BETWEEN:
        return f"the words of {written} stand apart in the name"
    changes = differences(letters.text, letters.plain)
    if letters.is_transposed or (letters.distance and not letters.passes):
        edits = ", ".join(edit_words(old, new) for old, new in changes)
        count = sum(edits_of(old, new) for old, new in changes)
        return f"`{seen}` is {edits_told(count)} from {written} ({edits})"
    if changes:
        told = dict.fromkeys(f"`{new}` stands for `{old}`" for old, new in changes)
        return ", ".join(told) + f" in {seen}"
    spelt = f" written `{seen}`" if seen.lower() != written else ""
    return f"the name holds {written}{spelt}"


def _tell_decoded(find: Find, seen: str, part: str, labels: str) -> tuple[str, str]:
    """What an A-label shows as, and which part of that the term is read in."""
    written = find.term.written
    if part in writings_of(find.term.brand):
        return "", _tell_own_writing(seen, part, labels)
    if find.term.letters:
        return _tell_spelt(find.term, seen, part, labels)
    reads = f"reads as {written}" if not find.distance else f"is nearly {written}"
    if find.term.twist == BETWEEN:
        reads = f"holds the words of {written}, apart"
    foreign = (char for char in part if not char.isascii())
    reads += _with_letters(char for char in foreign if char.isalpha() or separates(char))
    if not _is_a_label(seen):
        return "homograph", f"`{part}` {reads}"
    where = "which" if part == labels else f"where `{part}`"
    return "homograph", f"`{seen}` shows as `{labels}`, {where} {reads}"


def _tell_own_writing(seen: str, part: str, labels: str) -> str:
    letters = _with_letters(filter(is_foreign, labels))
    if part != labels and _is_a_label(seen):
        return f"`{seen}` shows as `{labels}`{letters}, which holds {part}"
    return f"`{labels}`{letters} holds {part}" if letters else f"the name holds {part}"


def _tell_spelt(term: Term, seen: str, part: str, labels: str) -> tuple[str, str]:
    """In letters of another alphabet that are meant as these."""
    spelling = every()[term.twist]
    reason = spelling.REASON.format(seen=part, written=term.written)
    decoded = _is_a_label(seen)
    return spelling.TECHNIQUE, f"`{seen}` shows as `{labels}`: {reason}" if decoded else reason


def _name_of(char: str) -> str:
    """A stroke is told by what it passes for: `CJK UNIFIED IDEOGRAPH-4E00` tells people nothing."""
    return f"{char} for a hyphen" if separates(char) else unicodedata.name(char, "").capitalize()


def _with_letters(letters: Iterable[str]) -> str:
    """Letters that are not ours by their names, for they look like ours."""
    told = [_name_of(char) for char in dict.fromkeys(letters)][:_MOST_LETTERS]
    return f" (with {', '.join(told)})" if told else ""


def _view(letters: _Letters) -> str:
    if letters.spelling:
        return letters.spelling.VIEW
    if not (letters.distance or letters.is_verbatim):
        return "fold"
    return "glue" if _is_resplit(letters) else "raw"
