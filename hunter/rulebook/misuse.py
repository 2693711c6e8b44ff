"""What is wrong when a modifier, keyword, network or condition does not fit, and how to mend it."""

import re
from collections.abc import Container, Iterable, Sequence
from ipaddress import ip_interface, ip_network

from hunter.rulebook.fitting import COMPARING
from hunter.rulebook.hints import TYPE_SPACES, UNBREAKABLE

_FLAGS = frozenset({"i", "m", "s", "ignorecase", "multiline", "dotall"})
_BY_OTHER_NAMES = {
    **dict.fromkeys(("eq", "equals", "is"), "leave it out: a plain value must be the same"),
    **dict.fromkeys(("in", "any", "or"), "leave it out and list the values: any of them will do"),
    **dict.fromkeys(("like", "glob"), "leave it out: * and ? stand for any text in a plain value"),
    **dict.fromkeys(("not", "ne", "!="), "did you mean 'neq'?"),
    **dict.fromkeys(("regex", "regexp"), "did you mean 're'?"),
    **dict.fromkeys(("ip", "ipv4", "ipv6", "network", "subnet"), "did you mean 'cidr'?"),
    **dict.fromkeys(("beginswith", "begins", "prefix"), "did you mean 'startswith'?"),
    **dict.fromkeys(("less", "below"), "did you mean 'lt'?"),
    **dict.fromkeys(("more", "above"), "did you mean 'gt'?"),
    **dict.fromkeys(("min", "max"), "did you mean 'gte' (at least) or 'lte' (at most)?"),
}
"""Modifiers of other languages → what they are called here."""
_STOP = re.compile(r"found .+?\s+\(at char (\d+)\)")
"""How pySigma's parser ends its message."""
_HYPHENED = re.compile(r"-[A-Za-z0-9_-]*\*")
_SHAPES = ("contains", "startswith", "endswith")
_ANCHORS = {"startswith": "^ in front of the", "endswith": "$ behind the"}
_TURNING = frozenset({"fieldref", "base64", "base64offset", "wide", "utf16", "utf16be", "utf16le"})
"""Modifiers that make something else of the value; its shape is said of what comes out."""
_TEST = re.compile(r"\s*([A-Za-z0-9_]+)\|([a-z0-9]+)")
_PAIR = re.compile(r"\s*([A-Za-z0-9_]+):(?=\S)")
"""A field and its value without the space that YAML wants between them."""


def of_name(modifier: str) -> str:
    """The hint for a modifier that is called otherwise elsewhere; empty for others."""
    return _BY_OTHER_NAMES.get(modifier.lower(), "")


def of_expression(modifiers: Sequence[str]) -> tuple[str, str] | None:
    """The message and hint for an end of the text that a regular expression is not bound to."""
    end = next((one for one in modifiers[1:] if modifiers[0] == "re" and one in _ANCHORS), "")
    if not end:
        return None
    message = f"a regular expression is found anywhere, whatever '|{end}' says"
    return message, f"leave '|{end}' out, and write {_ANCHORS[end]} expression"


def of_modifiers(modifiers: Iterable[str], value: object) -> tuple[str, str]:
    """The message and hint when pySigma says only that a modifier and its value do not go together.

    Both are empty when there is nothing better to say than what pySigma says.
    """
    named = list(modifiers)
    flags = [one for one in named if one in _FLAGS]
    if flags and (named.index(flags[0]) == 0 or named[named.index(flags[0]) - 1] not in _AFTER):
        return f"'|{flags[0]}' belongs to a regular expression", f"write it as '|re|{flags[0]}'"
    shape, turning = _out_of_order(named)
    if turning:
        return f"'|{turning}' comes before '|{shape}'", f"write it as '|{turning}|{shape}'"
    if "re" in named and "cased" in named:
        return "a regular expression minds case already", "leave '|cased' out"
    if len(COMPARING.intersection(named)) > 1:
        hint = "write each on a line of its own: '|gte: 1' and '|lt: 5'"
        return "compares twice in one line", hint
    return _of_text(named, value)


def _of_text(named: list[str], value: object) -> tuple[str, str]:
    """What modifiers that look into text cannot look for."""
    if value is None:
        hint = "write one behind the colon; 'field|exists: false' asks for none"
        return f"'|{'|'.join(named)}' has no value to look for", hint
    if isinstance(value, bool | int | float):
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        hint = f"put quotes around it: '{shown}'; to compare numbers use |gt, |gte, |lt, |lte"
        return f"'|{'|'.join(named)}' looks into text, and {shown} is none", hint
    return "", ""


_AFTER = _FLAGS | {"re"}


def _out_of_order(named: list[str]) -> tuple[str, str]:
    """A shape, and what should stand before it and does not; both empty when all is in order."""
    shape = next((one for one in named if one in _SHAPES), "")
    later = named[named.index(shape) :] if shape else []
    turning = next((one for one in later if one in _TURNING), "")
    return shape, turning


def of_networks(written: Iterable[object]) -> str:
    """The hint for the first network that cannot be read: with bits of a host, both it may mean."""
    odd = next((one for one in written if not _is_network(str(one))), "")
    try:
        found = ip_interface(str(odd))
    except ValueError:
        return "write it as 193.29.187.0/24 or 2606:4700::/32"
    return f"write {found.network}, or {found.ip} for the one address"


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


def of_keyword(written: object, fields: Container[str], modifiers: Container[str]) -> str:
    """The hint for a keyword that is meant as a test of a field; empty for other keywords."""
    text = str(written)
    pair = _PAIR.match(text)
    if pair is not None and pair[1] in fields:
        return f"put a space behind the colon; for the text itself write '*{text.strip()}*'"
    found = _TEST.match(text)
    if found is None or found[1] not in fields or found[2] not in modifiers:
        return ""
    return f"under the selection's name write '{found[0].strip()}: value' on a line of its own"


def of_condition(text: str, error: Exception) -> tuple[str, str]:
    """From where on a condition cannot be read; the parser's own words are those of its grammar."""
    hint = "join selections with and, or, not, '1 of name*', 'all of them' and brackets"
    found = _STOP.search(str(error))
    if found is None:
        return "cannot be read", hint
    rest = text[int(found[1]) :].strip()
    if _HYPHENED.match(rest):
        hint = "a pattern with * takes no hyphen: name the selections with _ instead"
    if UNBREAKABLE in text:
        hint = TYPE_SPACES
    return f"cannot be read from {rest!r} on" if rest else "cannot be read: it breaks off", hint
