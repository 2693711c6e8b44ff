"""`hunter incidents`: what belongs together, and why."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hunter.cli.asked import who
from hunter.cli.commands import Commands
from hunter.cli.output import (
    ConfigOption,
    JsonOption,
    domain_of,
    existing_store,
    in_letters,
    json_line,
    load_ground,
    nothing_found,
    refuse_unfit,
    say,
    suspect,
    table,
)
from hunter.cli.story import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hunter.config import Ground
    from hunter.incidents import Person
    from hunter.model import Incident, Outline
    from hunter.store import Store

app = Commands(help="See which domains belong together, and why.")

Number = Annotated[
    str, typer.Argument(metavar="NUMBER", help="The incident's number, or a domain in it.")
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="For those who look later.")]
_HINT = "a number that hunter incidents list shows, or a domain such as en-marche.co"
_MOST_DIGITS = 18


@app.command("list")
def list_incidents(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """List the incidents, gravest first."""
    from hunter.wording.catalogue import incident_words, speaking

    settings = load_ground(config)
    with existing_store(settings.store) as store:
        found = _outlines(settings, store)
    if as_json:
        for one in found:
            json_line(_row(one))
    with speaking(settings.language):
        if not found:
            raise nothing_found(incident_words.NOTHING_SHARED, as_json=as_json)
        if not as_json:
            table(incident_words.COLUMNS, [_cells(one) for one in found])


@app.command()
def show(
    number: Number,
    graph: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw it into this SVG file.")
    ] = None,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell incident NUMBER as one story; draw it with --graph."""
    from hunter.cli.export import deliver
    from hunter.incidents import draw
    from hunter.wording import story
    from hunter.wording.catalogue import incident_words, speaking

    settings = load_ground(config)
    refuse_unfit(graph, settings)
    _refuse_other_formats(graph)
    with existing_store(settings.store) as store:
        incident = find_incident(settings, store, number)
    with speaking(settings.language):
        if graph is not None:
            deliver(draw(incident).encode(), graph)
        if not as_json:
            tell(incident)
            if graph is not None:
                say(incident_words.DRAWN.format(file=graph))
            return
    json_line(_row(incident.outline) | _details(incident) | {"story": story(incident)})


@app.command()
def split(
    number: Number,
    domains: Annotated[
        list[str], typer.Argument(metavar="DOMAINS", help="The domains that do not belong to it.")
    ],
    why: Why = "",
    config: ConfigOption = None,
) -> None:
    """Take DOMAINS out of incident NUMBER.

    They make one of their own when they are tied.
    """
    from hunter import incidents
    from hunter.errors import Fault, YoursToFix
    from hunter.wording.catalogue import incident_words, speaking

    settings = load_ground(config)
    out = [domain_of(domain, "DOMAINS") for domain in domains]
    with existing_store(settings.store) as store:
        incident = find_incident(settings, store, number)
        members = _members(incident)
        for domain in out:
            if domain not in members:
                hint = f"it has: {_defanged(members[:20])}"
                raise YoursToFix(
                    [Fault("", "DOMAINS", f"{_defanged([domain])} is not in it", hint)]
                )
        left = [domain for domain in members if domain not in out]
        if not left:
            raise YoursToFix([Fault("", "DOMAINS", "these are all of it", "leave one in")])
        incidents.split(store, out, left, _person(why))
        with speaking(settings.language):
            say(incident_words.TAKEN_OUT.format(number=incident.id, domains=_defanged(out)))
        _tell_where(settings, store, members)


@app.command()
def merge(
    number: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER", help="The incident's number, or a domain in it or in an alert."
        ),
    ],
    other: Annotated[
        str, typer.Argument(metavar="OTHER", help="Another incident's number, or a domain.")
    ],
    why: Why = "",
    config: ConfigOption = None,
) -> None:
    """Join incident NUMBER with another one, or with a domain.

    The domain stands in an alert; two such domains make one.
    """
    from hunter import incidents
    from hunter.errors import Fault, YoursToFix
    from hunter.wording.catalogue import incident_words, speaking

    settings = load_ground(config)
    with existing_store(settings.store) as store:
        one, others = _one(settings, store, number), _others(settings, store, other)
        if set(others.core) <= set(one.core):
            told = f"belongs to incident {one.number} already" if one.number else "is NUMBER itself"
            raise YoursToFix([Fault("", "OTHER", told, "name one that is not in it")])
        mine = [domain for domain in one.core if domain not in others.core]
        incidents.merge(store, settings.brands, mine, others.core, _person(why))
        if one.number:
            written = _defanged(others.core)
            with speaking(settings.language):
                say(incident_words.JOINED.format(number=one.number, domains=written))
        _tell_where(settings, store, [*one.core, *others.core])


@dataclass(frozen=True, slots=True)
class _Side:
    """What is joined: an incident, or a domain of none."""

    core: list[str]
    number: int = 0


def _side(incident: "Incident") -> _Side:
    return _Side([one.domain for one in incident.core], incident.id)


def _tell_where(settings: "Ground", store: "Store", domains: "Sequence[str]") -> None:
    """Which incidents these make now: a number stays with those who had most of it."""
    from hunter.wording.catalogue import incident_words, speaking

    with speaking(settings.language):
        for one in _outlines(settings, store):
            if any(domain in domains for domain in one.core):
                names = _defanged([*one.core, *one.attached])
                say(incident_words.IS_NOW.format(number=one.id, domains=names))


