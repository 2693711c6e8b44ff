"""Names from anywhere: parsed, or refused with NotAName and nothing else."""

from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tldextract import TLDExtract

from hunter import names
from hunter.errors import NotAName

LABELS = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True)
FOREIGN_LABELS = st.text(
    st.characters(categories=("Ll", "Lo", "Nd", "Mn"), max_codepoint=0xFFFF),
    min_size=1,
    max_size=12,
)
NAMES = st.lists(st.one_of(LABELS, FOREIGN_LABELS), min_size=1, max_size=4).map(
    lambda labels: ".".join([*labels, "fr"])
)
ANYTHING = st.one_of(st.text(max_size=300), NAMES, st.text("xn-.*aé\u200d。\ud800 ", max_size=40))


@pytest.mark.parametrize(
    ("text", "expected", "suffix", "registrable"),
    [
        ("mail-en-marche.fr", "mail-en-marche.fr", "fr", "mail-en-marche.fr"),
        (" WWW.En-Marche.FR. ", "www.en-marche.fr", "fr", "en-marche.fr"),
        ("*.shop.example.co.uk", "shop.example.co.uk", "co.uk", "example.co.uk"),
        ("a.b.pages.dev", "a.b.pages.dev", "pages.dev", "b.pages.dev"),
        ("x.interieur.gouv.fr", "x.interieur.gouv.fr", "gouv.fr", "interieur.gouv.fr"),
        ("deep.down.nosuchtld", "deep.down.nosuchtld", "nosuchtld", "down.nosuchtld"),
        ("café。fr", "xn--caf-dma.fr", "fr", "xn--caf-dma.fr"),
        ("straße.de", "xn--strae-oqa.de", "de", "xn--strae-oqa.de"),
        ("_dmarc.example.com", "_dmarc.example.com", "com", "example.com"),
        ("co.uk", "co.uk", "co.uk", "co.uk"),
        ("ﬁscal-ＭＡＲＣＨＥ.fr", "fiscal-marche.fr", "fr", "fiscal-marche.fr"),
        ("💩.la", "xn--ls8h.la", "la", "xn--ls8h.la"),
        (f"{'a' * 63}.fr", f"{'a' * 63}.fr", "fr", f"{'a' * 63}.fr"),
        (f"{'a.' * 125}fr.", f"{'a.' * 125}fr", "fr", "a.fr"),
        (f"a{'a.' * 125}fr", f"a{'a.' * 125}fr", "fr", "a.fr"),
    ],
)
def test_a_name_is_parsed_whatever_its_dress(
    text: str, expected: str, suffix: str, registrable: str
) -> None:
    """Case, wildcard, trailing dot, foreign dots and Unicode do not matter."""
    name = names.parse(text)

    assert (name.text, name.suffix, name.registrable) == (expected, suffix, registrable)
    assert name.labels == tuple(expected.split("."))


def test_a_name_on_a_platform_is_told_as_such() -> None:
    """The registration of `pages.dev` tells nothing of who made a site on it."""
    assert names.parse("campagne.pages.dev").private_suffix
    assert names.parse("campagne.weebly.com").private_suffix
    assert not names.parse("campagne.fr").private_suffix


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "fr", "192.0.2.7", "a..fr", ".fr", "a b.fr", "http://en-marche.fr/"),
        *("x" * 64 + ".fr", "x." * 130 + "fr", "é" * 64 + ".fr", "a.fr/x", "x@y.fr"),
        *("*.*.fr", "a\x00b.fr", "[::1]"),
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    """Addresses, URLs, empty and overlong labels and odd characters are no names."""
    with pytest.raises(NotAName):
        names.parse(text)


def test_an_overlong_name_is_refused_before_it_is_encoded() -> None:
    """Punycode of so many different letters takes minutes, and nothing else is done meanwhile."""
    label = "".join(map(chr, range(0x4E00, 0x9C00)))

    for text in (label, f"{label}.fr", f"www.{label}.fr"):
        with pytest.raises(NotAName, match="longer than 253"):
            names.to_ascii(text)


@given(ANYTHING)
@example("xn--.fr")
@example("xn--a.fr")
@example("xn--99999999.fr")
@example("\u2100.fr")
def test_no_text_raises_anything_but_not_a_name(text: str) -> None:
    """Whatever a feed holds, it is a name in DNS's limits or NotAName."""
    try:
        name = names.parse(text)
    except NotAName:
        return

    assert name.text.isascii()
    assert name.text == name.text.lower()
    assert len(name.text) <= 253
    assert all(0 < len(label) <= 63 for label in name.labels)
    assert names.is_under(name.text, name.registrable)
    assert names.is_under(name.registrable, name.suffix)
    assert len(name.unicode.split(".")) == len(name.labels)
    assert name.unicode.isprintable()


@given(ANYTHING)
def test_to_ascii_is_idempotent(text: str) -> None:
    """A name once normalised stays as it is; so the same name is always the same key."""
    try:
        once = names.to_ascii(text)
    except NotAName:
        return

    assert names.to_ascii(once) == once


@given(NAMES)
def test_a_parsed_name_parses_to_itself(text: str) -> None:
    """Nothing is lost between the name as stored and the name as parsed again."""
    try:
        name = names.parse(text)
    except NotAName:
        return

    assert names.parse(name.text) == name


