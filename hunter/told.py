"""A value that somebody tells, as facts hold it; checked, for whoever types it may mistype it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from types import MappingProxyType

from hunter import trackable
from hunter.errors import NotAName
from hunter.model import Value
from hunter.names import registrable
from hunter.net.guard import leads_somewhere
from hunter.rulebook.holdings import Holding, holding

_LONGEST = 300
_DAY_DIGITS = 8
_TRUTH: Mapping[str, bool] = {"yes": True, "true": True, "no": False, "false": False}
_IMPLIED: Mapping[str, Mapping[str, Callable[[str], str]]] = {
    "registrant_email": {"registrant_email_domain": lambda mailbox: mailbox.rpartition("@")[2]},
    "ns": {"ns_domain": registrable},
    "mx": {"mx_domain": registrable},
}
_NAMES = ("mx", "registry_ns", "soa_mname", "pdns_ns")
_ENDS = ("expires", "cert_not_after", "cert_not_before")
"""Days that may lie ahead."""


class NotTold(ValueError):
    """The text is no value of that field; the message says what one looks like."""


def as_told(field: str, meaning: str, text: str) -> Value:
    """The value of `field`, whose meaning is known, that the text stands for; raises NotTold."""
    text = text.strip()
    if not text or len(text) > _LONGEST or not text.isprintable():
        raise NotTold(f"{text[:40]!r} is no value")
    read = _READ.get(field)
    if read is None and field.endswith("_domain"):
        read = _name
    return read(text) if read else held(holding(meaning), text)


def refuse_what_is_to_come(field: str, meaning: str, value: Value, today: date) -> None:
    """Raises NotTold for a day on which nothing can have happened yet, anywhere on earth."""
    if not holding(meaning).day or field in _ENDS:
        return
    tomorrow = int(f"{today + timedelta(days=1):%Y%m%d}")
    if isinstance(value, int) and value > tomorrow:
        raise NotTold(f"{value} is a day to come")


def implied(field: str, value: Value) -> Mapping[str, Value]:
    """What else is told by that: rules and searches ask for the domain of a mailbox or a server."""
    try:
        return {follows: of(str(value)) for follows, of in _IMPLIED.get(field, {}).items()}
    except NotAName:
        return {}


def implied_fields(field: str) -> tuple[str, ...]:
    """The fields that `implied` may give."""
    return tuple(_IMPLIED.get(field, ()))


def held(what: Holding, text: str) -> Value:
    """The truth, day or number that the text stands for, or the text; raises NotTold."""
    if what.truth:
        return _truth(text)
    if what.day:
        return _day(text)
    return _number(what, text) if what.numeric else text


def _truth(text: str) -> bool:
    if text.lower() not in _TRUTH:
        raise NotTold(f"{text!r} is neither yes nor no")
    return _TRUTH[text.lower()]


def _day(text: str) -> int:
    written = f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == _DAY_DIGITS else text
    try:
        return int(f"{date.fromisoformat(written):%Y%m%d}")
    except ValueError as error:
        raise NotTold(f"{text!r} is no day; write it as 2017-03-15") from error


def _number(what: Holding, text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not what.low <= int(text) <= what.high:
        raise NotTold(f"{text!r} is no whole number that it can be")
    return int(text)


def _address(text: str) -> str:
    return str(_reachable(text))


def _reachable(text: str) -> IPv4Address | IPv6Address:
    try:
        address = ip_address(text)
    except ValueError as error:
        raise NotTold(f"{text!r} is no address; write one such as 193.29.187.40") from error
    if not leads_somewhere(str(address)):
        raise NotTold(f"{text} is private or reserved: nobody else's server is reached there")
    return address


def _v4(text: str) -> str:
    address = _reachable(text)
    if isinstance(address, IPv6Address):
        raise NotTold(f"{text} is an IPv6 address; its field is aaaa")
    return str(address)


def _v6(text: str) -> str:
    address = _reachable(text)
    if isinstance(address, IPv4Address):
        raise NotTold(f"{text} is an IPv4 address; its field is a")
    return str(address)


def _as_tracked(field: str) -> Callable[[str], Value]:
    def read(text: str) -> Value:
        try:
            written = trackable.settled(field, text)
        except trackable.NotTrackable as error:
            raise NotTold(str(error)) from error
        return int(written) if field == "asn" else written

    return read


_name = _as_tracked("ns")

_READ: Mapping[str, Callable[[str], Value]] = MappingProxyType(
    {
        **{field: _as_tracked(field) for field in trackable.FIELDS},
        **dict.fromkeys(_NAMES, _name),
        **dict.fromkeys(("origin_ip", "host_address", "tor_exit_address"), _address),
        "a": _v4,
        "aaaa": _v6,
    }
)
