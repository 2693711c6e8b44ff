"""Parse, normalise and defang DNS names. The only user of tldextract and idna.

Sources: RFC 1035 and 2181 (lengths), RFC 3492 (Punycode), UTS #46 (mapping), publicsuffix.org.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

import idna

from hunter.errors import NotAName
from hunter.model import Name

MAX_NAME = 253
MAX_LABEL = 63
_LABEL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_DOTS = str.maketrans("。．｡", "...")

_RULE = re.compile(r"^[.*!]*\w\S*", re.MULTILINE)
_PRIVATE_PART = "// ===BEGIN PRIVATE DOMAINS==="
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


def parse(text: str) -> Name:
    """The name in `text`, which may be Unicode, a wildcard, upper case or end in a dot.

    Raises NotAName for addresses, empty or overlong labels, and characters no name can hold.
    """
    ascii_text = domain_name(text)
    at = suffix_at(ascii_text)
    suffix = ascii_text[at:]
    return Name(
        text=ascii_text,
        unicode=to_unicode(ascii_text),
        suffix=suffix,
        registrable=_above_suffix(ascii_text, at),
        private_suffix=is_private(suffix),
    )


def domain_name(text: str) -> str:
    """`parse`'s name in ASCII, and nothing else about it; raises NotAName."""
    ascii_text = to_ascii(text)
    if "." not in ascii_text or _IPV4.fullmatch(ascii_text):
        raise NotAName(f"{text!r} is not a domain name")
    return ascii_text


def _above_suffix(name: str, at: int) -> str:
    """What is registered: the suffix and one label; all of it where the name is a suffix."""
    return name[name.rfind(".", 0, at - 1) + 1 :] if at else name


def suffix_at(name: str) -> int:
    """Where in the lower-case ASCII name its public suffix begins, after publicsuffix.org."""
    rules, above, wild, exceptions = suffix_tables()
    found = at = name.rfind(".") + 1
    tail = name[at:]
    while at and tail in above:
        parent, at = tail, name.rfind(".", 0, at - 1) + 1
        tail = name[at:]
        if tail in exceptions:
            return len(name) - len(parent)
        if tail in rules or parent in wild:
            found = at
    return found


def is_private(suffix: str) -> bool:
    """Whether whoever runs the suffix is no registry but a platform."""
    rules = suffix_tables().private
    by = (suffix, "*." + suffix.partition(".")[2], "*." + suffix)
    return next((rules[rule] for rule in by if rule in rules), False)


@cache
def suffix_rules() -> frozenset[str]:
    """Every rule of the public suffix list and of `data/shared_hosts.txt`: `co.uk`, `!www.ck`."""
    return frozenset(suffix_tables().private)


class SuffixTables(NamedTuple):
    """The public suffix list and the hosts it leaves out, ready to be asked label by label."""

    private: dict[str, bool]
    """Every rule and whether it is private."""
    above: frozenset[str]
    """Every text below which there is another rule."""
    wild: frozenset[str]
    """What any one label may stand before, and ..."""
    exceptions: frozenset[str]
    """... which of these are no suffixes."""


@cache
def suffix_tables() -> SuffixTables:
    """The rules as they were when the program began to need them."""
    registries, _, platforms = _public_suffix_list().partition(_PRIVATE_PART)
    rules = dict.fromkeys(_as_names(registries), False)
    rules |= dict.fromkeys(_as_names(platforms + _shared_hosts()), True)
    above: set[str] = set()
    for rule in rules:
        _, dot, rest = rule.removeprefix("!").partition(".")
        while dot and rest not in above:
            above.add(rest)
            _, dot, rest = rest.partition(".")
    return SuffixTables(
        private=rules,
        above=frozenset(above),
        wild=frozenset(rule[2:] for rule in rules if rule.startswith("*.")),
        exceptions=frozenset(rule[1:] for rule in rules if rule.startswith("!")),
    )


def _public_suffix_list() -> str:
    """The list that tldextract ships; its code takes as long to import as a whole search."""
    package = find_spec("tldextract")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name(".tld_set_snapshot").read_text("utf-8")


