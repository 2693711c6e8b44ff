"""The explanation of a name, matched or not."""

import re
from math import log

import pytest

from hunter.matching import compile_matcher
from hunter.matching.explain import explain
from hunter.model import Brand, hundredths

MATCHER = compile_matcher([Brand("en-marche.fr", ("marche",))])


def outcomes(name: str) -> list[str]:
    return [step.outcome for step in explain(MATCHER, name).steps]


def test_every_view_of_the_name_is_shown():
    """Raw, Unicode, glued, folded."""
    steps = explain(MATCHER, "www.xn--en-mrche-46g.com").steps

    assert [step.view for step in steps[:4]] == ["raw", "unicode", "glue", "fold"]
    assert steps[2].text == "wwwenmarchecom"


def test_a_match_comes_with_its_points():
    """Technique, reason, confidence and what it rests on."""
    found = explain(MATCHER, "mail-en-marhce.fr")

    assert [match.term for match in found.matches] == ["en-marche"]
    assert any(
        "1 edit from en-marche" in step.outcome and "Confidence 0." in step.outcome
        for step in found.steps
    )


def test_points_are_told_in_words_and_add_up():
    """No name of a weight reaches a reader, and the sum is the confidence."""
    (told,) = (text for text in outcomes("en-marche.co.uk") if "tld-swap" in text)

    points = told.partition("log-odds: ")[2].rstrip(".").split(", ")
    assert points[0].startswith("to begin with -")
    assert any(point.startswith("the ending -") for point in points)
    assert not any("suffix" in point or ":" in point for point in points)
    assert abs(sum(float(point.rpartition(" ")[2]) for point in points)) < 0.5


def test_a_name_that_does_not_match_is_told_how_far_it_was():
    """And which limit stopped it."""
    found = explain(MATCHER, "example.com")

    assert found.matches == ()
    assert any("edits from en-marche" in text for text in outcomes("example.com"))


@pytest.mark.parametrize(
    ("domain", "name", "limit"),
    [
        ("camino.com", "royal-casino.com", "`casino` is an ordinary word, and sounds otherwise"),
        ("cat.com", "category.com", "It holds `cat`, but it is part of the ordinary word"),
        ("sun.com", "bluesun.fr", "only after digits or a lure"),
        ("orange.fr", "red-orazze.com", "only in a label of its own"),
        ("oneill.com", "marconeilz.se", "it is no match: that takes 0.0125."),
        ("lidl.fr", "xlidlx.com", "a term this short counts only at a word's edge"),
    ],
)
def test_the_limit_that_stopped_a_near_name_is_told(domain, name, limit):
    """What is near enough by its letters, and what spoke against it."""
    told = explain(compile_matcher([Brand(domain)]), name)

    assert told.matches == ()
    assert any(limit in step.outcome for step in told.steps)


@pytest.mark.parametrize(
    ("domain", "name", "decided"),
    [
        ("orange.fr", "ville-orange.fr", "): it reads as ordinary words"),
        ("dbs.com", "dbsna22bb913lu078f3ffgv074g31fas.app", "it stands in text that a program"),
        (
            "macron.fr",
            "m\N{CYRILLIC SMALL LETTER A}cronsecret.net",
            "): letters of",
        ),
        ("en-marche.fr", "macron-secret.com", "): it is a rare name with one"),
        ("en-marche.fr", "macronenmarche.com", "): it is two names of the brand"),
        ("ledger.com", "myledgerlive.com", "): it has a word that squatters use"),
        ("en-marche.fr", "39-marche.fr", "letter by letter more of it differs"),
        ("macron.fr", "votezmacron.com", "): beside it is but a word"),
        ("en-marche.fr", "n-marche.com", "): it is nearly the whole name"),
    ],
)
def test_what_decides_whatever_the_points_are_is_told(domain, name, decided):
    """Beside the points, which tell another story."""
    told = explain(compile_matcher([Brand(domain, ("macron",))]), name)

    assert any(decided in step.outcome for step in told.steps)


@pytest.mark.parametrize("name", ["en-marchent.fr", "macronenmarche.com", "marche-nordique.fr"])
def test_the_points_that_are_told_add_up_to_the_confidence(name):
    """What decides takes or adds points, too, and a reader who adds them up finds them."""
    told = explain(compile_matcher([Brand("en-marche.fr", ("macron", "marche"))]), name)
    outcomes = [step.outcome for step in told.steps if "log-odds" in step.outcome]

    assert outcomes
    for outcome in outcomes:
        sure = float(re.search(r"Confidence (0\.\d\d)", outcome)[1])
        points = [float(number) for number in re.findall(r"[+-]\d+\.\d", outcome)]
        assert log(sure / (1 - sure)) == pytest.approx(sum(points), abs=0.5)


