"""Block lists for what is not a name server: one name a line, hosts(5), or uBlock and AdGuard."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from hunter import handover, names, wording
from hunter.contracts import Case, ExportSettings
from hunter.handover import utc_text
from hunter.notice import how_many

MEDIA = "text/plain; charset=utf-8"
SUFFIX = ".txt"

_COMMENTS = {"plain": "#", "hosts": "#", "ublock": "!"}
_LINES: Mapping[str, Callable[[str], str]] = {
    "plain": lambda name: name,
    "hosts": lambda name: f"0.0.0.0 {name}\n:: {name}",
    "ublock": lambda name: f"||{name}^",
}


class Settings(ExportSettings):
    """Who is to read the list."""

    style: Literal["plain", "hosts", "ublock"] = Field(
        default="plain",
        description="plain for mail gateways and proxies, hosts for /etc/hosts and Pi-hole,"
        " ublock for browsers and AdGuard",
    )


def export(cases: Iterable[Case], settings: Settings, at: datetime) -> bytes:
    """The list; what a person dismissed is not in it, and what else is left out is named.

    hosts(5) knows no wildcard, so that every host seen under a name has lines of its own there: one
    for IPv4 and one for IPv6, of which dnsmasq would ask elsewhere.
    """
    below: dict[str, set[str]] = {}
    wanted = _with_hosts(cases, below) if settings.style == "hosts" else cases
    blocked, left_out = handover.to_block(wanted)
    mark, line = _COMMENTS[settings.style], _LINES[settings.style]
    listed = (host for name in blocked for host in sorted({name, *below.get(name, ())}))
    lines = [
        f"{mark} {how_many(len(blocked), 'lookalike')}, as hunter saw them; written {utc_text(at)}",
        *(f"{mark} left out: {wording.clean(domain)}: {why}" for domain, why in left_out),
        *map(line, listed),
    ]
    return ("\n".join(lines) + "\n").encode()


def _with_hosts(cases: Iterable[Case], below: dict[str, set[str]]) -> Iterator[Case]:
    """The cases; of each that passes by, `below` has the hosts under the names that imitate."""
    for case in cases:
        hosts = handover.host_names(case)
        for name in handover.imitating(case):
            under = (host for host in hosts if names.is_under(host, name))
            below.setdefault(name, set()).update(under)
        yield case
