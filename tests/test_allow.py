"""Owned and ignored names, and entries that would silence strangers."""

import pytest

from hunter.allow import allow_list, covered_by, faults_in
from hunter.model import Brand

BRAND = Brand(
    "en-marche.fr",
    owned=("en-marche-doc.fr",),
    ignored=("partner.org", "blog.host.com", "*.cdn.net"),
)


@pytest.mark.parametrize(
    ("name", "covered"),
    [
        ("en-marche.fr", True),
        ("a.b.en-marche.fr", True),
        ("mail-en-marche.fr", False),
        ("en-marche-doc.fr", True),
        ("www.en-marche-doc.fr", True),
        ("partner.org", True),
        ("www.partner.org", True),
        ("partner.org.evil.com", False),
        ("blog.host.com", True),
        ("host.com", False),
        ("cdn.net", False),
        ("x.cdn.net", True),
        ("y.x.cdn.net", True),
        ("xcdn.net", False),
    ],
)
def test_entries_cover_names_by_label(name, covered):
    """A domain with its hosts, a host with what is below, a pattern without its anchor."""
    assert allow_list(BRAND).covers(name) is covered
    assert bool(covered_by(BRAND, name)) is covered


def test_the_entry_that_covers_a_name_is_told():
    """Of many nobody finds the one that silenced it."""
    assert covered_by(BRAND, "x.en-marche-doc.fr") == "en-marche-doc.fr in owned"
    assert covered_by(BRAND, "y.x.cdn.net") == "*.cdn.net in ignored"


@pytest.mark.parametrize(
    "entry",
    [
        "fr",
        "co.uk",
        "*.fr",
        "*.co.uk",
        "pages.dev",
        "*.github.io",
        "*",
        "*.*",
        "en-*.fr",
        "*en-marche.fr",
        "a.*.fr",
        "",
        "10.0.0.1",
        "a b.fr",
    ],
)
def test_an_entry_that_covers_strangers_is_refused_with_the_reason(entry):
    """Public suffixes, private ones too, and patterns that are not anchored."""
    faults = faults_in([entry], BRAND)

    assert [fault[0] for fault in faults] == [entry]
    assert len(faults[0][1]) > 20


def test_sound_entries_have_no_faults():
    """Domain, host, anchored pattern, a host on a platform."""
    assert faults_in(["a.fr", "b.a.fr", "*.a.fr", "me.pages.dev", "*.me.pages.dev"], BRAND) == []


@pytest.mark.parametrize(
    ("brand", "entry", "refused"),
    [
        ("en-marche.github.io", "github.io", "beside en-marche.github.io"),
        ("en-marche.github.io", "*.github.io", "beside en-marche.github.io"),
        ("en-marche.fr", "github.io", "everyone's domains"),
        ("gouv.fr", "gouv.fr", ""),
        ("gouv.fr", "*.gouv.fr", ""),
    ],
)
def test_a_brand_under_a_suffix_has_neighbours_there(brand, entry, refused):
    """Whose brand is the suffix itself has none."""
    reasons = [reason for _, reason in faults_in([entry], Brand(brand))]

    assert bool(reasons) == bool(refused)
    assert all(refused in reason for reason in reasons)
