"""The brand in Cyrillic letters."""

import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.permutations import permute
from hunter.spellings import cyrillic


@pytest.mark.parametrize(
    ("plain", "words", "spelt"),
    [
        ("macron", (), {"макрон"}),
        ("enmarche", ("en", "marche"), {"ен-марче", "ен-марш", "ан-марче", "ан-марш"}),
        ("emmanuel", (), {"еммануел", "эмманюель"}),
        ("reconquete", (), {"реконкуете", "реконкет"}),
        ("beaujolais", (), {"беауйолаис", "божолес"}),
        ("2027minutes", (), {"2027минутес", "2027минют"}),
        ("marche", (), set()),
        (
            "unecolepourtous",
            ("une", "ec", "ole", "pour", "tous"),
            {"унеколепоуртоус", "юнеколепуртус"},
        ),
    ],
)
def test_each_word_is_written_by_its_letters_or_by_its_sound(
    plain: str, words: tuple[str, ...], spelt: set[str]
) -> None:
    """What would have fewer than six letters is a word of some language: `марш`."""
    assert {"-".join(found) for found in cyrillic.spellings(plain, words)} == spelt


@pytest.mark.parametrize(
    "name",
    [
        "макрон.рф",
        "президент-макрон.рф",
        "ан-марш.com",
        "mакрон.com",
        "xn--80auegel.net",
        "ма\N{COMBINING ACUTE ACCENT}крон.рф",
    ],
)
def test_the_brand_in_cyrillic_letters_alerts(name: str) -> None:
    """Under any ending, with words beside it, and with letters of ours or a stress among them."""
    (match,) = compile_matcher([Brand("en-marche.fr", ("macron",))]).match(name)

    assert match.technique.startswith("transliteration")
    assert match.confidence >= 0.5


@pytest.mark.parametrize("name", ["эрикссон.рф", "ерикссон.рф"])
def test_letters_that_look_alike_are_both_sought(name: str) -> None:
    """The first is by the sound, the other by the letters."""
    (match,) = compile_matcher([Brand("ericsson.com")]).match(name)

    assert match.confidence >= 0.5


def test_it_says_what_is_written() -> None:
    """An A-label is shown in letters first."""
    matcher = compile_matcher([Brand("en-marche.fr", ("macron",))])

    assert [match.reason for match in matcher.match("макрон.рф")] == [
        "`макрон` is macron in Cyrillic letters, under .рф instead of .fr"
    ]
    assert [match.reason for match in matcher.match("xn----7sbbzskjhr.com")] == [
        "`xn----7sbbzskjhr` shows as `за-макрон`: `макрон` is macron in Cyrillic letters"
    ]


@pytest.mark.parametrize("name", ["makpoh.com", "makpöh.com"])
def test_what_only_looks_like_it_is_none(name: str) -> None:
    """Our own letters say nothing in Cyrillic."""
    assert compile_matcher([Brand("macron.fr")]).match(name) == ()


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("academi.com", "академия-письма.рф"),
        ("services.ai", "мерч-сервис.рф"),
        ("comfort.se", "комфортноепоморье29.рф"),
    ],
)
def test_russian_words_are_no_alerts(domain: str, name: str) -> None:
    """A part of a longer word, and a word that both languages have."""
    assert all(match.confidence < 0.5 for match in compile_matcher([Brand(domain)]).match(name))


@pytest.mark.parametrize(("keyword", "name"), [("макрон", "макпох.рф"), ("μακρόν", "уакпов.com")])
def test_a_keyword_of_another_alphabet_is_put_into_none(keyword: str, name: str) -> None:
    """Its plain letters are what it looks like, and not what it says."""
    matches = compile_matcher([Brand("en-marche.fr", (keyword,))]).match(name)
    assert not any("transliteration" in match.technique for match in matches)


def test_it_is_among_what_a_squatter_could_register() -> None:
    """As A-labels."""
    names = {one.domain: one.fuzzer for one in permute("macron.fr", tlds=("com",))}

    assert names["xn--80auegel.fr"] == "transliteration"
    assert names["xn--80auegel.com"] == "transliteration+tld-swap"
