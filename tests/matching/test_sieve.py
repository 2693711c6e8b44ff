"""The sieve: it tells what the definition says, or leaves open what may be."""

from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.matching import compile_matcher, tables, weighing
from hunter.matching.confidence import LEAST_TOLD, confidence, confidences, is_told
from hunter.matching.finds import every_find
from hunter.matching.index import build
from hunter.matching.places import Find
from hunter.matching.scenes import scenes
from hunter.matching.sieve import make_sieve, nothing_known
from hunter.matching.tables import FOUND, IS_COMPILED, make_finder, make_reader, make_tables, shapes
from hunter.matching.terms import terms_of
from hunter.matching.views import plain_letters, read
from hunter.matching.weighing import UNWEIGHED, all_confidences, make_weigher, scene_of
from hunter.model import Brand, Match
from tests.matching.test_engine import BRANDS, SHORT, TERMS, mutated

pytestmark = pytest.mark.skipif(not IS_COMPILED, reason="installed without a compiler")
ALL_TERMS = TERMS + SHORT
INDEX = build(ALL_TERMS)
SIEVE = make_sieve(ALL_TERMS, INDEX)
FINDER = make_finder(ALL_TERMS, INDEX) if IS_COMPILED else None
LOOPS = make_tables(INDEX, FINDER, make_weigher(ALL_TERMS, FINDER)) if IS_COMPILED else None
MATCHER = compile_matcher(BRANDS)
UNSIEVED = replace(MATCHER, sieve=nothing_known)


BESIDE = st.sampled_from(
    ["", "a", "mail", "le", "login", "authentication", "x", "9", "x9", "-", ".", "gal", "monde"]
)
SHORT_NAMES = st.builds(
    "{}{}{}{}".format,
    BESIDE,
    st.sampled_from([term.plain for term in SHORT]),
    BESIDE,
    st.sampled_from([".com", ".fr", ".me", "-shop.org", ".co.uk"]),
)


WORDS = ["super", "mise", "open", "le", "de", "news", "vo", "te", "ing", "ville", "zqx", "eastern"]
ALMOST_LURES = [
    "login",
    "mail2027",
    "2fa",
    "12fa",
    "fa9",
    "mailpay",
    "9",
    "2027",
    "logi",
    "inlogin",
]
SUFFIXES = [
    "fr", "com", "io", "org", "ne.jp", "co.uk", "gouv.fr", "pages.dev", "top", "me", "jp",
    "ck", "my.canva.site",
]  # fmt: skip
ONES_OWN = [term.plain for term in ALL_TERMS]


@st.composite
def amid_words(draw):
    """A term, edited or not, with words, lures, digits and endings before and after."""
    beside = st.lists(
        st.one_of(st.sampled_from(WORDS), st.sampled_from(ALMOST_LURES), st.sampled_from(SUFFIXES)),
        max_size=2,
    )
    between = st.sampled_from(["", "", "-", "."])
    core = draw(
        st.one_of(st.sampled_from(ONES_OWN), mutated().map(lambda name: name.split(".")[0]))
    )
    parts = [*draw(beside), core, *draw(beside), draw(st.sampled_from(SUFFIXES))]
    joints = [draw(between) for _ in parts[2:]] + ["."]
    return parts[0] + "".join(map("".join, zip(joints, parts[1:], strict=True)))


@given(st.lists(st.one_of(mutated(), SHORT_NAMES), min_size=1, max_size=12))
@settings(deadline=None, max_examples=200)
def test_what_is_found_is_what_the_definition_says(hosts):
    """Each find in its order; where it is left open, no term of them is left out."""
    picked = SIEVE("\n".join(hosts).encode(), 0.0)
    assert not picked.block
    told = {number: (finds, wanted) for number, _, finds, wanted in picked.told}
    for number, host in enumerate(hosts):
        reading = read(host)
        found = [
            (row, find)
            for row, term in enumerate(ALL_TERMS)
            for find in (every_find(reading, term) if reading else ())
        ]
        finds, wanted = told.get(number, ([], []))
        if wanted:
            assert {row for row, _ in found} <= {row for row, _ in wanted}
        else:
            assert [(row, find) for row, find, _ in finds] == found


