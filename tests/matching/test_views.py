"""The views of a name, and the way back to the name as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter import names
from hunter.errors import NotAName
from hunter.matching.suffixes import registrable
from hunter.matching.views import DOT, HYPHEN, OPAQUE, plain_letters, read

HOSTS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?(\.[a-z0-9]{1,8}){1,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("char", "letters"),
    [
        ("а", "a"), ("é", "e"), ("ⱨ", "h"), ("ʀ", "r"), ("ß", "ss"), ("ﬁ", "fi"),
        ("ə", "a"), ("中", OPAQUE), ("М", "m"), ("x", "x"), ("œ", "oe"),
        ("ε", "e"), ("є", "e"), ("п", "n"), ("\u0332", ""), ("\u0e34", ""),
        ("ɹ", "r"), ("ꝼ", "f"), ("դ", "n"), ("一", "-"), ("ー", "-"), ("·", "-"),
    ],
)  # fmt: skip
def test_a_character_becomes_the_plain_letters_it_looks_like(char, letters):
    """UTS #39, accents, small capitals, letters named after a plain one, and what is none."""
    assert plain_letters(char) == letters


@pytest.mark.parametrize("stroke", ["一", "ー", "ㅡ", "・", "ˉ"])
def test_what_passes_for_a_hyphen_is_an_edge(stroke):
    """Registries take such a stroke among Latin letters, where it reads as a hyphen."""
    reading = read(f"votez{stroke}macron.com")

    assert reading is not None
    assert (reading.plain, reading.edges[5]) == ("votezmacroncom", HYPHEN)


def test_a_reading_folds_glues_and_remembers_edges():
    """Digits fold, separators vanish but leave their edges, and the suffix is known."""
    reading = read("0ne-dr1ve.en-marche.co.uk")

    assert reading is not None
    assert (reading.plain, reading.folded) == ("0nedr1veenmarchecouk", "onedrlveenmarchecouk")
    assert [reading.edges[at] for at in (0, 3, 8, 10, 16, 18, 20)] == [
        DOT,
        HYPHEN,
        DOT,
        HYPHEN,
        DOT,
        DOT,
        DOT,
    ]
    assert (reading.suffix, reading.registrable) == ("co.uk", "en-marche.co.uk")
    assert (reading.head, reading.label) == (16, 8)


@pytest.mark.parametrize("written", ["*.En-Marche.CO.", "  en-marche.co\r", "EN-MARCHE.CO"])
def test_a_span_points_into_the_name_as_written(written):
    """Wildcards, case, blanks and the last dot stay in `written` and do not shift spans."""
    reading = read(written)

    assert reading is not None
    start, end = reading.span(0, 8)
    assert written[start:end].lower() == "en-marche"


def test_every_a_label_is_decoded():
    """Not only the first: an A-label is read as what it shows, and its span is the whole label."""
    reading = read("login.xn--en-march-i1a.fr.evil.com")

    assert reading is not None
    assert reading.plain.startswith("loginenmarche")
    assert reading.unicode == "login.en-marché.fr.evil.com"
    assert reading.span(5, 13) == (6, 22)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "com",
        "10.0.0.1",
        "en-marche.0",
        "*.EN-MARCHÉ.123.",
        "a..b",
        "-",
        "a b.com",
        "x" * 5000,
        "http://a.com/",
        "a" * 64 + ".fr",
        "\x00.fr",
    ],
)
def test_what_is_no_name_has_no_reading(text):
    """Addresses, a number for an ending, empty labels, spaces, overlong lines."""
    assert read(text) is None


@given(HOSTS)
def test_the_quick_suffix_is_that_of_the_public_suffix_list(host):
    """`suffix_at` and `registrable` agree with `names.parse`."""
    try:
        name = names.parse(host)
    except NotAName:
        return
    at = names.suffix_at(host)

    assert (host[at:], registrable(host, at)) == (name.suffix, name.registrable)


@pytest.mark.parametrize(
    "host",
    [
        "a.b.ck",
        "www.ck",
        "x.www.ck",
        "x.kobe.jp",
        "a.city.kobe.jp",
        "en-marche.pages.dev",
        "gov.uk",
    ],
)
def test_wildcards_exceptions_and_private_suffixes_are_known(host):
    """The corners of the list."""
    name = names.parse(host)
    at = names.suffix_at(host)

    assert (host[at:], registrable(host, at)) == (name.suffix, name.registrable)


@pytest.mark.parametrize("host", ["en-marche.my.canva.site", "en-marche.ck"])
def test_a_name_that_a_wildcard_makes_a_suffix_is_read_up_to_the_star(host):
    """Whoever sets up a site there chooses its label; nothing would be left of it to read."""
    reading = read(host)

    assert (reading.plain[reading.label : reading.head], reading.registrable) == ("enmarche", host)
    assert f"en-marche.{reading.suffix}" == host


@given(st.text(max_size=80))
def test_no_text_makes_reading_fail(text):
    """All of Unicode: a reading or None, and every position maps back into the text."""
    reading = read(text)

    if reading is not None and reading.plain:
        start, end = reading.span(0, len(reading.plain))
        assert 0 <= start < end <= len(text)
        assert len(reading.folded) == len(reading.plain)
