"""A dossier laid out for the rules: each field in the forms that the tests need, at a fixed place.

A compiled test knows its place as a number, so that judging looks nothing up by name; and a form
holds all values of a field in one object.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv6Address, ip_network
from typing import Any, TypeAlias

from hunter.model import Dossier, Value

Values: TypeAlias = tuple[Value, ...]
Raw: TypeAlias = Value | Values
"""What a dossier holds in a field: one value, or several; none when it has not got the field."""
Fields: TypeAlias = Mapping[str, Raw]
Form: TypeAlias = Callable[[Raw], Any]
Known: TypeAlias = Mapping[type, Mapping[Any, Any]]
"""What a form makes of what is of a type, to be looked up; empty where the form is to be asked."""
Seen: TypeAlias = Mapping[int, Any]
"""What stands at each place."""
Range: TypeAlias = tuple[int, int, int]
"""IP version, first and last address."""

ANY_FIELD = "*"
"""Stands for the values of all fields together."""

EDGE = "\ufdd0"
"""Stands between the values where all are looked at as one text: a noncharacter of Unicode."""

_NUMBERS = frozenset({int, float})
_NOTHING: Known = {}


def fields_of(dossier: Dossier) -> Fields:
    """All fields as rules see them, with those that every dossier has."""
    return {
        **dossier.fields,
        "domain": dossier.domain,
        "brand": dossier.brand,
        "unknown": tuple(dossier.unknown),
    }


@dataclass(frozen=True, slots=True)
class Layout:
    """Which form of which field lies where; grows while rules are compiled."""

    places: dict[tuple[str, Form], int] = field(default_factory=dict)
    order: list[tuple[str, Known, Form]] = field(default_factory=list)

    def place(self, name: str, form: Form, known: Known = _NOTHING) -> int:
        """The place of a field in a form, made when it is new; `known` spares asking the form."""
        if (name, form) not in self.places:
            self.places[name, form] = len(self.order)
            self.order.append((name, known, form))
        return self.places[name, form]

    def lay_out(self, fields: Fields) -> Seen:
        """A dossier's fields in this layout."""
        return _Laid(self.order, fields)


class _Laid(dict[int, Any]):
    """What stands at each place, worked out when it is first asked for: most rules end early."""

    __slots__ = ("_fields", "_order")

    def __init__(self, order: Sequence[tuple[str, Known, Form]], fields: Fields) -> None:
        self._order = order
        self._fields = fields

    def __missing__(self, place: int) -> Any:
        name, known, form = self._order[place]
        raw = self._fields.get(name, ()) if name != ANY_FIELD else every_value(self._fields)
        found = self[place] = known[raw.__class__][raw] if known else form(raw)
        return found


def every_value(fields: Fields) -> Values:
    """What keywords are looked for in: every value but the names of unknown fields."""
    found: list[Value] = []
    for name, raw in fields.items():
        if name != "unknown":
            found.extend(raw if isinstance(raw, tuple) else (raw,))
    return tuple(found)


def spelled(value: Value) -> str:
    """The value as text; true and false as YAML has them."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def without_case(text: str) -> str:
    """The text in small letters; a sigma is the same one wherever in its word it stands."""
    return text.lower().replace("ς", "σ")


def folded(value: Value) -> str:
    """The value as text without case."""
    # As `without_case`, written out here and below: a call for each value is felt.
    return str(value).lower().replace("ς", "σ")


def as_they_are(values: Values) -> Values:
    """The values, for tests to which it is enough that there are any."""
    return values


def each_folded(raw: Raw) -> tuple[str, ...]:
    """Each value of a field as text without case."""
    return all_folded(raw if isinstance(raw, tuple) else (raw,))


def all_folded(values: Values) -> tuple[str, ...]:
    """Each value as text without case."""
    return tuple([str(value).lower().replace("ς", "σ") for value in values])


def together(values: Values) -> tuple[str]:
    """All values as one text, with an EDGE between them."""
    return (spelled(values[0]) if len(values) == 1 else EDGE.join(map(spelled, values)),)


def together_folded(values: Values) -> tuple[str]:
    """The same without case."""
    return (folded(values[0]) if len(values) == 1 else without_case(EDGE.join(map(str, values))),)


def encoded(values: Values) -> tuple[bytes, ...]:
    """Each value in UTF-8, as regular expressions read it; lone surrogates become `?`."""
    return tuple([spelled(value).encode("utf-8", "replace") for value in values])


def encoded_folded(values: Values) -> tuple[bytes, ...]:
    """The same without case."""
    return tuple([folded(value).encode("utf-8", "replace") for value in values])


def numbers(values: Values) -> Values:
    """The numbers among the values."""
    return tuple([value for value in values if value.__class__ in _NUMBERS])


def comparable(values: Values) -> Values:
    """The values but for true and false, which Python takes for 1 and 0."""
    return tuple([value for value in values if not isinstance(value, bool)])


def texts(values: Values) -> tuple[str, ...]:
    """Each value as text."""
    return tuple(map(spelled, values))


def ranges(values: Values) -> tuple[Range, ...]:
    """The addresses and networks among the values, as ranges of numbers."""
    return tuple([one for value in values for one in _ranges_of(str(value))])


@lru_cache(maxsize=65536)
def _ranges_of(text: str) -> tuple[Range, ...]:
    """None for what is no address; one more for an IPv4 address that is written as IPv6."""
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return ()
    ends = network.network_address, network.broadcast_address
    mapped = [end.ipv4_mapped for end in ends if isinstance(end, IPv6Address) and end.ipv4_mapped]
    written = network.version, int(ends[0]), int(ends[1])
    return (written, (4, int(mapped[0]), int(mapped[1]))) if mapped[1:] else (written,)