@given(st.lists(st.one_of(amid_words(), SHORT_NAMES), min_size=1, max_size=12))
@settings(deadline=None, max_examples=200)
def test_what_is_found_is_weighed_as_confidence_says(hosts):
    """The scene, and how sure a find is, to the last bit."""
    found = [
        (read(text), find, weighed)
        for _, text, finds, _ in SIEVE("\n".join(hosts).encode(), 0.0).told
        for _, find, weighed in finds
    ]
    if not found:
        return
    readings, finds, weighed = zip(*found, strict=True)
    around = zip(weighed, scenes(readings, finds), strict=True)
    assert all(scene_of(one[1]) == scene for one, scene in around if one != UNWEIGHED)
    assert all_confidences(found) == confidences(readings, finds)


@given(
    st.lists(st.one_of(amid_words(), SHORT_NAMES), min_size=1, max_size=12),
    st.sampled_from([LEAST_TOLD, 0.5, 1.0]),
)
@settings(deadline=None, max_examples=100)
def test_only_what_is_less_sure_is_passed_over(hosts, least):
    """A find that nobody is told of costs nobody a look; one that is told always is kept."""
    block = "\n".join(hosts).encode()
    every = {(line[0], find) for line in SIEVE(block, 0.0).told for _, find, _ in line[2]}
    kept = {(line[0], find) for line in SIEVE(block, least).told for _, find, _ in line[2]}
    assert kept <= every
    for number, find in every - kept:
        reading = read(hosts[number])
        sure = confidence(reading, find)
        assert sure < least
        assert not is_told(reading, find, sure) or least > LEAST_TOLD


def test_a_suffix_that_the_list_does_not_write_out_is_weighed_elsewhere():
    """Whatever stands before `ck` is a public suffix."""
    [(_, _, finds, _)] = SIEVE(b"opensea.shop.ck", 0.0).told
    assert [weighed for _, _, weighed in finds] == [UNWEIGHED]


@given(st.lists(mutated(), min_size=1, max_size=12))
@settings(deadline=None, max_examples=100)
def test_every_term_that_is_found_on_a_decoded_line_is_asked_for(hosts):
    """The letters that an A-label shows as are looked at in the same way."""
    lines = [_as_a_labels(host) for host in hosts]
    asked = {
        (number, row)
        for number, _, _, wanted in SIEVE("\n".join(lines).encode(), 0.0).told
        for row, _ in wanted
    }
    for number, line in enumerate(lines):
        reading = read(line) if "xn--" in line else None
        found = (row for row, term in enumerate(ALL_TERMS) if reading and every_find(reading, term))
        assert {(number, row) for row in found} <= asked


LOOKALIKES = str.maketrans(
    "aceinoprsx", "\u0430\u00e7\u0435\u00ed\u00f1\u043e\u0440\u0433\u0455\u4e2d"
)


def _as_a_labels(name):
    """Some of its letters exchanged for foreign ones, each label encoded as it is."""
    labels = name.translate(LOOKALIKES).split(".")
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in labels
    )


@st.composite
def rough_lines(draw):
    """Names, and what is none: bytes, raw Unicode, A-labels, case, wildcards, overlong lines."""
    line = draw(
        st.one_of(
            mutated().map(str.encode),
            mutated().map(lambda name: name.upper().encode()),
            mutated().map(lambda name: f" *.{name}. \r".encode()),
            mutated().map(lambda name: f"\t {name}\r".encode()),
            mutated().map(lambda name: name.replace("a", "\u0430").encode()),
            mutated().map(lambda name: b"XN--" + name.encode()),
            mutated().map(lambda name: _as_a_labels(name).encode()),
            mutated().map(lambda name: f" WWW.{_as_a_labels(name)}\t".encode()),
            st.text(max_size=20).map(
                lambda text: b"xn--" + text.encode("punycode", "replace") + b".fr"
            ),
            mutated().map(lambda name: (name * 99).encode()),
            st.binary(max_size=40),
            st.sampled_from([b"", b".", b"xn--", b"--xn--", b"\xe9", b"e" * 2000, b"-" * 3000]),
        )
    )
    return line.replace(b"\n", b"")


@given(st.lists(rough_lines(), max_size=12), st.booleans())
@settings(deadline=None, max_examples=150)
def test_matches_are_the_same_with_and_without_it(lines, closed):
    """Also beside bytes that are no names, and with the numbers of the lines they stand on."""
    block = b"\n".join(lines) + b"\n" * closed
    assert list(MATCHER.scan(block)) == list(UNSIEVED.scan(block))


