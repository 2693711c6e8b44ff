"""The engine against a brute-force oracle that defines what must be found."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.matching import compile_matcher
from hunter.matching.affixes import class_after, class_before
from hunter.matching.block import EDGE, make_block
from hunter.matching.distance import distances, maybe_near
from hunter.matching.engine import search
from hunter.matching.finds import edited_finds, every_find, exact_finds
from hunter.matching.glyphs import disguises
from hunter.matching.index import build
from hunter.matching.pieces import one_edit_away
from hunter.matching.segmentation import spelling
from hunter.matching.sounds import sounds_like
from hunter.matching.terms import Term, terms_of
from hunter.matching.views import DOT, Reading, fold, read
from hunter.matching.words import as_token, coined, frequencies, targets
from hunter.model import Brand

BRANDS = (
    Brand("en-marche.fr", ("marche",)),
    Brand("opensea.io"),
    Brand("trustwallet.com", ("trust-wallet",)),
    Brand("credit-agricole.fr"),
    Brand("docomo.ne.jp"),
    Brand("dhl.com"),
    Brand("hm.com"),
    Brand("ebay.com"),
    Brand("zenni.com"),
    Brand("boehringer-ingelheim.com"),
    Brand("lloyds.com", ("lloydsbank",)),
)
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-."
TERMS = [term for brand in BRANDS for term in terms_of(brand)]
SHORT = [
    term
    for domain in (
        "sun.com",
        "line.me",
        "sfr.fr",
        "dhl.com",
        "hsbc.com",
        "hm.com",
        "we.org",
        "h-m.fr",
    )
    for term in terms_of(Brand(domain))
    if not term.twist
]
"""Terms of two to four letters: words, and names."""


def osa(text: str, term: str) -> int:
    """Optimal string alignment by the book: the full matrix."""
    rows = [
        [row + column if not row * column else 0 for column in range(len(term) + 1)]
        for row in range(len(text) + 1)
    ]
    for row in range(1, len(text) + 1):
        for column in range(1, len(term) + 1):
            cost = text[row - 1] != term[column - 1]
            rows[row][column] = min(
                rows[row - 1][column] + 1,
                rows[row][column - 1] + 1,
                rows[row - 1][column - 1] + cost,
            )
            if (
                row > 1
                and column > 1
                and text[row - 2 : row] == term[column - 1] + term[column - 2]
            ):
                rows[row][column] = min(rows[row][column], rows[row - 2][column - 2] + 1)
    return rows[-1][-1]


def must_be_found(reading: Reading, term: Term) -> bool:
    """The definition of a find with edits, written out over every substring: no tables."""
    text, sought = reading.folded[: reading.head], term.sought
    label = reading.folded[reading.label : reading.head]
    if not term.twist and label in disguises(sought):
        return True
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + len(sought) + 3) + 1):
            distance = osa(text[start:end], sought)
            if 0 < distance <= _bearable(reading, term, (start, end)) and (
                not term.twist or distance < osa(text[start:end], fold(term.plain))
            ):
                whole = (start, end) == (reading.label, reading.head)
                if distance == 1 and whole:
                    return True
                if not _is_ordinary(reading, term, (start, end), distance):
                    return True
    return _has_its_consonants(reading, term) or _ends_with_the_name(reading, term)


def _ends_with_the_name(reading: Reading, term: Term) -> bool:
    """All letters of a term but the last, up to the name's end; no word is before its suffix."""
    name, size = reading.folded, len(term.sought) - 1
    start, inside = len(name) - size, reading.head - len(name) + size
    if term.twist or size < 7 or not size / 2 < inside < size or start not in reading.edges:
        return False
    word = frequencies().get(reading.plain[start : reading.head], 0) >= 3.5
    return name[start:] == term.sought[:-1] and not word


def _has_its_consonants(reading: Reading, term: Term) -> bool:
    """A label that is no word, with other vowels, and whose consonants are the term's."""
    label = reading.plain[reading.label : reading.head]
    here, there = (
        "".join(char for char, _ in groupby(char for char in text if char not in "aeiouy"))
        for text in (label, term.plain)
    )
    if term.twist or here != there or len(there) < 4:
        return False
    distance = osa(reading.folded[reading.label : reading.head], term.sought)
    kept = label[0] in (term.plain[0], here[0])
    return kept and 0 < distance <= 3 and frequencies().get(label, 0) < 3


def _begins_in_another_label(reading: Reading, span: tuple[int, int]) -> bool:
    """From inside a word of one label on into the next."""
    start, end = span
    dots = [at for at, edge in reading.edges.items() if edge == DOT]
    return start not in reading.edges and any(start < dot < end for dot in dots)