def test_the_words_beside_it_that_squatters_use_are_named():
    """Points for what stands beside it may be those of its edges alone."""
    lured = outcomes("secure-en-marche-login.fr")[2:]
    alone = outcomes("zqx-en-marche.fr")[2:]

    assert any("what stands beside it (`secure`, `login`) +" in outcome for outcome in lured)
    assert alone
    assert not any("beside it (" in outcome for outcome in alone)


def test_what_misses_an_alert_by_a_hair_is_not_shown_as_one_half():
    """No rule fires for 0.498, and nobody understands that who reads 0.50."""
    assert hundredths(0.498) == "0.49"
    assert hundredths(0.29) == "0.29"


@pytest.mark.parametrize("name", ["makpoh.com", "makpöh.com"])
def test_of_what_only_looks_like_cyrillic_letters_nothing_is_told(name):
    """It was told as nearly certain, and no match in the same breath."""
    told = explain(compile_matcher([Brand("macron.fr")]), name)

    assert told.matches == ()
    assert not any("Cyrillic" in step.outcome for step in told.steps)


def test_the_nearest_part_is_shown_as_it_is_written():
    """Not as it is compared: `i` as `l`, digits as letters."""
    assert "The nearest part, `1inole`," in "".join(outcomes("1inoleum.example"))


@pytest.mark.parametrize(
    ("name", "part", "edits"),
    [
        ("rembourse.example", "rem", "1 edit"),
        ("boulangerie.example", "rie", "2 edits"),
        ("rém-voisin.example", "rem", "1 edit"),
        ("ab.example", "ab", "4 edits"),
    ],
)
def test_the_nearest_part_is_the_nearest_whatever_its_length(name, part, edits):
    """Of an A-label it is shown in plain letters, for no part of it can be shown as written."""
    (told,) = (step for step in explain(compile_matcher([Brand("lrem.fr")]), name).steps[-1:])

    assert told.outcome.startswith(f"The nearest part, `{part}`, is {edits} from lrem")


def test_of_a_name_that_matches_only_what_comes_near_is_told():
    """What other brands it does not imitate would bury the line that matters."""
    brands = compile_matcher([Brand("en-marche.fr"), Brand("boulangerie.fr")])

    assert {step.brand for step in explain(brands, "en-marhce.fr").steps} == {"", "en-marche.fr"}
    assert {step.brand for step in explain(brands, "voisin.fr").steps} > {"boulangerie.fr"}


def test_a_public_suffix_says_so():
    """Nobody but its registry can register it."""
    assert outcomes("marche.it") == [
        "This is a public suffix: only its registry has it, so nothing was looked for."
    ]


def test_an_own_name_says_so():
    """Before any term is tried."""
    said = "Covered by en-marche.fr in domain: it never matches."
    assert outcomes("www.en-marche.fr")[-1] == said


def test_no_name_says_so():
    """One step, no match."""
    assert outcomes("not a name") == ["This is no domain name, so nothing was looked for."]


def test_the_find_that_the_match_tells_is_explained():
    """Also where it is a longer one than the surest, whose confidence the match has."""
    (match,) = MATCHER.match("en-marchand.fr")
    told = next(
        step for step in explain(MATCHER, match.name).steps if step.outcome.startswith("vowel-swap")
    )

    assert told.text == match.matched == "en-marcha"
    assert match.reason in told.outcome
    sure = hundredths(match.confidence)
    assert told.outcome.endswith(f"The match is as sure as what it holds: {sure}.")


@pytest.mark.parametrize("name", ["marchand.fr", "marchandise.fr"])
def test_the_whole_word_is_told_that_a_near_part_belongs_to(name):
    """And not the first one that holds it: `marcha`."""
    word = name.removesuffix(".fr")
    assert any(f"part of the ordinary word `{word}`" in outcome for outcome in outcomes(name))


@pytest.mark.parametrize("name", ["-.com", "_.-.fr"])
def test_a_name_without_a_letter_says_so(name):
    """A list may hold anything."""
    assert outcomes(name) == [
        "No letter stands before the public suffix, so nothing was looked for."
    ]
