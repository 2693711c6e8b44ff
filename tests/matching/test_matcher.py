"""The matcher on the founding case, on disguises of it, and on what collides with it."""

import dnstwist
import pytest

from hunter.matching import compile_matcher
from hunter.model import Brand
from hunter.names import to_ascii

EN_MARCHE = Brand(
    "en-marche.fr", ("marche",), owned=("en-marche-doc.fr",), ignored=("*.ecureuil.org",)
)
MATCHER = compile_matcher([EN_MARCHE])

DISGUISES = """
onedrive-en-marche.fr mail-en-marche.fr en-marche.co mail-en-marhce.fr webmail-en-rnarche.com
www.xn--en-mrche-46g.com login.xn--en-march-i1a.fr.evil.com en.marche.fr-mail.net marche-en.fr
secure-en-marhce-login.fr enmarchefr.com en-marche-fr.com en-marche.pages.dev 2fen-marche.fr
en-marche.fr.evil.com enmarche.fr wwwen-marche.fr e-nmarche.fr en-marche2017.fr en-marche-don.com
login-enmarhce.top en-marche.duckdns.org *.en-marche.co en-marche.co. en-narche.com an-marche.fr
en-marches.com en-rnarche.fr en-mar-che.fr en-marche-2027.fr EN-MARCHE.INFO
en-marche.co.uk login.en-mаrche.evil.com en.marche.fr.connexion.info
mail.en-ma-rche.com en-narche-mail.com microsoftonline-en-marche.com donenmarche.fr enmarche92.com
en-marche.azurewebsites.net en-marhce.evil.com e-n-m-a-r-c-h-e.com https-en-marche.fr
marche-en-login.com mail-en-rnarhce.fr en-ma̲rche.fr εnmαrchε.com voteenmarche.fr rnarche-en.fr
mailen-marche.fr donen-marche.com secure-en-login-marche.fr jesoutiensenmarche.com
en-marche-lyon.fr microsoft-en-marche.com la-republique-en-marche.com jeunes-en-marche.fr
en-marche-mise-a-jour.com een-marche.fr enn-marshe.fr en-lqrche.fr 3n-m4rch3.fr webmail-marche.fr
en一marche.fr en・marche.com don一en一marche.com en-mɐɹche.fr
"""
COLLISIONS = """
supermarche.fr demarches-simplifiees.fr lebonmarche.com marchespublics.gouv.fr remarche.fr
jeanmarchese.com bonmarche.com hypermarche.fr marche-public.fr marchedunoel.fr la-marche.com
marchenordique.fr comarche.com marche.be marchand.com demarche.fr chiaramarchesiarchitetto.com
le-marche-de-paris.fr marche-shop.fr marche-france.com marche-en-ligne.fr en-marge.fr
mes-marches-publics.fr regione.marche.it bonnemarche.fr benmarchand.com womensmarch.com
bienmarche.fr lechienmarche.fr open-marche.com gardenmarche.com mon-marche.fr notre-marche.com
pieds-en-marche.fr afrique-en-marche.com en-marche-vers-la-sante.fr mise-en-marche.fr
marché-immobilier.fr marché.fr
denmark-travel.com industrie-en-marche.fr marche-de-noel-en-alsace.fr en-cuisine-au-marche.fr
marche-public-en-ligne.fr marche-nordique-en-bretagne.fr
"""


@pytest.mark.parametrize("name", DISGUISES.split())
def test_a_disguise_alerts(name):
    """Every technique of the founding case and of the peers' probes."""
    assert max((match.confidence for match in MATCHER.match(name)), default=0.0) >= 0.5


def test_every_disguise_is_found_in_a_list_too():
    """A list is read by another way than one name."""
    names = DISGUISES.split()
    found = MATCHER.scan("\n".join(names).encode())

    assert {hit.line for hit in found} >= set(range(len(names)))


@pytest.mark.parametrize("name", COLLISIONS.split())
def test_an_ordinary_name_stays_quiet(name):
    """Names that hold the keyword for reasons of their own."""
    assert all(match.confidence < 0.5 for match in MATCHER.match(name))


@pytest.mark.parametrize("name", ["github.io", "GITHUB.IO", "*.github.io"])
def test_what_everybody_registers_below_is_no_imitation(name):
    """Nobody but the registry can register a public suffix."""
    matcher = compile_matcher([Brand("github.com")])
    assert not matcher.match(name)
    assert not list(matcher.scan(name.encode()))
    assert matcher.match("github.de")


