"""What domains share, and how much that tells. Pure.

The strength of a link is the weight of what is shared when just two hands share it, as far as the
store and passive DNS know, and falls to half when `half` more do; names that are one hand's count
once (`hands`). What a crowd shares (`hunter.crowds`) is no link at all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from hunter import names
from hunter.crowds import crowd_of
from hunter.incidents.hands import LOOKED_AT, Footprint, Orders, orders, strangers, ways
from hunter.model import Link, Value
from hunter.trackable import ADDRESSES

STRONG = 0.5
"""From here on a link joins two domains."""
WEAK = 0.15
"""Below that a link is not worth telling."""

ORIGIN = "origin_ip"
"""The address behind a CDN, as somebody told."""
CO_NAMES = "cert_domain"


@dataclass(frozen=True, slots=True)
class Trait:
    """What sharing a value of some fields tells."""

    places: tuple[str, ...]
    """The fields that hold such values."""
    weight: float
    half: int
    kind: str
    """Traits of one kind say the same thing twice: only the strongest of them counts."""


TRAITS: Mapping[str, Trait] = MappingProxyType(
    {
        "registrant_email": Trait(("registrant_email",), 0.95, 50, "registration"),
        "registrant_org": Trait(("registrant_org",), 0.6, 10, "registration"),
        "registrant_name": Trait(("registrant_name",), 0.4, 10, "registration"),
        "cert_key": Trait(("cert_key",), 0.95, 20, "certificate"),
        "soa_mailbox": Trait(("soa_mailbox",), 0.85, 20, "mail"),
        "dmarc_mailbox": Trait(("dmarc_rua", "dmarc_ruf"), 0.85, 20, "mail"),
        "mx": Trait(("mx",), 0.6, 8, "mail"),
        "address": Trait(ADDRESSES, 0.8, 5, "hosting"),
        "asn": Trait(("asn",), 0.25, 8, "hosting"),
        "ns_domain": Trait(("ns_domain",), 0.35, 10, "name servers"),
        "page_favicon": Trait(("page_favicon",), 0.35, 5, "page"),
    }
)
_REGISTRANTS = {name: one for name, one in TRAITS.items() if one.kind == "registration"}
_OTHERS = {name: one for name, one in TRAITS.items() if one.kind != "registration"}
HABIT = "habit"
OWN_NAME_SERVERS = "own_name_servers"
DECISION = "decision"

_PROVIDER = Trait(("registrant_email_domain",), 0.4, 25, "registration")
_OWN_SERVERS = Trait((), 0.8, 10, "name servers")
_SAME_CERTIFICATE = Trait((CO_NAMES,), 0.8, 5, "certificate")
_DEDICATED = 0.9
_SHARED = 0.3
"""Weights of an address, when it is told whether its server is shared."""
_WEEKS = timedelta(days=42)

FIELDS = frozenset(
    (
        *(
            place
            for trait in (*TRAITS.values(), _PROVIDER, _SAME_CERTIFICATE)
            for place in trait.places
        ),
        *LOOKED_AT,
        "dedicated",
    )
)
"""All that is looked at of a footprint; of the many other facts nothing need be read."""

_NONE: frozenset[Value] = frozenset()
_KINDS = {
    **{name: trait.kind for name, trait in TRAITS.items()},
    HABIT: _PROVIDER.kind,
    OWN_NAME_SERVERS: _OWN_SERVERS.kind,
    CO_NAMES: _SAME_CERTIFICATE.kind,
    DECISION: DECISION,
}


Count = Callable[[tuple[str, ...], Value], int]
"""How many registrable domains of the store carry a value in one of the fields."""


def links(footprints: Sequence[Footprint], count: Count) -> tuple[Link, ...]:
    """Every link between the footprints that tells something, the strongest first."""
    known = {one.domain: one for one in sorted(footprints, key=lambda one: one.domain)}
    present = {domain: one for domain, one in known.items() if not one.dismissed}
    order_of = orders(footprints)
    registrations = [*_shared(_REGISTRANTS, known, count, {}, order_of)]
    registrant_of = _registrants(known, registrations)
    found = [
        *registrations,
        *_shared(_OTHERS, known, count, registrant_of, order_of),
        *_own_name_servers(present, count, registrant_of, order_of),
        *_co_names(present),
        *_habits(present, count, registrant_of, order_of),
    ]
    telling = (link for link in found if link.strength >= WEAK)
    return tuple(sorted(telling, key=lambda one: (-one.strength, one.trait, str(one.value))))


def strength(trait: Trait, hands: int, weight: float = 0.0) -> float:
    """How much a value tells that so many hands share; two is the least."""
    return (weight or trait.weight) / (1 + max(0, hands - 2) / trait.half)


def together(links_there: Sequence[Link]) -> float:
    """How firmly several links tie: each kind counts once, and each leaves less room for chance."""
    strongest: dict[str, float] = defaultdict(float)
    for link in links_there:
        kind = _KINDS[link.trait]
        strongest[kind] = max(strongest[kind], link.strength)
    chance = 1.0
    for one in strongest.values():
        chance *= 1 - one
    return 1 - chance


def _carriers(
    footprints: Mapping[str, Footprint], places: Sequence[str]
) -> Mapping[Value, list[str]]:
    """Value → who carries it, for values that at least two take part with and no crowd has."""
    found: dict[Value, list[str]] = defaultdict(list)
    for domain, one in footprints.items():
        own = [one.values[place] for place in places if place in one.values]
        for value in own[0] if len(own) == 1 else _NONE.union(*own):
            found[value].append(domain)
    return {
        value: domains
        for value, domains in found.items()
        if len(domains) > 1
        and sum(not footprints[domain].dismissed for domain in domains) > 1
        and not any(crowd_of(place, value) for place in places)
    }


def _registrants(
    footprints: Mapping[str, Footprint], registrations: Sequence[Link]
) -> Mapping[str, Value]:
    """Domain → the registrant's value that ties it most, where one joins it to others."""
    strengths = {
        (link.trait, link.value): link.strength for link in registrations if link.strength >= STRONG
    }
    found: dict[str, Value] = {}
    for domain, one in footprints.items():
        own = [(place, value) for place in _REGISTRANTS for value in one.values.get(place, ())]
        joining = [pair for pair in own if pair in strengths]
        if joining:
            found[domain] = max(joining, key=lambda pair: (strengths[pair], str(pair)))[1]
    return found


