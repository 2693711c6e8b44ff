"""Block lists for what is not a name server: one name a line, hosts(5), or uBlock and AdGuard."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from hunter import handover, names, wording
from hunter.contracts import Case, ExportSettings
from hunter.handover import utc_text

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


def export(cases: Sequence[Case], settings: Settings, at: datetime) -> bytes:
    """The list; what a person dismissed is not in it, and what else is left out is named.

    hosts(5) knows no wildcard, so that every host seen under a name has lines of its own there: one
    for IPv4 and one for IPv6, of which dnsmasq would ask elsewhere.
    """
    blocked, left_out = handover.to_block(cases)
    mark, line = _COMMENTS[settings.style], _LINES[settings.style]
    wanted = _with_hosts(cases, blocked) if settings.style == "hosts" else blocked
    lines = [
        f"{mark} {len(blocked)} lookalikes, as hunter saw them; written {utc_text(at)}",
        *(f"{mark} left out: {wording.clean(domain)}: {why}" for domain, why in left_out),
        *map(line, wanted),
    ]
    return ("\n".join(lines) + "\n").encode()


def _with_hosts(cases: Sequence[Case], blocked: Sequence[str]) -> list[str]:
    below = {name: {name} for name in blocked}
    for case in cases:
        hosts = handover.host_names(case)
        for name in handover.imitating(case):
            under = (host for host in hosts if names.is_under(host, name))
            below.get(name, set()).update(under)
    return [host for name in blocked for host in sorted(below[name])]
