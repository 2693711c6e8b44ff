"""Which host of a domain is met: by whoever follows a squatter's link, and so by hunter."""

from hunter.contracts import EnricherContext
from hunter.dossiers import texts_of
from hunter.model import Dossier
from hunter.pages import links

_MOST_ASKED = 10


def has_address(dossier: Dossier) -> bool:
    """Whether the domain or a host under it has one."""
    return any(name in dossier.fields for name in ("a", "aaaa", "host_address"))


async def host_to_visit(dossier: Dossier, context: EnricherContext) -> str:
    """The domain; where only hosts under it imitate, or have addresses, the first that has one."""
    domain = dossier.domain
    below = tuple(host for host in sorted(texts_of(dossier, "name")) if host.endswith(f".{domain}"))
    if {"a", "aaaa"} & dossier.fields.keys():
        below = links.imitating(below, domain, context.brands)
    found = await context.doors.dns.first_with_address(below[:_MOST_ASKED])
    return found or next(iter(below), domain)