def _bearable(reading: Reading, term: Term, span: tuple[int, int]) -> int:
    sought, text = term.sought, reading.folded[slice(*span)]
    size = len(sought)
    free = sum(at in reading.edges for at in span)
    if size <= 4:
        return int(span == (reading.label, reading.head) and reading.suffix == "com")
    if size == 5:
        return int(free == 2 or _is_kept_beside_lures(reading, term, span))
    if size < 12:
        head = 3 if size == 6 else 2
        kept = text[:head] == sought[:head] or text[-3:] == sought[-3:]
        amid = _is_name(term) and _has_lures_around(reading, span)
        return 2 if free == 2 and kept else int(free > 0 or size >= 8 or amid)
    head_kept, tail_kept = text[:4] == sought[:4], text[-4:] == sought[-4:]
    if free == 2:
        return 3 if head_kept or tail_kept else 1
    at_start = span[0] in reading.edges
    return 2 if free and (head_kept if at_start else tail_kept) else 1


def _is_ordinary(reading: Reading, term: Term, span: tuple[int, int], distance: int) -> bool:
    """A word of its own, part of a longer one, or two edits in a short term beside other words."""
    start, end = span
    text, term_text = reading.plain[start:end], term.plain
    if _begins_in_another_label(reading, span):
        return True
    free = sum(at in reading.edges for at in span)
    if distance > 1 and len(term.sought) < 8:
        ending = reading.plain[end:].startswith(term.suffix.replace(".", ""))
        if reading.edges.get(start) != DOT or not (reading.edges.get(end) == DOT or ending):
            return True
    if any(start < edge < end for edge in reading.edges):
        return False
    cut = text in (term_text[1:], term_text[:-1])
    if (
        frequencies().get(text, 0) >= 3.5
        and not cut
        and sounds_like(text) != sounds_like(term_text)
    ):
        return True
    return free < 2 and _is_within_word(reading, span, 1)


def _is_within_word(reading: Reading, span: tuple[int, int], more: int) -> bool:
    start, end = span
    return any(
        frequencies().get(reading.plain[first:last], 0) >= 3.5
        for first in range(max(0, start - 8), start + 1)
        for last in range(end, end + 9)
        if last - first >= end - start + more
        and not any(first < edge < last for edge in reading.edges)
    )


def must_be_found_as_is(reading: Reading, term: Term) -> bool:
    """The definition of a find without edits of a term of at most four letters."""
    size = len(term.sought)
    for start in range(reading.head - size + 1):
        span = (start, start + size)
        free = sum(at in reading.edges for at in span)
        if reading.folded[slice(*span)] != term.sought:
            continue
        if free < (1 if size > 2 else 2) and not _is_beside_lures(reading, term, span):
            continue
        if _begins_in_another_label(reading, span):
            continue
        last = span[1] in reading.edges and free == 1 and size == 3
        own = reading.suffix == term.suffix != "com"
        if free == 2 or not (
            _is_within_word(reading, span, 2)
            or (last and frequencies().get(term.plain) and not own and not _parted(reading, start))
        ):
            return True
    return False


def _is_beside_lures(reading: Reading, term: Term, span: tuple[int, int]) -> bool:
    """As it is written, with several letters of lures on both sides, and rare.

    Or two letters that are no word, with a longer lure behind them in their token.
    """
    if term.twist or reading.plain[slice(*span)] != term.plain:
        return False
    if len(term.plain) == 2:
        behind = reading.plain[span[1] : min(at for at in reading.edges if at > span[1])]
        lure = len(behind) > 3 and class_after(behind) == "lure"
        return span[0] in reading.edges and lure and not as_token(term.plain)
    if len(term.plain) != 4:
        return False
    return _has_lures_around(reading, span) and spelling(term.plain) >= 10


def _is_kept_beside_lures(reading: Reading, term: Term, span: tuple[int, int]) -> bool:
    """At one end of its token, all else of that being four letters of lures or more."""
    start, end = span
    text, sought = reading.folded[start:end], term.sought
    kept = text[:3] == sought[:3] or text[-3:] == sought[-3:]
    if not (kept and _is_name(term)):
        return False
    if (start in reading.edges) + (end in reading.edges) != 1:
        return False
    begin = max(at for at in reading.edges if at <= start)
    finish = min(at for at in reading.edges if at >= end)
    if any(start < edge < end for edge in reading.edges):
        return False
    rest = reading.plain[end:finish] if begin == start else reading.plain[begin:start]
    affix = class_after(rest) if begin == start else class_before(rest)
    return len(rest) >= 4 and affix == "lure"


def _has_lures_around(reading: Reading, span: tuple[int, int]) -> bool:
    start, end = span
    begin = max(at for at in reading.edges if at <= start)
    finish = min(at for at in reading.edges if at > start)
    before, after = reading.plain[begin:start], reading.plain[end:finish]
    lures = class_before(before) == class_after(after) == "lure"
    return lures and min(len(before), len(after)) > 1


