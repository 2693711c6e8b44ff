"""Names a squatter could register: what is made, in which order, and within which limits."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hunter.errors import NotAName
from hunter.names import parse
from hunter.permutations import Permutation, campaign_tlds, campaign_words, permute


def _shipped(domain: str) -> dict[str, str]:
    found = permute(domain, dictionary=campaign_words(), tlds=campaign_tlds())
    return {permutation.domain: permutation.fuzzer for permutation in found}


@pytest.mark.parametrize(
    ("name", "fuzzer"),
    [
        ("onedrive-en-marche.fr", "dictionary"),
        ("mail-en-marche.fr", "dictionary"),
        ("en-marche.co", "tld-swap"),
        ("en-marche2027.fr", "dictionary"),
        ("don-enmarche.fr", "dictionary"),
        ("en-don-marche.fr", "dictionary"),
        ("mail-en-marche.com", "dictionary+tld-swap"),
        ("enmarche.fr", "omission"),
        ("enmarche.com", "tld-swap"),
        ("en-marche-fr.com", "various"),
        ("enmarchefr.com", "various"),
        ("en-marce.com", "omission+tld-swap"),
        ("marche-en.com", "token-order+tld-swap"),
        ("en-marhce.fr", "transposition"),
        ("en-rnarche.fr", "homoglyph"),
        ("xn--n-marche-90a.fr", "homoglyph"),
        ("en-ma.rche.fr", "subdomain"),
    ],
)
def test_finds_what_squatters_of_the_founding_case_would_register(name: str, fuzzer: str) -> None:
    """Every technique shows itself, under dnstwist's name for it."""
    assert _shipped("en-marche.fr").get(name) == fuzzer


def test_the_domain_itself_is_never_among_them_and_nothing_comes_twice() -> None:
    """What is yielded are other names, each once."""
    found = [one.domain for one in permute("en-marche.fr", tlds=("fr", "com"))]

    assert "en-marche.fr" not in found
    assert len(found) == len(set(found))


def test_a_word_takes_the_place_of_a_part_only_where_most_of_the_label_stays() -> None:
    """Nobody thinks of the party at `en-don`."""
    found = [one.domain for one in permute("en-marche.fr", dictionary=("don",))]

    assert "don-marche.fr" in found
    assert "en-don.fr" not in found


def test_the_names_of_a_platform_are_those_of_any_brand() -> None:
    """Its own domain is a public suffix by now; who imitates it registers under the one above."""
    found = [one.domain for one in permute("wordpress.com", dictionary=("login",), tlds=("fr",))]

    assert {"wordpress.fr", "login-wordpress.com", "wordpres.com"} <= set(found)
    assert not [one for one in found if one.endswith(".wordpress.com")]


def test_the_order_is_the_same_each_time() -> None:
    """dnstwist works with sets; the ranking does not let that show."""
    first, second = (list(permute("en-marche.fr", tlds=campaign_tlds())) for _ in range(2))

    assert first == second


def test_the_most_plausible_come_first() -> None:
    """The three names of 2017 are among the first hundred, a flipped bit is near the end."""
    found = list(_shipped("en-marche.fr"))

    hundred = set(found[:100])
    assert {"onedrive-en-marche.fr", "mail-en-marche.fr", "en-marche.co"} <= hundred
    assert found.index("en-rnarche.fr") < found.index("en-ma2che.fr")
    assert found.index("en-marce.fr") < found.index("en-marxhe.fr")


@pytest.mark.parametrize(
    ("brand", "name"),
    [("sncf-connect.com", "connect-sncf.com"), ("en-marche.fr", "marche-en.fr")],
)
def test_the_words_in_another_order_are_among_the_first(brand: str, name: str) -> None:
    """Every letter stands elsewhere then, which does not make it less plausible."""
    assert name in list(_shipped(brand))[:500]


@pytest.mark.parametrize(
    ("brand", "name", "fuzzer", "within"),
    [
        ("protonmail.com", "protonma.il", "subdomain", 200),
        ("wordpress.com", "word.press", "subdomain", 200),
        ("mailchimp.com", "mailch.im", "omission+subdomain", 4000),
        ("en-marche.fr", "en-mar.ch", "omission+subdomain", 4000),
    ],
)
def test_a_public_suffix_may_be_the_end_of_the_brand(
    brand: str, name: str, fuzzer: str, within: int
) -> None:
    """Whole, or but for the last letter; a name of its own that nobody need own already."""
    found = list(permute(brand, dictionary=campaign_words(), tlds=campaign_tlds()))

    assert Permutation(name, fuzzer) in found[:within]


def test_two_letters_are_no_brand_before_a_public_suffix() -> None:
    """`ma.il` is nobody's mail."""
    assert "ma.il" not in [one.domain for one in permute("mail.fr")]


