"""The words of which a find may be a part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.matching.tables import IS_COMPILED, frequent_words
from hunter.matching.words_around import (
    across_words,
    begins_a_longer_word,
    within_word,
    words_beyond,
)

needs_loops = pytest.mark.skipif(not IS_COMPILED, reason="installed without a compiler")
PARTS = st.sampled_from(["super", "marche", "mail", "cloud", "le", "s", "x", "9", "~", "zq", "ing"])
TOKENS = st.lists(PARTS, min_size=1, max_size=6).map("".join)


def test_a_find_within_a_word_or_across_two_is_seen():
    """Of two words the rarer counts."""
    assert within_word("supermarche", 5, 11) > 0.0 == within_word("supermarche", 0, 11)
    assert across_words("mailcloud", 3, 9) > 0.0 == across_words("zqlcloud", 2, 8)


@pytest.mark.parametrize(
    ("token", "last", "found"),
    [
        ("lepenseur", 5, True),
        ("accelending", 5, False),
        ("lepenseurzq", 5, False),
        ("lepenseurlogin", 5, True),
    ],
)
def test_an_article_has_a_word_behind_it_that_goes_on_as_words(token, last, found):
    """`ac` is no article, `zq` no word."""
    assert (words_beyond(token, last) > 0.0) == found


@pytest.mark.parametrize(
    ("token", "last", "found"),
    [
        ("atlascaftan", 4, True),
        ("instalooker", 5, True),
        ("amelies", 6, False),
        ("joyashoes", 4, False),
        ("grainstoreshop", 5, False),
    ],
)
def test_a_longer_word_begins_the_token_when_what_is_left_of_it_is_none(token, last, found):
    """The plural of a word is the word."""
    assert begins_a_longer_word(token, last) == found


@needs_loops
@given(TOKENS, st.data())
def test_the_compiled_looks_see_the_same_words(token, data):
    """Wherever in the token the find stands, and however long it is."""
    first = data.draw(st.integers(0, len(token) - 1))
    last = data.draw(st.integers(first + 1, len(token)))
    words = frequent_words()
    assert words.within(token, first, last) == within_word(token, first, last)
    assert words.across(token, first, last) == across_words(token, first, last)


@needs_loops
@pytest.mark.parametrize(("token", "first", "last"), [("café", 0, 2), ("cafe", 3, 5), ("a", -1, 1)])
def test_what_is_no_part_of_a_token_in_plain_letters_is_refused(token, first, last):
    """Nothing beyond its letters is read."""
    with pytest.raises(ValueError, match="no part of the token"):
        frequent_words().across(token, first, last)