@pytest.mark.parametrize(
    "name",
    [
        "en-marche.fr",
        "www.en-marche.fr",
        "*.en-marche.fr",
        "mail.en-marche-doc.fr",
        "en-marche.ecureuil.org",
    ],
)
def test_own_and_ignored_names_never_match(name):
    """By label boundary."""
    assert MATCHER.match(name) == ()
    assert list(MATCHER.scan(name.encode())) == []


@pytest.mark.parametrize(
    "name", ["mail-en-marche.fr", "en-marche.fr.evil.com", "xen-marche-doc.fr"]
)
def test_a_name_is_not_owned_because_it_ends_alike(name):
    """Never by substring."""
    assert MATCHER.match(name)


@pytest.mark.parametrize(
    ("name", "brand", "technique", "term"),
    [
        ("en-marche.fr.evil.com", "en-marche.fr", "embedding", "en-marche.fr"),
        ("marche.fr", "en-marche.fr", "keyword", "marche"),
        ("makron.fr", "macron.fr", "soundalike", "macron"),
        ("malijet.com", "mailjet.com", "transposition", "mailjet"),
    ],
)
def test_a_match_is_called_what_was_done(name, brand, technique, term):
    """What keeps the sound, or lets two letters change places, is called so before all else."""
    match = compile_matcher([Brand(brand, ("marche",))]).match(name)[0]
    assert (match.technique, match.term) == (technique, term)


@pytest.mark.parametrize(
    ("name", "technique", "matched", "view"),
    [
        ("en-marche.co", "tld-swap", "en-marche", "raw"),
        ("mail-en-marhce.fr", "transposition+combosquatting", "en-marhce", "raw"),
        ("webmail-en-rnarche.com", "homoglyph+combosquatting", "en-rnarche", "fold"),
        ("www.xn--en-mrche-46g.com", "homograph+tld-swap", "xn--en-mrche-46g", "skeleton"),
        ("en.marche.fr-mail.net", "hyphenation+embedding", "en.marche", "glue"),
        ("en-marche-.fr", "hyphenation", "en-marche", "raw"),
        ("en-rnarche.fr", "homoglyph", "en-rnarche", "fold"),
        ("en-marchd.fr", "replacement", "en-marchd", "raw"),
        ("marche-en.fr", "token-order", "marche-en", "glue"),
        ("en-marches.fr", "plural", "en-marche", "raw"),
        ("en-marchee.fr", "repetition", "en-marche", "raw"),
        ("en-mache.fr", "omission", "en-mache", "raw"),
        ("an-marche.fr", "vowel-swap", "an-marche", "raw"),
        ("en-marchz.fr", "replacement", "en-marchz", "raw"),
        ("enmurcha.fr", "soundalike", "enmurcha", "glue"),
    ],
)
def test_a_match_says_how_and_where(name, technique, matched, view):
    """Technique, the letters as written, and the view in which they show."""
    match = MATCHER.match(name)[0]

    assert (match.technique, match.matched) == (technique, matched)
    assert match.name[slice(*match.span)] == matched
    assert match.term == "en-marche"
    assert match.view == view


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("webmail-en-rnarche.com", "`rn` stands for `m` in en-rnarche"),
        ("mail-en-marhce.fr", "`en-marhce` is 1 edit from en-marche (`hc` for `ch`)"),
        ("en-marche.fr.evil.com", "the name holds en-marche.fr, under the domain evil.com"),
        ("en-march3.com", "`3` stands for `e` in en-march3, under .com instead of .fr"),
        (
            "xn--en-mrche-46g.com",
            (
                "`xn--en-mrche-46g` shows as `en-mаrche`, which reads as en-marche"
                " (with Cyrillic small letter a), under .com instead of .fr"
            ),
        ),
        ("don-en-mаrche.com", "`en-mаrche` reads as en-marche (with Cyrillic small letter a)"),
        (
            "xn--don-en-mrche-49j.com",
            (
                "`xn--don-en-mrche-49j` shows as `don-en-mаrche`, where `en-mаrche` reads as"
                " en-marche (with Cyrillic small letter a)"
            ),
        ),
        (
            "en一marche.com",
            "`en一marche` reads as en-marche (with 一 for a hyphen), under .com instead of .fr",
        ),
        ("en・marche.fr", "`en・marche` reads as en-marche (with ・ for a hyphen), under .fr"),
        ("don-en-mаrhce.com", "`en-mаrhce` is nearly en-marche (with Cyrillic small letter a)"),
        ("en-marclie.com", "`li` stands for `h` in en-marclie, under .com instead of .fr"),
        ("en-rnarche.fr", "`rn` stands for `m` in en-rnarche, under .fr"),
        ("en-marchd.fr", "`en-marchd` is 1 edit from en-marche (`d` for `e`), under .fr"),
        (
            "en-rnarhce.fr",
            "`en-rnarhce` is 2 edits from en-marche (`rn` for `m`, `hc` for `ch`), under .fr",
        ),
        ("en-marxxe.fr", "`en-marxxe` is 2 edits from en-marche (`xx` for `ch`), under .fr"),
        ("een-marche.fr", "the name is en-marche and one character more, `e`, under .fr"),
        ("en-marche2.fr", "the name is en-marche and one character more, `2`, under .fr"),
        (
            "senmarche.fr",
            "the name is en-marche written `enmarche` and one character more, `s`, under .fr",
        ),
        ("en-marclhe.fr", "`en-marclhe` is 1 edit from en-marche (`l` put in), under .fr"),
        (
            "en-m\N{LATIN SMALL LETTER ALPHA}rche.fr",
            (
                "`en-m\N{LATIN SMALL LETTER ALPHA}rche` reads as en-marche"
                " (with Latin small letter alpha), under .fr"
            ),
        ),
        (
            "xn--en-marche-8yh.com",
            (
                "`xn--en-marche-8yh` shows as `en-marche\N{CYRILLIC SMALL LETTER A}`"
                " (with Cyrillic small letter a), which holds en-marche, under .com instead of .fr"
            ),
        ),
        (
            "en-marche\N{CYRILLIC SMALL LETTER A}.com",
            (
                "`en-marche\N{CYRILLIC SMALL LETTER A}` (with Cyrillic small letter a)"
                " holds en-marche, under .com instead of .fr"
            ),
        ),
        (
            "xn--en-marche-dns-s7k.com",
            (
                "`xn--en-marche-dns-s7k` shows as `en-marche-d\N{CYRILLIC SMALL LETTER O}ns`"
                " (with Cyrillic small letter o), which holds en-marche"
            ),
        ),
        ("en-marche.co", "the name holds en-marche, under .co instead of .fr"),
    ],
)
def test_a_match_gives_its_reason_in_words(name, sentence):
    """One sentence that a person understands."""
    assert MATCHER.match(name)[0].reason == sentence


