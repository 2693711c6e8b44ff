"""The sieve: whatever the search finds must pass it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.matching import compile_matcher
from hunter.matching.block import make_block
from hunter.matching.engine import search
from hunter.matching.index import build
from hunter.matching.sieve import IS_COMPILED, _everything, compiled_tables, make_sieve, shapes
from hunter.matching.views import plain_letters
from tests.matching.test_engine import BRANDS, TERMS, mutated

pytestmark = pytest.mark.skipif(not IS_COMPILED, reason="installed without a compiler")
INDEX = build(TERMS)
MATCHER = compile_matcher(BRANDS)
UNSIEVED = replace(MATCHER, sieve=_everything)


@given(st.lists(mutated(), min_size=1, max_size=12))
@settings(deadline=None, max_examples=150)
def test_every_line_on_which_the_search_finds_something_is_kept(hosts):
    """Terms with up to three edits, with words and separators around them."""
    block = "\n".join(hosts).encode()
    kept = make_sieve(INDEX)(block).numbers
    assert set(search(make_block(block), INDEX).line.tolist()) <= set(kept)


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
    assert make_sieve(INDEX)(block).numbers == [4]


def test_ordinary_names_do_not_pass():
    """Else it would be of no use."""
    picked = make_sieve(INDEX)(b"weather.com\nboehringer-inglheim.net\npython.org\n")
    assert picked == (3, [1], b"boehringer-inglheim.net\n")


@pytest.mark.parametrize(
    ("block", "numbers", "bytes_kept"), [(b"a.fr", 9, 9), (b"a.fr\n" * 9, 1, 99), (b"a.fr\n", 9, 4)]
)
def test_too_little_room_is_refused(block, numbers, bytes_kept):
    """The loops do not check where they write: what is handed to them is checked before."""
    with pytest.raises(ValueError, match=r"newline|room"):
        compiled_tables(INDEX).pick(
            block, True, np.zeros(numbers, np.int64), np.zeros(bytes_kept, np.uint8)
        )
