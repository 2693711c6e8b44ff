"""Public resolvers that leave out names which are on somebody's list of harmful ones.

Such a list is where lookalikes end: through them they look gone, with all that they had.

Sources: quad9.net/service/service-addresses-and-features; developers.cloudflare.com/1.1.1.1;
support.opendns.com; adguard-dns.io/kb; cleanbrowsing.org/filters; joindns4.eu/for-public.
"""

from collections.abc import Iterable, Iterator

from hunter.doctor.check import Check

_FILTERING = {
    "Quad9": (
        *("9.9.9.9", "149.112.112.112", "9.9.9.11", "149.112.112.11"),
        *("2620:fe::fe", "2620:fe::9", "2620:fe::11", "2620:fe::fe:11"),
    ),
    "Cloudflare for Families": (
        *("1.1.1.2", "1.0.0.2", "1.1.1.3", "1.0.0.3"),
        *("2606:4700:4700::1112", "2606:4700:4700::1002"),
        *("2606:4700:4700::1113", "2606:4700:4700::1003"),
    ),
    "OpenDNS": (
        *("208.67.222.222", "208.67.220.220", "208.67.222.123", "208.67.220.123"),
        *("2620:119:35::35", "2620:119:53::53"),
    ),
    "AdGuard": (
        *("94.140.14.14", "94.140.15.15", "94.140.14.15", "94.140.15.16"),
        *("2a10:50c0::ad1:ff", "2a10:50c0::ad2:ff"),
    ),
    "CleanBrowsing": (
        *("185.228.168.9", "185.228.169.9", "185.228.168.10", "185.228.169.11"),
        *("185.228.168.168", "185.228.169.168"),
    ),
    "DNS4EU": ("86.54.11.1", "86.54.11.11", "86.54.11.12", "86.54.11.13"),
}
_WHOSE = {address: whose for whose, addresses in _FILTERING.items() for address in addresses}


def checks(servers: Iterable[str]) -> Iterator[Check]:
    """Of each such resolver among those that are asked, written as `9.9.9.9:53`."""
    for server in servers:
        address = server.rpartition(":")[0].strip("[]")
        if whose := _WHOSE.get(address):
            hint = "set [net] dns_servers to one that leaves out nothing, such as your own unbound"
            message = (
                f"{address} ({whose}) leaves out what it holds for harmful: lookalikes look gone"
            )
            yield Check("resolver", "", message, hint)
