"""Parse, normalise and defang DNS names. The only user of tldextract and idna.

Sources: RFC 1035 and 2181 (lengths), RFC 3492 (Punycode), UTS #46 (mapping), publicsuffix.org.
"""

from functools import lru_cache

import idna
import tldextract

from hunter.errors import NotAName
from hunter.model import Name

_MAX_NAME = 253
_MAX_LABEL = 63
_LABEL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_DOTS = str.maketrans("。．｡", "...")

# An empty list of addresses keeps tldextract off the network: it uses the list shipped with it.
_SUFFIXES = tldextract.TLDExtract(
    suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True
)


def parse(text: str) -> Name:
    """The name in `text`, which may be Unicode, a wildcard, upper case or end in a dot.

    Raises NotAName for addresses, empty or overlong labels, and characters no name can hold.
    """
    ascii_text = to_ascii(text)
    found = _SUFFIXES.extract_str(ascii_text)
    if found.ipv4 or "." not in ascii_text:
        raise NotAName(f"{text!r} is not a domain name")
    return Name(
        text=ascii_text,
        unicode=to_unicode(ascii_text),
        suffix=found.suffix or ascii_text.rpartition(".")[2],
        registrable=_registrable(found, ascii_text),
        private_suffix=found.is_private,
    )


def _registrable(found: tldextract.ExtractResult, text: str) -> str:
    if found.suffix:
        return f"{found.domain}.{found.suffix}" if found.domain else text
    # An unknown top-level domain: PSL's rule `*` applies.
    return ".".join(text.split(".")[-2:])


def suffix_rules() -> frozenset[str]:
    """Every rule of the public suffix list, private ones too: `co.uk`, `*.ck`, `!www.ck`."""
    return frozenset(_SUFFIXES.tlds)


def to_ascii(text: str) -> str:
    """The name in lower-case A-labels, without wildcard and trailing dot; raises NotAName."""
    name = text.strip().translate(_DOTS).removeprefix("*.").removesuffix(".").lower()
    if not name.isascii():
        name = ".".join(_label_to_ascii(label) for label in name.split("."))
    labels = name.split(".")
    if len(name) > _MAX_NAME:
        raise NotAName(f"longer than {_MAX_NAME} characters")
    for label in labels:
        _check(label, text)
    return name


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
    if len(label) > _MAX_LABEL:
        raise NotAName(f"{text[:80]!r} has a label longer than {_MAX_LABEL} characters")
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


def registrable(text: str) -> str:
    """The registrable domain of the name in `text`; raises NotAName."""
    return parse(text).registrable


def is_under(name: str, parent: str) -> bool:
    """Whether `name` is `parent` or a host below it, label by label and never by substring."""
    return name == parent or name.endswith("." + parent)


def defang(text: str) -> str:
    """Domains and addresses in a form nobody can click: `en-marche[.]fr`, `x[@]y[.]z`."""
    return text.replace(".", "[.]").replace("@", "[@]")