def _shared(
    traits: Mapping[str, Trait],
    footprints: Mapping[str, Footprint],
    count: Count,
    registrant_of: Mapping[str, Value],
    order_of: Orders,
) -> Iterator[Link]:
    for name, trait in traits.items():
        for value, domains in _carriers(footprints, trait.places).items():
            carriers = [footprints[domain] for domain in domains]
            members = [one for one in carriers if not one.dismissed]
            if _says_nothing(name, value, members, footprints):
                continue
            several = (
                ways(name, carriers)
                if trait.kind == "registration"
                else strangers(carriers, registrant_of, order_of)
            )
            weight = _weight(name, members)
            # There are at least so many hands: of a crowd nobody need count the rest.
            if strength(trait, several, weight) < WEAK:
                continue
            shared = max(count(trait.places, value), len(domains), _elsewhere(name, members))
            hands = shared - len(carriers) + several
            tied = tuple(one.domain for one in members)
            force = strength(trait, hands, weight)
            told = tuple(_told(name, value, members))
            yield Link(name, value, tied, force, shared, told=told, hands=hands)


def _weight(name: str, members: Sequence[Footprint]) -> float:
    if name == "address" and (any(one.shares for one in members) or _on_one_platform(members)):
        return _SHARED
    own = any(True in one.values.get("dedicated", ()) for one in members)
    return _DEDICATED if name == "address" and own else TRAITS[name].weight


def _on_one_platform(members: Sequence[Footprint]) -> bool:
    """Whether two are sites of one: its servers are theirs, and that of a dynamic name may be."""
    platforms = [
        one.suffix for one in (names.parse(one.domain) for one in members) if one.private_suffix
    ]
    return len(set(platforms)) < len(platforms)


def _shows_its_platforms(one: Footprint) -> bool:
    """Whether its certificate is for `*.pages.dev`: every site there shows that one."""
    return one.domain.partition(".")[2] in one.values.get(CO_NAMES, ())


def _elsewhere(name: str, members: Sequence[Footprint]) -> int:
    """How many domains share a value by what is known beyond the store; the least is what counts.

    The store knows lookalikes alone: a server or a certificate of a thousand strangers looks rare
    in it. A member with several addresses or certificates has neighbours at the others, too.
    """
    if name == "address":
        known = [one.neighbours for one in members if one.neighbours is not None]
    elif name == "cert_key":
        known = [len(one.values[CO_NAMES]) for one in members if CO_NAMES in one.values]
    else:
        return 0
    return min(known, default=0) + 1


