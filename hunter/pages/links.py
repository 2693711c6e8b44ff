"""The links of a page: whole URLs and whose they are, however broken they were written."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterable, Sequence
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from hunter import names
from hunter.errors import NotAName
from hunter.model import Brand
from hunter.net.urls import as_browsers_read

_LEAST = 4
"""Letters of a word that is looked for; a shorter one stands in many others."""


def joined(base: str, target: str) -> str:
    """The target as seen from the page at `base`; empty when it is no link."""
    try:
        return urljoin(base, as_browsers_read(target, urlsplit(base).scheme))
    except ValueError:
        return ""


def base_of(url: str, base: str) -> str:
    """What the links of the page at `url` are relative to, where it says so in `base`."""
    found = joined(url, base)
    return found if found.lower().startswith(("http:", "https:")) else url


def domain_of(url: str) -> str:
    """The registrable domain of the URL's host; empty when it has none."""
    try:
        return names.registrable(urlsplit(url).hostname or "")
    except (NotAName, ValueError):
        return ""


def host_of(url: str) -> str:
    """The URL's host, as names are stored; empty where that is no name."""
    try:
        return names.parse(urlsplit(url).hostname or "").text
    except (NotAName, ValueError):
        return ""


def imitating(hosts: Sequence[str], domain: str, brands: Iterable[Brand]) -> tuple[str, ...]:
    """The hosts under the domain with a word of a brand's that the domain itself does not hold."""
    labels = {word for one in brands for word in (one.domain.partition(".")[0], *one.keywords)}
    words = [word for word in map(_plain, labels) if len(word) >= _LEAST]
    if any(word in _plain(domain) for word in words):
        return ()
    return tuple(host for host in hosts if any(word in _plain(host) for word in words))


def _plain(text: str) -> str:
    return text.lower().replace("-", "")


def embedded(url: str) -> bytes | None:
    """What a `data:` URL holds (RFC 2397); None for any other URL."""
    head, comma, data = url.partition(",")
    if not comma or not head.lower().startswith("data:"):
        return None
    content = unquote_to_bytes(data)
    if not head.lower().endswith(";base64"):
        return content
    try:
        return b64decode(content)
    except NotBase64:
        return b""