@pytest.mark.parametrize(
    ("name", "brand", "technique", "sentence"),
    [
        (
            "nationbuiicler.com",
            "nationbuilder.com",
            "homoglyph",
            "`i` stands for `l`, `cl` stands for `d` in nationbuiicler, under .com",
        ),
        (
            "maxijet.com",
            "mailjet.com",
            "typo",
            "`maxijet` is 2 edits from mailjet (`x` for `i`, `i` for `l`), under .com",
        ),
        (
            "malinet.com",
            "mailjet.com",
            "typo",
            "`malinet` is 2 edits from mailjet (`li` for `il`, `n` for `j`), under .com",
        ),
        (
            "eb-narche.fr",
            "en-marche.fr",
            "typo",
            "`eb-narche` is 2 edits from en-marche (`b` for `n`, `n` for `m`), under .fr",
        ),
        (
            "mailset.com",
            "mailjet.com",
            "substitution",
            "`mailset` is 1 edit from mailjet (`s` for `j`), under .com",
        ),
    ],
)
def test_letters_that_pass_for_others_are_told_apart_from_edits(name, brand, technique, sentence):
    """A reader sees two letters where the fold sees one."""
    (match,) = compile_matcher([Brand(brand)]).match(name)
    assert (match.technique, match.reason) == (technique, sentence)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("citroen.fr", "the name holds citroën written `citroen`, under .fr"),
        ("citroën-.fr", "the name holds citroën, under .fr"),
    ],
)
def test_an_accent_left_out_is_told(name, sentence):
    """The brand's own name without it is its own in other letters; a hyphen is but that."""
    (match,) = compile_matcher([Brand("xn--citron-tva.fr")]).match(name)
    assert match.reason == sentence
    assert match.technique == ("hyphenation" if "-" in name else "homoglyph")


@pytest.mark.parametrize(
    ("name", "technique"),
    [
        ("citroën-promo.com", "combosquatting"),
        ("citrоën-promo.com", "homograph+combosquatting"),
        ("citröen-promo.com", "homograph+combosquatting"),
    ],
)
def test_the_brands_own_accents_are_no_disguise(name, technique):
    """A keyword may be written with them."""
    (match,) = compile_matcher([Brand("citroen.fr", ("citroën",))]).match(name)
    assert match.technique == technique