def _is_name(term: Term) -> bool:
    """As the brand writes it, and no ordinary word, if squatters are not after that."""
    word = frequencies().get(term.plain) and term.plain not in coined()
    return not term.twist and (not word or term.plain in targets())


def _parted(reading: Reading, start: int) -> bool:
    before = reading.plain[max(at for at in reading.edges if at < start) : start]
    return class_before(before) in ("digits", "lure", "near-lure")


@st.composite
def mutated(draw):
    """A term with up to three random edits or other vowels, words around it, a suffix behind.

    Or its own last letters for the suffix.
    """
    chars = list(draw(st.sampled_from(TERMS)).plain)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(chars) - 1))
        how = draw(st.integers(0, 3))
        if how == 0:
            chars[at] = draw(st.sampled_from(LETTERS))
        elif how == 1:
            chars.insert(at, draw(st.sampled_from(LETTERS)))
        elif how == 2 and len(chars) > 2:
            del chars[at]
        elif at + 1 < len(chars):
            chars[at], chars[at + 1] = chars[at + 1], chars[at]
    if draw(st.booleans()):
        spelt = st.sampled_from(["", "a", "e", "oo", "y", "-"])
        chars = [draw(spelt) if char in "aeiou" else char for char in chars]
    before = draw(st.sampled_from(["", "", "a", "www.", "my", "secure-", "x1", "login"]))
    at = draw(st.integers(2, 6))
    ending = "".join(chars[-at:-1])
    if ending.isalpha() and draw(st.integers(0, 7)) == 0:
        return before + "".join(chars[:-at]) + "." + ending
    after = draw(st.sampled_from(["", "", "s", "-login", "online", ".evil", "2027"]))
    return before + "".join(chars) + after + draw(st.sampled_from([".com", ".fr", ".co.uk", ".io"]))


@given(st.lists(mutated(), min_size=1, max_size=12))
@settings(deadline=None, max_examples=60)
def test_the_engine_reports_whatever_the_definition_finds(hosts):
    """No (line, term) that the exact look would confirm is ruled out by the tables."""
    found = search(make_block("\n".join(hosts).encode()), build(TERMS))
    reported = set(
        zip(found.line.tolist(), found.term.tolist(), found.edited.tolist(), strict=True)
    )
    for line, host in enumerate(hosts):
        reading = read(host)
        if reading is None or "xn--" in host:
            continue
        for row, term in enumerate(TERMS):
            if any(exact_finds(reading, term)):
                assert (line, row, False) in reported, (host, term.sought)
            if any(edited_finds(reading, term)):
                assert (line, row, True) in reported, (host, term.sought)


@given(st.lists(mutated(), min_size=1, max_size=8), st.integers(1, 3), st.booleans())
@settings(deadline=None, max_examples=40)
def test_the_cheap_look_rules_out_nothing_that_is_near(hosts, most, backwards):
    """Whatever so few edits make of the text from an edge on passes before distances are asked."""
    block, index = make_block("\n".join(hosts).encode()), build(TERMS)
    anchors = block.ends if backwards else block.starts
    anchor, term = np.repeat(anchors, len(TERMS)), np.tile(np.arange(len(TERMS)), len(anchors))
    at_edge = block.marked >= EDGE

    passed = maybe_near(block.words(), index, term, anchor, most, backwards=backwards)
    free, _ = distances(block, index, at_edge, term, anchor, backwards=backwards)

    assert set(np.flatnonzero(free <= most)) <= set(passed)


@given(mutated())
@settings(deadline=None, max_examples=60)
def test_finds_are_what_the_definition_says(host):
    """`edited_finds` against the written-out definition."""
    reading = read(host)
    if reading is None:
        return
    for term in TERMS:
        if term.takes_typos:
            assert any(edited_finds(reading, term)) == must_be_found(reading, term), (
                host,
                term.sought,
            )


@given(
    st.sampled_from(SHORT),
    st.sampled_from(["", "x", "9", "my", "top", "pay", "re", "b", "m", "secure-my", "my-"]),
    st.sampled_from(["", "y", "7", "login", "us", "flower", "s", "ing", "line", "m", "pay-x"]),
    st.sampled_from([".com", ".fr", "-7.fr", ".evil.com"]),
)
@settings(deadline=None, max_examples=200)
def test_short_terms_are_found_where_the_definition_says(term, before, after, ending):
    """`exact_finds` against the written-out definition, for terms found at edges and amid lures."""
    reading = read(before + term.plain + after + ending)

    assert reading is not None
    assert any(exact_finds(reading, term)) == must_be_found_as_is(reading, term)