def test_a_word_of_its_own_before_a_public_suffix_is_nobodys() -> None:
    """`market.in` is no slip for marketing, and a rare head is one (`en-mar.ch`, above)."""
    assert "market.in" not in [one.domain for one in permute("marketing.fr")]


def test_all_that_dnstwist_finds_is_there() -> None:
    """Our ranking and additions lose nothing of the fuzzer's own output."""
    import dnstwist

    fuzzer = dnstwist.Fuzzer("en-marche.fr")
    fuzzer.generate()
    theirs = {found["domain"] for found in fuzzer.domains} - {"en-marche.fr"}

    assert theirs - set(_shipped("en-marche.fr")) == set()


def test_a_suffix_of_two_labels_is_kept_whole() -> None:
    """dnstwist takes `gouv` for the label of `x.gouv.fr`; the public suffix list knows better."""
    found = {one.domain for one in permute("elysee.gouv.fr")}

    assert "elyse.gouv.fr" in found
    assert not any(name.endswith(".guv.fr") for name in found)


def test_a_host_is_permuted_as_its_registrable_domain() -> None:
    """What a squatter can buy is the registrable domain, not the host."""
    assert list(permute("www.en-marche.fr")) == list(permute("en-marche.fr"))


def test_an_idn_brand_is_read_in_unicode() -> None:
    """The typo is made in the label people read, not in its Punycode."""
    found = {parse(one.domain).unicode for one in permute("xn--libert-gva.fr")}

    assert "libetré.fr" in found


def test_the_words_stand_beside_an_idn_brand_and_not_its_punycode() -> None:
    """Nobody registers `don-xn--libert-gva.fr`."""
    found = [one.domain for one in permute("liberté-égalité.fr", dictionary=("don",))]

    assert "don-liberté-égalité.fr" in {parse(name).unicode for name in found}
    assert "libertéégalité.fr" in {parse(name).unicode for name in found}
    assert not [part for name in found for part in name.split(".") if "xn--" in part[1:]]


@pytest.mark.parametrize(
    ("brand", "bare"),
    [("énergie-marché.fr", "energie-marche.fr"), ("cœur-de-france.fr", "coeur-de-france.fr")],
)
def test_an_idn_brand_is_permuted_without_its_accents_too(brand: str, bare: str) -> None:
    """The name itself, under other endings and with words: what a squatter buys first."""
    found = [one.domain for one in permute(brand, dictionary=("don",), tlds=("com",))]
    other, worded = bare.removesuffix("fr") + "com", f"don-{bare}"

    assert {bare, other, worded} <= {*found[:20]}


def test_a_brand_in_another_script_has_no_bare_form() -> None:
    """Its letters have no accents to leave out."""
    found = {parse(one.domain).unicode for one in permute("макрон.com", tlds=("fr",))}
    region = {parse(one.domain).unicode for one in permute("край.com", tlds=("fr",))}

    assert "макрон.fr" in found
    assert not any(name.removesuffix(".com").isascii() for name in found)
    assert "край.fr" in region
    assert "краи.fr" not in region, "й is a letter of its own"


def test_a_long_label_does_not_explode() -> None:
    """Two homoglyphs at once on 63 letters are a million names; one at a time stays small."""
    label = "abcdefghij-klmnopqrs-tuvwxyz-abcdefghij-klmnopqrs-tuvwxyz-abcde"

    found = list(permute(f"{label}.com"))

    assert any(one.fuzzer == "homoglyph" for one in found)
    assert len(found) < 5000


def test_text_that_is_no_domain_is_refused() -> None:
    """A brand without a dot has no permutations."""
    with pytest.raises(NotAName):
        next(permute("marche"))


def test_sockets_keep_their_time_out() -> None:
    """dnstwist sets one for the whole process when imported, of which another process tells."""
    asked = (
        "import socket; from hunter.permutations import permute; next(permute('en-marche.fr'));"
        " print(socket.getdefaulttimeout())"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)

    assert told.stdout.split() == [b"None"]


def test_the_shipped_lists_are_clean() -> None:
    """Words are plain labels, and every top-level domain makes a valid name."""
    words, tlds = campaign_words(), campaign_tlds()

    assert {"don", "adhesion", "soutien", "office365", "login", "2027"} <= set(words)
    assert all(word.isascii() and word.isalnum() and word == word.lower() for word in words)
    assert [parse(f"x.{tld}").text for tld in tlds] == [f"x.{tld}" for tld in tlds]


@settings(max_examples=25, deadline=None)
@given(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True))
def test_every_permutation_is_a_registrable_name(label: str) -> None:
    """Whatever the brand, each permutation parses, in A-labels and lower case."""
    for found in permute(f"{label}.fr", dictionary=("mail",), tlds=("com", "co.uk")):
        assert isinstance(found, Permutation)
        assert parse(found.domain).text == found.domain
