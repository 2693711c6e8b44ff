"""A takedown packet: letters to registrar, host and registry, and the evidence with its digests.

hunter writes it; a person reads it, fills in who they are, and sends it. Pure: the same case at the
same moment is the same packet, byte for byte.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from hunter import handover, names, ribs, wording
from hunter.contracts import Case
from hunter.dossiers import values_of
from hunter.handover import utc_text
from hunter.model import Json, PastFact, Sighting
from hunter.wording.as_text import text
from hunter.wording.cells import cell
from hunter.wording.letters import Addressee, Matter, letter, readme

MANIFEST = "SHA256SUMS"

_GROUPS: Mapping[str, tuple[str, ...]] = {
    "dns": ("dns", "mail", "passive_dns"),
    "registration": ("rdap", "whois"),
    "hosting": ("hosting", "neighbours", "tor", "indicators", "recorded"),
    "certificate": ("certificate",),
    "page": ("page",),
}
"""Which enrichers' fields stand together in which file."""
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
_MAX_ADDRESSES = 5


@dataclass(frozen=True, slots=True)
class Packet:
    """The files by their names, `SHA256SUMS` among them, and for whom the letters are."""

    files: Mapping[str, bytes]
    addressees: tuple[Addressee, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the list of digests: it stands for every file."""
        return hashlib.sha256(self.files[MANIFEST]).hexdigest()


def packet(case: Case, sightings: Sequence[Sighting], languages: Sequence[str]) -> Packet:
    """The packet about one case, in those of the languages `en` and `fr`."""
    to = addressees(case)
    matter = _matter(case, sightings)
    found: dict[str, str] = {}
    for language in languages:
        found[f"README.{language}.txt"] = readme(to, matter, language)
        for one in to:
            found[f"letters/{one.role}.{language}.txt"] = letter(one, matter, language)
        found[f"evidence/alert.{language}.txt"] = _in_words(case, language)
    found |= dict(_evidence(case, sightings))
    content = {name: told.encode("utf-8", "replace") for name, told in found.items()}
    return Packet(content | {MANIFEST: _manifest(content)}, to)


def addressees(case: Case) -> tuple[Addressee, ...]:
    """Whom to write to, as far as it is known; a role whose holder is unknown stands there too."""
    name = names.parse(case.alert.domain)
    if name.private_suffix:
        return (Addressee("platform", name.suffix),)
    return (_registrar(case), *_hosts(case), _registry(name.suffix))


def _hosts(case: Case) -> Iterator[Addressee]:
    """Nobody where the name has no address; behind a delivery network, the host that is known."""
    delivery, behind = _first(case, "cdn"), _listed(case, "origin_ip")
    place = _listed(case, "a", "aaaa", "host_address")
    if delivery:
        ways = _contacts()["networks"].get(delivery, {})
        yield Addressee("cdn", delivery, ways.get("report", ""), place)
    if behind:
        yield Addressee("host", "", "", behind)
    elif place and not delivery:
        yield Addressee("host", _first(case, "as_name"), "", place)


def _registrar(case: Case) -> Addressee:
    abuse = _first(case, "abuse_email")
    contact = abuse if handover.is_mailbox(abuse) else ""
    return Addressee("registrar", _first(case, "registrar"), contact)


def _registry(suffix: str) -> Addressee:
    ending = suffix.rpartition(".")[2]
    for name, registry in _contacts()["registries"].items():
        if ending in registry["endings"]:
            ways = {way: url for way, url in registry.items() if way != "endings"}
            return Addressee("registry", name, ways["report"], ways=ways)
    return Addressee("registry")


@cache
def _contacts() -> Mapping[str, Any]:
    tree: Mapping[str, Any] = json.loads(
        files("hunter").joinpath("data/abuse_contacts.json").read_text("utf-8")
    )
    return tree


def _first(case: Case, field: str) -> str:
    values = values_of(case.dossier.fields, field)
    return wording.clean(str(values[0])) if values else ""


def _listed(case: Case, *fields: str) -> str:
    values = [one for field in fields for one in values_of(case.dossier.fields, field)]
    found = [str(one) for one in values if handover.is_reached(one)]
    return ", ".join(found[:_MAX_ADDRESSES])


def _matter(case: Case, sightings: Sequence[Sighting]) -> Matter:
    suffix = names.parse(case.alert.domain).suffix.rpartition(".")[2]
    first = min((one.seen_at for one in sightings), default=case.alert.opened_at)
    imitating = handover.imitating(case)
    hosts = () if imitating == (case.alert.domain,) else imitating
    return Matter(case.alert, case.dossier, case.history, first, suffix, hosts)


def _in_words(case: Case, language: str) -> str:
    alert = case.alert
    return text(wording.as_it_stands(alert, case.dossier, str(alert.id), language))


def _evidence(case: Case, sightings: Sequence[Sighting]) -> Iterator[tuple[str, str]]:
    for group, fields in _fields().items():
        facts = [_fact(one, fields) for one in case.history if one.field in fields]
        if facts:
            yield f"evidence/{group}.json", _json(facts)
    yield "evidence/sightings.json", _json([_sighting(one) for one in sightings])
    yield "evidence/history.csv", _history(case.history)


def _fields() -> Mapping[str, Mapping[str, str]]:
    """File → field → meaning; an enricher that no group knows has a file of its own name."""
    grouped = {name for enrichers in _GROUPS.values() for name in enrichers}
    found = {group: _meanings(enrichers) for group, enrichers in _GROUPS.items()}
    told = {field for meanings in found.values() for field in meanings}
    for name in ribs.names("enrichers"):
        if name not in grouped:
            own = _meanings([name])
            found[name] = {field: own[field] for field in own if field not in told}
    return found


def _meanings(enrichers: Iterable[str]) -> dict[str, str]:
    """Field → meaning of those enrichers."""
    fields = (ribs.load("enrichers", name).FIELDS for name in enrichers)
    return {field: meaning for one in fields for field, meaning in one.items()}


def _fact(fact: PastFact, meanings: Mapping[str, str]) -> Mapping[str, Json]:
    return {
        "subject": fact.subject,
        "field": fact.field,
        "meaning": meanings[fact.field],
        "value": fact.value,
        "unknown": fact.unknown,
        "told_by": fact.provider,
        "first_seen": utc_text(fact.first_seen),
        "last_seen": utc_text(fact.last_seen),
        "ended_at": utc_text(fact.ended_at) if fact.ended_at else None,
    }


def _sighting(one: Sighting) -> Mapping[str, Json]:
    return {
        "name": one.name,
        "source": one.source,
        "seen_at": utc_text(one.seen_at),
        "origin": dict(one.origin),
    }


def _json(things: Sequence[Mapping[str, Json]]) -> str:
    """Exact, and in ASCII: nothing in it steers a reader."""
    return json.dumps(list(things), indent=1, ensure_ascii=True) + "\n"


def _history(history: Sequence[PastFact]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, quoting=csv.QUOTE_ALL)
    columns = ("subject", "field", "value", "unknown", "told_by", "first_seen", "last_seen")
    writer.writerow([*columns, "ended_at"])
    for one in history:
        told = _fact(one, {one.field: ""})
        row = [told[column] for column in (*columns, "ended_at")]
        writer.writerow([cell(value if value is not None else "") for value in row])
    return table.getvalue()


def _manifest(content: Mapping[str, bytes]) -> bytes:
    """As sha256sum writes and checks it."""
    lines = (f"{hashlib.sha256(content[name]).hexdigest()}  {name}\n" for name in sorted(content))
    return "".join(lines).encode()


def archive(found: Packet, at: datetime) -> bytes:
    """The packet as one zip file, whose entries bear that time."""
    moment = at.astimezone(UTC)
    year = min(max(moment.year, _FIRST_YEAR), _LAST_YEAR)
    when = (year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, content in sorted(found.files.items()):
            entry = zipfile.ZipInfo(name, when)
            entry.external_attr = 0o640 << 16
            archived.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