NAMES = [
    term
    for domain in ("amazon.fr", "paypal.com", "discord.com", "garage.com", "docomo.ne.jp")
    for term in terms_of(Brand(domain))
    if term.takes_typos
]
"""Terms of six and seven letters: two that squatters are after, a word, and names."""


@given(
    st.sampled_from(NAMES),
    st.sampled_from(["", "my", "com", "secure", "x", "secure7", "login-my", "ver.my"]),
    st.sampled_from(["", "login", "app", "q", "app2027", "pay-x", "my.evil"]),
    st.data(),
)
@settings(deadline=None, max_examples=300)
def test_a_slip_in_a_short_name_is_found_amid_lures_by_whatever_engine(term, before, after, data):
    """`edited_finds` and the engine against the definition, one edit from terms of six letters."""
    slip = data.draw(st.sampled_from(sorted(one_edit_away(term.plain, LETTERS[:-1]))))
    host = f"{before}{slip}{after}.com"
    reading = read(host)
    if reading is None:
        return
    must = must_be_found(reading, term)

    assert any(edited_finds(reading, term)) == must, host
    reported = search(make_block(f"{host}\n".encode()), build([term]))
    assert not must or reported.edited.any(), host


@given(st.lists(mutated(), min_size=1, max_size=8))
@settings(deadline=None, max_examples=40)
def test_scanning_a_block_says_the_same_as_matching_each_name(hosts):
    """`scan` and `match` are one thing."""
    matcher = compile_matcher(BRANDS)
    scanned = {
        (hit.line, hit.match.brand): hit.match for hit in matcher.scan("\n".join(hosts).encode())
    }
    single = {
        (line, match.brand): match
        for line, host in enumerate(hosts)
        for match in matcher.match(host)
    }

    assert scanned == single


@given(
    st.lists(st.binary(max_size=60).filter(lambda raw: b"\n" not in raw), max_size=6),
    st.lists(st.binary(max_size=60).filter(lambda raw: b"\n" not in raw), max_size=6),
)
@settings(deadline=None, max_examples=60)
def test_bytes_that_are_no_names_change_nothing_for_their_neighbours(before, after):
    """Whatever stands on the other lines, the name in the middle matches as if alone."""
    matcher = compile_matcher(BRANDS[:1])
    hits = list(matcher.scan(b"\n".join([*before, b"mail-en-marhce.fr", *after])))
    middle = [hit for hit in hits if hit.line == len(before)]

    assert [hit.match for hit in middle] == list(matcher.match("mail-en-marhce.fr"))


@pytest.mark.parametrize(
    "line",
    [
        b"a" * 10_000_000,
        b"xn--" * 3000,
        b"xn--99999999999999.fr",
        b"xn--a-ecp.ru.xn--.com",
        bytes(range(256)).replace(b"\n", b"") * 40,
        b"." * 5000,
        "ma\u0301rche\u202e.fr".encode(),
        b"\xed\xa0\x80.fr",
    ],
)
def test_hostile_lines_are_passed_over(line):
    """Huge lines, broken Punycode, binary: no exception, and the names around still match."""
    matcher = compile_matcher(BRANDS[:1])
    hits = [hit.line for hit in matcher.scan(b"en-marche.co\n" + line + b"\nen-marche.io\n")]

    assert {0, 2} <= set(hits) <= {0, 1, 2}


def test_a_line_number_counts_from_the_start_of_the_block():
    """Also past the size at which the block is cut, and with an empty or missing last line."""
    matcher = compile_matcher(BRANDS[:1])
    block = b"example.com\n" * 100_000 + b"en-marche.co"

    assert [hit.line for hit in matcher.scan(block)] == [100_000]
    assert list(matcher.scan(b"")) == list(matcher.scan(b"\n\n")) == []


def test_an_idn_in_any_label_is_found_in_a_block():
    """Foreign lines are searched apart and keep their numbers."""
    lines = [
        b"example.com",
        b"www.xn--en-mrche-46g.com",
        b"XN--en-mrche-46g.com",
        "en-m\u0430rche.com".encode(),
        b"en-marche.co",
    ]
    hits = [hit.line for hit in compile_matcher(BRANDS[:1]).scan(b"\n".join(lines))]

    assert hits == [1, 2, 3, 4]


def test_at_most_one_match_for_each_line_and_brand():
    """The best one, whatever else stands in the name."""
    matches = compile_matcher(BRANDS).match("en-marche-marche-en.marche.fr")

    assert [match.brand for match in matches] == ["en-marche.fr"]


def test_an_exact_find_explains_away_what_is_near_it():
    """`marche` in `supermarche` is not a typo of itself."""
    reading = read("supermarche.fr")
    term = next(term for term in TERMS if term.sought == "marche")

    assert reading is not None
    assert [find.distance for find in every_find(reading, term)] == [0]
