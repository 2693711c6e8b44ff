"""Which host of a domain is met: by whoever follows a squatter's link, and so by hunter."""

import asyncio
from collections.abc import Sequence

from hunter.contracts import EnricherContext
from hunter.dossiers import texts_of
from hunter.ladder import lead_nowhere
from hunter.model import Dossier
from hunter.net.dns import DnsDoor
from hunter.net.guard import leads_somewhere
from hunter.pages import links

_MOST_ASKED = 10


def has_address(dossier: Dossier) -> bool:
    """Whether the domain or a host under it has one."""
    return any(name in dossier.fields for name in ("a", "aaaa", "host_address"))


async def host_to_visit(dossier: Dossier, context: EnricherContext) -> str:
    """The domain; where only hosts under it imitate, or have addresses, the first that has one.

    One that leads nowhere, such as 127.0.0.1, counts where there is no other.
    """
    domain = dossier.domain
    below = tuple(host for host in sorted(texts_of(dossier, "name")) if host.endswith(f".{domain}"))
    own = {field: dossier.fields[field] for field in ("a", "aaaa") if field in dossier.fields}
    if lead_nowhere(own) is False:
        below = links.imitating(below, domain, context.brands)
    there = await _addresses(below[:_MOST_ASKED], context.doors.dns)
    reached = [host for host, found in there.items() if any(map(leads_somewhere, found))]
    return next(iter((*reached, *there, *below)), domain)


async def _addresses(hosts: Sequence[str], door: DnsDoor) -> dict[str, tuple[str, ...]]:
    """Those of the hosts that have any, as far as their servers tell."""
    kinds = ("A", "AAAA")
    answers = await asyncio.gather(*(door.ask(host, kind) for kind in kinds for host in hosts))
    pairs = zip(hosts, answers[: len(hosts)], answers[len(hosts) :], strict=True)
    found = {host: (*a.records, *aaaa.records) for host, a, aaaa in pairs}
    return {host: addresses for host, addresses in found.items() if addresses}
