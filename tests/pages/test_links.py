"""Links of pages, however broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunter.pages.links import domain_of, embedded, joined


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("/a", "http://x.fr/a"),
        ("//y.fr/b", "http://y.fr/b"),
        ("", "http://x.fr/"),
        ("http://[", ""),
        (r"\\y.fr\b?c=\d", r"http://y.fr/b?c=\d"),
        (r"/\y.fr", "http://y.fr"),
        ("///y.fr/b", "http://y.fr/b"),
        ("https:y.fr/b", "https://y.fr/b"),
        ("http:y.fr/b", "http://x.fr/y.fr/b"),
        ("http:https:y.fr/b", "http://x.fr/https:y.fr/b"),
        ("http:?a:b", "http://x.fr/?a:b"),
        ("//a%40b:c%3A@%79%2Efr:80/%62", "http://a%40b:c%3A@y.fr:80/%62"),
        ("//x.fr%2F.y.fr/", "http://x.fr%2F.y.fr/"),
        ("//[fe80::1%251]/", "http://[fe80::1%251]/"),
        (" ht\ntp://y.fr/b\0", "http://y.fr/b"),
        (r"data:,\a", r"data:,\a"),
        (r"a\b", "http://x.fr/a/b"),
    ],
)
def test_a_target_is_seen_from_its_page(target: str, found: str) -> None:
    """As browsers see it, to whom a backslash is a slash; a link that is none is empty."""
    assert joined("http://x.fr/", target) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://u:p@mail.X.co.uk:8443/a", "x.co.uk"),
        ("http://127.0.0.1/", ""),
        ("mailto:a@b.fr", ""),
        ("http://[::1]/", ""),
        ("http://[", ""),
    ],
)
def test_a_url_belongs_to_a_domain(url: str, found: str) -> None:
    """Addresses and what is no web link belong to none."""
    assert domain_of(url) == found


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("data:image/png;base64,aWNvbg==", b"icon"),
        ("DATA:image/svg+xml,%3Csvg%3E", b"<svg>"),
        ("data:image/png;base64,a", b""),
        ("data:", None),
        ("https://x.fr/favicon.ico", None),
    ],
)
def test_an_embedded_file_is_taken_out(url: str, found: bytes | None) -> None:
    """RFC 2397, in both writings."""
    assert embedded(url) == found


@given(st.text(max_size=80))
def test_no_text_breaks_them(text: str) -> None:
    """Whatever a page holds, nothing is raised."""
    assert domain_of(joined("https://x.fr/", text)) == domain_of(joined("https://x.fr/", text))
    embedded(f"data:;base64,{text}")