def _shared_hosts() -> str:
    return (files("hunter") / "data" / "shared_hosts.txt").read_text("ascii")


def _as_names(part: str) -> Iterator[str]:
    for rule in _RULE.findall(part):
        yield rule if rule.isascii() else ".".join(map(_punycode, rule.split(".")))


def to_ascii(text: str) -> str:
    """The name in lower-case A-labels, without wildcard and trailing dot; raises NotAName."""
    name = text.strip().translate(_DOTS).removeprefix("*.").removesuffix(".").lower()
    # Before it is encoded: that takes minutes for a label of ten thousand ideographs.
    _check_length(name)
    if not name.isascii():
        name = ".".join(_label_to_ascii(label) for label in name.split("."))
        _check_length(name)
    for label in name.split("."):
        _check(label, text)
    return name


def _check_length(name: str) -> None:
    if len(name) > MAX_NAME:
        raise NotAName(f"longer than {MAX_NAME} characters")


def _label_to_ascii(label: str) -> str:
    try:
        return idna.encode(label, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return _punycode(label)


def _punycode(label: str) -> str:
    """Names that IDNA 2008 forbids are registered all the same; keep them comparable."""
    if label.isascii():
        return label
    try:
        return "xn--" + label.encode("punycode").decode("ascii")
    except UnicodeError as error:
        raise NotAName(f"{label!r} cannot be written as a DNS label") from error


def _check(label: str, text: str) -> None:
    if not label:
        raise NotAName(f"{text[:80]!r} has an empty label")
    if len(label) > MAX_LABEL:
        raise NotAName(f"{text[:80]!r} has a label longer than {MAX_LABEL} characters")
    if not _LABEL.issuperset(label):
        raise NotAName(f"{text[:80]!r} has a character that no domain name holds")


@lru_cache(maxsize=65536)
def to_unicode(name: str) -> str:
    """The name with every A-label decoded; a label that does not decode stays as it is."""
    if "xn--" not in name:
        return name
    return ".".join(_label_to_unicode(label) for label in name.split("."))


def _label_to_unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
    # A label that decodes to something with a dot or a control would change the name's shape.
    return decoded if decoded.isprintable() and "." not in decoded else label


@lru_cache(maxsize=65536)
def registrable(text: str) -> str:
    """The registrable domain of the name in `text`; raises NotAName."""
    ascii_text = domain_name(text)
    return _above_suffix(ascii_text, suffix_at(ascii_text))


def registrable_or_same(text: str) -> str:
    """The registrable domain of the name in `text`; the text itself where it is no name."""
    try:
        return registrable(text)
    except NotAName:
        return text


def registrables(texts: Iterable[str]) -> tuple[str, ...]:
    """The registrable domains of those that are names, each once."""
    found: dict[str, None] = {}
    for text in texts:
        try:
            found[registrable(text)] = None
        except NotAName:
            continue
    return tuple(found)


def behind_www(name: Name) -> str:
    """The domain whose website that is; empty where it is none, as `www.gouv.fr`."""
    website = name.text.startswith("www.") and name.text != name.registrable
    return name.text.removeprefix("www.") if website else ""


def is_under(name: str, parent: str) -> bool:
    """Whether `name` is `parent` or a host below it, label by label and never by substring."""
    return name == parent or name.endswith("." + parent)


def host_of(name: str, span: tuple[int, int], domain: str) -> str:
    """The host from the label in which the span begins; the domain, if the span goes into that."""
    start, end = span
    name = name.lower().rstrip().removesuffix(".")
    host = name[name.rfind(".", 0, start) + 1 :].strip()
    is_below = start < end <= len(name) - len(domain) and host.endswith(f".{domain}")
    return host if is_below else domain


def refang(text: str) -> str:
    """What people type, or copy from an alert or a table, as it is kept: not defanged, in NFC.

    Some keyboards, and names of files on a Mac, write an accent as a letter of its own.
    """
    return normalize("NFC", text.replace("[.]", ".").replace("[@]", "@"))


def defang(text: str) -> str:
    """Domains and addresses in a form nobody can click: `en-marche[.]fr`, `x[@]y[.]z`."""
    return text.replace(".", "[.]").replace("@", "[@]")