def _told(name: str, value: Value, members: Sequence[Footprint]) -> Iterator[str]:
    """The domains of which somebody told that the address is theirs, behind a CDN."""
    seen = [place for place in TRAITS[name].places if place != ORIGIN]
    for one in members:
        if not any(value in one.values.get(place, ()) for place in seen):
            yield one.domain


def _says_nothing(
    name: str, value: Value, members: Sequence[Footprint], footprints: Mapping[str, Footprint]
) -> bool:
    """Whether it is a platform's, or another link says it: own name servers, or one company's."""
    if name == "ns_domain":
        return value in footprints and not footprints[str(value)].dismissed
    if name == "cert_key":
        return any(map(_shows_its_platforms, members))
    return name == "soa_mailbox" and _is_the_providers(value, members)


def _is_the_providers(mailbox: Value, members: Sequence[Footprint]) -> bool:
    """Whether the zone's mailbox is that of the company that runs the name servers."""
    text = str(mailbox)
    domain = names.registrable_or_same(text.partition("@")[2] or text.partition(".")[2])
    return domain not in {one.domain for one in members} and any(
        domain in one.values.get("ns_domain", ()) for one in members
    )


def _own_name_servers(
    footprints: Mapping[str, Footprint],
    count: Count,
    registrant_of: Mapping[str, Value],
    order_of: Orders,
) -> Iterator[Link]:
    """Domains whose name servers stand under another one of them."""
    served: dict[str, set[str]] = defaultdict(set)
    for domain, one in footprints.items():
        for value in one.values.get("ns_domain", ()):
            if value in footprints and value != domain:
                served[str(value)].add(domain)
    for value, domains in served.items():
        tied = tuple(sorted({value, *domains}))
        shared = max(count(("ns_domain",), value), len(tied))
        members = [footprints[domain] for domain in tied]
        hands = shared - len(tied) + strangers(members, registrant_of, order_of)
        force = strength(_OWN_SERVERS, hands)
        yield Link(OWN_NAME_SERVERS, value, tied, force, shared, hands=hands)


def _co_names(footprints: Mapping[str, Footprint]) -> Iterator[Link]:
    """Domains whose certificate is for another one of them too; it names all that it is for."""
    for domain, one in footprints.items():
        named = one.values.get(CO_NAMES, frozenset())
        others = sorted(str(value) for value in named if value in footprints and value != domain)
        if others:
            shared = len(named) + 1
            tied = (domain, *others)
            hands = shared - len(tied) + 1
            force = strength(_SAME_CERTIFICATE, hands)
            yield Link(CO_NAMES, domain, tied, force, shared, hands=hands)


def _habits(
    footprints: Mapping[str, Footprint],
    count: Count,
    registrant_of: Mapping[str, Value],
    order_of: Orders,
) -> Iterator[Link]:
    """Registrants at one mail provider, for one brand, within weeks: a habit, and no more."""
    for value, domains in _carriers(footprints, _PROVIDER.places).items():
        members = [footprints[domain] for domain in domains]
        shared = max(count(_PROVIDER.places, value), len(domains))
        hands = shared - len(domains) + strangers(members, registrant_of, order_of)
        force = strength(_PROVIDER, hands)
        for brand in sorted(frozenset[str]().union(*(one.brands for one in members))):
            for run in _runs([one for one in members if brand in one.brands]):
                if _are_several(run):
                    tied = tuple(sorted(one.domain for one in run))
                    yield Link(HABIT, value, tied, force, shared, hands=hands)


def _runs(members: Sequence[Footprint]) -> Iterator[list[Footprint]]:
    """Those with a known day of registration, cut where weeks passed without any."""
    dated = [(one.registered, one) for one in members if one.registered is not None]
    run: list[Footprint] = []
    last = date.min
    for day, one in sorted(dated, key=lambda pair: (pair[0], pair[1].domain)):
        if run and day - last > _WEEKS:
            yield run
            run = []
        run.append(one)
        last = day
    yield run


def _are_several(run: Sequence[Footprint]) -> bool:
    """Whether it ties more than one registrant's own domains, which their address ties already."""
    addresses = {one.values.get("registrant_email", frozenset()) for one in run}
    return len(run) > 1 and len(addresses) > 1