@pytest.mark.parametrize("matcher", [MATCHER, UNSIEVED])
def test_space_around_a_name_hides_nothing(matcher):
    """A token begins and ends there: two edits count only between edges."""
    block = b"opnasea.io\n opnasea.io\t\r\n"
    assert [(hit.line, hit.match.technique) for hit in matcher.scan(block)] == [
        (0, "typo"),
        (1, "typo"),
    ]


@pytest.mark.parametrize("matcher", [MATCHER, UNSIEVED])
def test_what_ends_in_a_number_is_no_name(matcher):
    """No top-level domain is one, and so `opensea.0` imitates nobody."""
    assert [hit.line for hit in matcher.scan(b"opensea.0\nopensea.4a\n*.opensea.io.17.")] == [1]


ROUGH_NAMES = st.builds(
    "{}.{}".format,
    st.text("ab1-_.\u00e9", max_size=14),
    st.sampled_from(["co.uk", "7", "3a", "1.23", "xn--1"]),
)


@given(
    st.one_of(
        mutated(), amid_words(), rough_lines().map(lambda line: line.decode("latin-1")), ROUGH_NAMES
    )
)
@settings(deadline=None, max_examples=300)
def test_a_name_is_read_as_the_views_read_it(name):
    """In every field, the order of the edges too; what is not as registered is left to them."""
    reading, expected = make_reader()(name), read(name)
    assert reading == expected
    assert type(reading) is type(expected)
    assert reading is None or [*reading.edges] == [*expected.edges]


def test_a_keyword_that_no_name_can_hold_stops_no_scan():
    """With its first letters at the end of a block the search looked beyond it."""
    matcher = compile_matcher([Brand("en-marche.fr", ("opensea" * 12,))])
    assert not list(replace(matcher, sieve=nothing_known).scan(b"opensea.io\nwww.opensea"))


@pytest.mark.parametrize("matcher", [MATCHER, UNSIEVED])
@pytest.mark.parametrize(
    ("name", "brand"), [("-opnesea.io", "opensea.io"), ("opensea.-", "opensea.io")]
)
def test_hyphens_at_the_ends_of_a_name_hide_nothing(matcher, name, brand):
    """A label begins there all the same, and the last one may have no letter."""
    assert [hit.match.brand for hit in matcher.scan(name.encode())] == [brand]
    assert [match.brand for match in matcher.match(name)] == [brand]


def test_the_shapes_are_those_of_the_views():
    """Every character of the basic plane shows as the letters that the search would look for."""
    first, letters = shapes()
    for point in range(1 << 16):
        shape = letters[first[point] : first[point + 1]].tobytes()
        known = chr(point).isprintable() and chr(point) != "."
        assert shape == (plain_letters(chr(point)).encode() if known else b"\xff"), hex(point)


def test_a_decoded_name_that_holds_nothing_does_not_pass():
    """Russian, Chinese and German names are many: the search decodes each anew."""
    names = ["погода.рф", "天气.com", "bücher-müller.de", "wetter.de", "маrсhе.fr"]
    block = "\n".join(name.encode("idna").decode() for name in names).encode()
    picked = SIEVE(block, 0.0)
    assert [number for number, *_ in picked.told] == [4]
    assert not picked.block


def test_ordinary_names_do_not_pass():
    """Else it would be of no use."""
    picked = SIEVE(b"weather.com\nboehringer-inglheim.net\npython.org\nsupermarkt.de\n", 0.0)
    assert (picked.lines, picked.block) == (4, b"")
    assert [(number, text) for number, text, *_ in picked.told] == [(1, "boehringer-inglheim.net")]


@pytest.mark.parametrize(
    "name",
    [
        "marche-a-en.fr",
        "WWW.En-Marche.fr",
        "*.opensea.io",
        "e" * 1000 + ".marche.fr",
    ],
)
def test_what_is_rare_is_left_open(name):
    """Companions elsewhere in the name, and other spellings of it."""
    [(_, _, finds, wanted)] = SIEVE(name.encode(), 0.0).told
    assert wanted
    assert not finds


def test_a_name_near_more_terms_than_there_is_room_for_is_left_to_the_search():
    """Seventy brands of one label: each term may stand there."""
    terms = [term for at in range(70) for term in terms_of(Brand(f"x{at}.fr", ("opensea",)))]
    picked = make_sieve(terms, build(terms))(b"weather.com\nopensea.com\n", 0.0)
    assert ([*picked.told], picked.numbers, picked.block) == ([], [1], b"opensea.com\n")