@given(st.text(max_size=80))
def test_unicode_form_never_raises_and_keeps_the_shape(text: str) -> None:
    """An A-label that hides a dot or a control character is shown undecoded."""
    assert names.to_unicode(text).count(".") == text.count(".")


def test_the_unicode_form_is_what_people_would_see() -> None:
    """A Cyrillic lookalike is shown with its Cyrillic letters; broken Punycode as it stands."""
    assert names.to_unicode("xn--pple-43d.com") == "аpple.com"
    assert names.to_unicode("xn--0.com") == "xn--0.com"


def test_a_name_is_under_another_label_by_label() -> None:
    """`mail-en-marche.fr` ends like `en-marche.fr` and is not under it."""
    assert names.is_under("en-marche.fr", "en-marche.fr")
    assert names.is_under("don.en-marche.fr", "en-marche.fr")
    assert not names.is_under("mail-en-marche.fr", "en-marche.fr")
    assert not names.is_under("en-marche.fr.evil.com", "en-marche.fr")


def test_registrable_is_that_of_the_parsed_name() -> None:
    """The short way to a registrable domain refuses what is no name too."""
    assert names.registrable("WWW.Example.co.uk.") == "example.co.uk"
    with pytest.raises(NotAName):
        names.registrable("localhost")


@given(st.text(max_size=60))
def test_a_defanged_text_holds_nothing_to_click(text: str) -> None:
    """No dot and no at-sign is left bare."""
    bare = names.defang(text).replace("[.]", "").replace("[@]", "")

    assert "." not in bare
    assert "@" not in bare


def test_every_suffix_rule_of_the_list_is_known() -> None:
    """The matcher reads the same list that `parse` goes by."""
    assert {"fr", "co.uk", "pages.dev", "*.ck", "!www.ck"} <= names.suffix_rules()


@pytest.mark.parametrize(
    ("text", "registrable"),
    [
        ("www.don-en-marche.weebly.com", "don-en-marche.weebly.com"),
        ("en-marche.z13.web.core.windows.net", "en-marche.z13.web.core.windows.net"),
        ("weebly.com", "weebly.com"),
    ],
)
def test_a_site_on_a_host_that_the_list_leaves_out_is_a_name_of_its_own(
    text: str, registrable: str
) -> None:
    """Else whoever imitates there second would be told as a part of the first."""
    assert names.parse(text).registrable == registrable


SHARED_HOSTS = (files("hunter") / "data" / "shared_hosts.txt").read_text("ascii").splitlines()
RULES = frozenset(TLDExtract(suffix_list_urls=(), include_psl_private_domains=True).tlds) | {
    line for line in SHARED_HOSTS if line and not line.startswith("#")
}


def prevailing_suffix(name: str) -> str:
    """The algorithm of publicsuffix.org, word by word, over the list as tldextract reads it."""
    labels = names.to_unicode(name).split(".")
    tails = [labels[at:] for at in range(len(labels))]
    if any("!" + ".".join(tail) in RULES for tail in tails):
        exception = next(tail for tail in tails if "!" + ".".join(tail) in RULES)
        length = len(exception) - 1
    else:
        forms = ([".".join(tail), ".".join(["*", *tail[1:]])] for tail in tails)
        fitting = (len(form.split(".")) for pair in forms for form in pair if form in RULES)
        length = max(fitting, default=1)
    return ".".join(name.split(".")[-length:])


@given(st.sampled_from(sorted(RULES)), st.lists(LABELS, max_size=3), LABELS)
def test_the_suffix_is_the_one_that_prevails(rule: str, below: list[str], label: str) -> None:
    """For names at, above and below every rule, foreign scripts and wildcards too."""
    tail = rule.removeprefix("!").replace("*", label)
    name = names.to_ascii(".".join([*below, tail]))
    if "." in name:
        assert names.parse(name).suffix == prevailing_suffix(name)


def test_a_platform_is_told_from_a_registry_by_the_list() -> None:
    """For every rule of the list, as tldextract tells them apart, and every host it leaves out."""
    registries = frozenset(TLDExtract(suffix_list_urls=()).tlds)
    plain = [rule for rule in RULES if not rule.startswith(("!", "*")) and "." in rule]

    wrong = [rule for rule in plain if names.parse(rule).private_suffix is (rule in registries)]

    assert wrong == []


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("www.en-marche.fr", "en-marche.fr"),
        ("www.post.japanpost.jp", "post.japanpost.jp"),
        ("www.gouv.fr", ""),
        ("mail.en-marche.fr", ""),
        ("www.github.io", ""),
        ("wwwen-marche.fr", ""),
    ],
)
def test_a_website_s_host_stands_before_a_domain(text: str, domain: str) -> None:
    """Where `www` itself is what somebody registered, it is no host."""
    assert names.behind_www(names.parse(text)) == domain


def test_of_several_hosts_each_domain_comes_once() -> None:
    """What is no name is left out."""
    hosts = ("ns2.monovm.com", "no name", "ns1.monovm.com", "a.monovm.co.uk")

    assert names.registrables(hosts) == ("monovm.com", "monovm.co.uk")