def _outlines(settings: "Ground", store: "Store") -> "tuple[Outline, ...]":
    from hunter.clock import utc_now
    from hunter.incidents import outlines

    return outlines(store, settings.brands, utc_now())


def find_incident(settings: "Ground", store: "Store", which: str) -> "Incident":
    """The incident of that number, or of which that domain is a part."""
    from hunter.wording.catalogue import incident_words, speaking

    if _is_number(which):
        return _numbered(settings, store, int(which))
    domain = domain_of(which, "NUMBER", _HINT)
    if (found := _holding(settings, store, domain)) is not None:
        return found
    with speaking(settings.language):
        message = incident_words.BELONGS_TO_NONE.format(domain=_defanged([domain]))
    raise nothing_found(message, as_json=False)


def _holding(settings: "Ground", store: "Store", domain: str) -> "Incident | None":
    from hunter.clock import utc_now
    from hunter.incidents import current

    return next(iter(current(store, settings.brands, utc_now(), among={domain})), None)


def _members(incident: "Incident") -> list[str]:
    return [member.domain for member in incident.members]


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= _MOST_DIGITS


def _numbered(settings: "Ground", store: "Store", number: int) -> "Incident":
    """The incident of that number, or the one its domains have gone up in."""
    from hunter.clock import utc_now
    from hunter.incidents import numbered
    from hunter.wording.catalogue import incident_words, speaking

    found = numbered(store, settings.brands, utc_now(), number)
    with speaking(settings.language):
        if found is None:
            raise nothing_found(incident_words.NO_SUCH.format(number=number), as_json=False)
        if found.id != number:
            print(incident_words.PART_OF.format(number=number, whole=found.id), file=sys.stderr)
    return found


def _one(settings: "Ground", store: "Store", which: str) -> _Side:
    """The incident, or where a domain in an alert belongs to none, the domain."""
    from hunter.store import alerts

    if not _is_number(which):
        domain = domain_of(which, "NUMBER", _HINT)
        if not _holding(settings, store, domain) and alerts.about(store, domain):
            return _alone(store, domain, "NUMBER")
    return _side(find_incident(settings, store, which))


def _others(settings: "Ground", store: "Store", other: str) -> _Side:
    """The incident of that number, or the domain of that name."""
    if _is_number(other):
        return _side(_numbered(settings, store, int(other)))
    return _alone(store, domain_of(other, "OTHER"), "OTHER")


def _alone(store: "Store", domain: str, place: str) -> _Side:
    from hunter.errors import Fault, YoursToFix
    from hunter.model import AlertState
    from hunter.store import alerts

    states = {alert.state for alert in alerts.about(store, domain)}
    written = _defanged([domain])
    if not states:
        hint = "give the number of an incident, or a domain that stands in an alert"
        raise YoursToFix([Fault("", place, f"{written} stands in no alert", hint)])
    if states == {AlertState.DISMISSED}:
        hint = f"to join it: hunter alerts reopen {written}"
        raise YoursToFix([Fault("", place, f"{written} was dismissed and takes no part", hint)])
    return _Side([domain])


def _defanged(domains: "Sequence[str]") -> str:
    from hunter.names import defang

    return ", ".join(map(defang, domains))


def _person(why: str) -> "Person":
    from hunter.clock import utc_now
    from hunter.incidents import Person

    return Person(who(), why, utc_now())


def _refuse_other_formats(graph: Path | None) -> None:
    from hunter.errors import Fault, YoursToFix

    if graph is not None and graph.suffix.lower() not in ("", ".svg"):
        hint = f"name it {graph.with_suffix('.svg').name}; browsers show it, and others convert it"
        raise YoursToFix([Fault(str(graph), "--graph", "the picture is SVG", hint)])


def _cells(one: "Outline") -> tuple[str, ...]:
    from hunter.wording.catalogue import words

    return (
        str(one.id),
        words.LEVELS[one.severity],
        ", ".join(map(in_letters, one.brands)),
        _named(one.core),
        _named(one.attached),
    )


def _named(domains: "Sequence[str]") -> str:
    """As many as can be read in a table, and how many more there are."""
    from hunter.wording.catalogue import words

    told = [suspect(domain) for domain in domains[:_IN_A_CELL]]
    if domains[_IN_A_CELL:]:
        told.append(words.MORE.format(count=len(domains) - _IN_A_CELL))
    return ", ".join(told)


_IN_A_CELL = 8


def _row(one: "Outline") -> dict[str, Any]:
    return {
        "id": one.id,
        "severity": str(one.severity),
        "brands": list(one.brands),
        "domains": list(one.core),
        "attached": list(one.attached),
        "links": one.links,
    }


def _details(one: "Incident") -> dict[str, Any]:
    return {
        "members": [
            {
                "domain": member.domain,
                "core": member.core,
                "strength": round(member.strength, 3),
                "fields": dict(member.dossier.fields),
            }
            for member in one.members
        ],
        "links": [
            {
                "trait": link.trait,
                "value": link.value,
                "domains": list(link.domains),
                "strength": round(link.strength, 3),
                "shared": link.shared,
                "hands": link.hands,
                "note": link.note,
                "told": list(link.told),
            }
            for link in one.links
        ],
    }