def test_a_term_longer_than_any_label_is_left_open():
    """Its letters are more than a machine word has bits."""
    terms = [replace(ALL_TERMS[0], sought="v" * 80)]
    block = f"{'vv' * 31}.{'vv' * 31}.fr".encode()
    [(_, _, finds, wanted)] = make_sieve(terms, build(terms))(block, 0.0).told
    assert wanted
    assert not finds


@pytest.mark.parametrize(
    ("block", "numbers", "how", "bytes_kept"),
    [(b"a.fr", 9, 9, 9), (b"a.fr\n" * 9, 1, 9, 99), (b"a.fr\n", 9, 8, 9), (b"a.fr\n", 9, 9, 4)],
)
def test_too_little_room_is_refused(block, numbers, how, bytes_kept):
    """The loops do not check where they write: what is handed to them is checked before."""
    with pytest.raises(ValueError, match=r"newline|room"):
        LOOPS.pick(
            block,
            True,
            np.zeros(numbers, np.int64),
            np.zeros(how, np.uint8),
            np.zeros(bytes_kept, np.uint8),
            np.zeros(9, FOUND),
            0.0,
        )


@pytest.mark.parametrize(("room", "known"), [(0, 3), (9, 1)])
def test_a_line_whose_finds_have_no_room_is_left_to_the_search(room, known):
    """As many brands as one likes may stand in one name."""
    block, how = b"opensea.com\n", np.zeros(9, np.uint8)
    numbers, kept = np.zeros(9, np.int64), np.zeros(99, np.uint8)
    _, count, _, rows = LOOPS.pick(block, True, numbers, how, kept, np.zeros(room, FOUND), 0.0)
    assert (count, how[0], rows > 0) == (1, known, room > 0)


def test_an_interruption_while_a_scene_is_asked_for_is_not_lost(monkeypatch):
    """What it is worth is asked in the middle of the loops."""

    def interrupted(scene):
        raise KeyboardInterrupt

    monkeypatch.setattr(weighing, "worth_of_scene", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make_sieve(ALL_TERMS, INDEX)(b"login-opensea.com", 0.0)


def test_a_set_of_texts_without_room_is_refused():
    """It could not end a look for what it does not hold."""
    letters, firsts = np.frombuffer(b"abc", np.uint8), np.arange(4, dtype=np.int32)
    for slots, seen in ((4, 2), (9, 4), (8, 1)):
        with pytest.raises(ValueError, match=r"room|bits"):
            tables._sieve.Texts(
                letters, firsts, np.zeros(slots, np.int32), np.zeros(seen, np.uint8)
            )


BYTES = np.zeros(9, np.uint8)


@pytest.mark.parametrize(
    "make",
    [
        lambda: tables._sieve.Letters(symbols=BYTES, steps=BYTES, unit=1.0),
        lambda: tables._sieve.Scenes(finder=FINDER, replacements=BYTES),
        lambda: tables._sieve.Reader(suffixes=tables._suffixes(), folds=BYTES, made_as=tuple),
        lambda: make_weigher(ALL_TERMS[1:], FINDER),
    ],
)
def test_a_table_of_another_size_is_refused(make):
    """The loops do not check where they read either."""
    with pytest.raises(ValueError, match=r"size|each"):
        make()


@pytest.mark.parametrize(
    ("numbers", "how", "kept", "term"),
    [(2, 2, b"opensea.io\n", 0), (1, 2, b"opensea.io\n", 0), (1, 1, b"opensea.io\n", 9)],
)
def test_lines_that_do_not_fit_what_is_known_of_them_are_refused(numbers, how, kept, term):
    """Nothing beyond them is read."""
    found = np.zeros(1, FOUND)
    found["term"] = term
    told = tables._sieve.told(
        np.zeros(numbers, np.int64),
        np.ones(how, np.uint8),
        np.frombuffer(kept, np.uint8),
        found,
        tuple(ALL_TERMS[:1]),
        Find._make,
    )
    with pytest.raises(ValueError, match=r"needs|no term"):
        list(told)


def test_a_match_is_made_as_its_class_makes_it():
    """Frozen, with each field in its place; of fewer values than fields there is none."""
    values = tuple(range(len(fields(Match))))
    made = tables.maker_of(Match)(values)
    assert made == Match(*values)
    with pytest.raises(FrozenInstanceError):
        made.name = "x"
    with pytest.raises(ValueError, match="each field needs its value"):
        tables.maker_of(Match)(values[1:])