def test_a_name_keeps_its_form():
    """`name` is the text as it came; `unicode` is what it shows."""
    match = MATCHER.match("*.XN--en-mrche-46g.com")[0]

    assert match.name == "*.XN--en-mrche-46g.com"
    assert match.unicode == "xn--en-mrche-46g.com".replace("xn--en-mrche-46g", "en-mаrche")
    assert match.registrable == "xn--en-mrche-46g.com"


@pytest.mark.parametrize(
    "domain",
    [
        "en-marche.fr",
        "paypal.com",
        "dhl.com",
        "impots.gouv.fr",
        "lemonde.fr",
        "hm.com",
        "bmw.com",
        "mil.ae",
        "omniva.ee",
        "casino.com",
    ],
)
def test_every_dnstwist_permutation_matches(domain):
    """What dnstwist would register is among what is found; a bare suffix is no name."""
    fuzzer = dnstwist.Fuzzer(domain)
    fuzzer.generate()
    names = sorted({str(found["domain"]) for found in fuzzer.domains} - {domain, "hk.com"})
    found = {hit.line for hit in compile_matcher([Brand(domain)]).scan("\n".join(names).encode())}

    assert [name for line, name in enumerate(names) if line not in found] == []


def test_what_is_hardly_sure_is_no_match():
    """Under one in eighty, unless the label as a whole is a permutation of the brand's."""
    matcher = compile_matcher([Brand("oneill.com"), Brand("mil.ae")])

    assert matcher.match("marconeilz.se") == ()
    assert [match.confidence < 0.0125 for match in matcher.match("mal.ae")] == [True]


def test_each_brand_gets_its_own_match_strongest_first():
    """One name may imitate two brands."""
    matcher = compile_matcher([EN_MARCHE, Brand("onedrive.com")])
    matches = matcher.match("onedrive-en-marche.fr")

    assert {match.brand for match in matches} == {"en-marche.fr", "onedrive.com"}
    assert [match.confidence for match in matches] == sorted(
        (match.confidence for match in matches), reverse=True
    )


@pytest.mark.parametrize(
    ("name", "alerts"),
    [("orannge-orange.be", True), ("orange-orannge.be", True), ("orange-orange.be", False)],
)
def test_a_word_by_itself_hides_no_edited_one_beside_it(name, alerts):
    """It explains what is near its own letters, and no others."""
    (match,) = compile_matcher([Brand("orange.fr")]).match(name)
    assert (match.confidence >= 0.5) == alerts


def test_no_brands_find_nothing():
    """An empty matcher is a matcher."""
    matcher = compile_matcher([])

    assert matcher.match("en-marche.co") == ()
    assert list(matcher.scan(b"en-marche.co\nx.com")) == []


@pytest.mark.parametrize(
    "domain", ["x.com", "gov.uk", "xn--caf-dma.fr", "1inch.io", "not a domain", "12.fr"]
)
def test_odd_brands_compile(domain):
    """One letter, a public suffix, an IDN, digits, nonsense: no exception."""
    matcher = compile_matcher([Brand(domain, ("", "a", "é", "--"))])

    assert list(matcher.scan(b"example.com\nxn--caf-dma.com")) is not None
    assert matcher.match("example.org") == ()


@pytest.mark.parametrize(
    ("name", "brand"),
    [("l٠gin-secure.com", "login.gov"), ("1in·h.fr", "1inch.io"), ("y१utu.fr", "youtu.be")],
)
def test_a_character_that_looks_like_no_letter_is_one_edit_of_a_short_term(name, brand):
    """In a block as in a name by itself, in Unicode as in A-labels."""
    matcher = compile_matcher([Brand(brand)])
    written = (name, to_ascii(name))
    found = [hit.match for hit in matcher.scan("\n".join(written).encode())]
    assert found == [match for text in written for match in matcher.match(text)]
    assert [match.confidence >= 0.5 for match in found] == [True, True]


def test_a_sentence_is_the_same_whatever_is_passed_over():
    """The longest find tells it, though that alone is less sure than what is asked for."""
    matcher = compile_matcher([Brand("grandmaster.com", ("master",))])
    (hit,) = matcher.scan(b"en-mastew.fr", least=0.5)
    assert (hit.match,) == matcher.match("en-mastew.fr")
    assert hit.match.matched == "mastew"
