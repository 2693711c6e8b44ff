"""The resolver, and every server that sources, enrichers and channels need."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta

from hunter.config import Config
from hunter.doctor import filtering
from hunter.doctor.check import Check
from hunter.doctor.servers import servers
from hunter.errors import NotPublic, WillNotPass, WillPass
from hunter.net.dns import DnsDoor, DnsStatus
from hunter.net.guard import Guard
from hunter.net.reach import Server, reach

_AT_ONCE = 20
_SOON = timedelta(days=14)


async def checks(config: Config, now: datetime) -> AsyncIterator[Check]:
    """Ask the resolver, then knock at every server."""
    door = DnsDoor(config.net.dns_servers, config.net.dns_port)
    try:
        yield await _answers(door, config.brands[0].domain)
        if (found_out := await _tells_the_truth(door)) is not None:
            yield found_out
        for left_out in filtering.checks(door.servers()):
            yield left_out
    finally:
        await door.close()
    turns = asyncio.Semaphore(_AT_ONCE)
    found, faults = servers(config)
    for fault in faults:
        yield fault
    knocks = [_knock(config, *one, turns, now) for one in found.items()]
    for knock in asyncio.as_completed(knocks):
        yield await knock


async def _answers(door: DnsDoor, domain: str) -> Check:
    answer = await door.ask(domain, "NS")
    if answer.status is DnsStatus.UNKNOWN:
        hint = "set [net] dns_servers, or run a resolver such as unbound on this machine"
        return Check("resolver", "", f"it could not answer for {domain}: {answer.reason}", hint)
    if answer.status is DnsStatus.ABSENT:
        hint = "is the domain of the first [[brand]] right?"
        return Check("resolver", "", f"it says that {domain} does not exist", hint)
    return Check("resolver", "", f"answers for {domain}")


async def _tells_the_truth(door: DnsDoor) -> Check | None:
    """RFC 6761: `.invalid` never exists. Who says otherwise makes every squatter's name exist.

    None where there is no answer: whether it would invent one is not known.
    """
    answer = await door.ask(f"{secrets.token_hex(8)}.invalid", "A")
    if answer.status is DnsStatus.UNKNOWN:
        return None
    if answer.status is DnsStatus.FOUND:
        hint = "use another resolver: this one answers for names that do not exist"
        return Check("resolver", "", f"it invents addresses: {answer.records[0]}", hint)
    return Check("resolver", "", "invents no addresses")


async def _knock(
    config: Config,
    server: Server,
    parts: Mapping[str, None],
    turns: asyncio.Semaphore,
    now: datetime,
) -> Check:
    subject = ", ".join(parts)
    # All others go through the guard as they will later.
    guard = Guard(config.net.allow_private or server.own, frozenset(config.net.private_hosts))
    async with turns:
        try:
            ends = await reach(server, guard)
        except NotPublic as error:
            hint = f'if it is yours, let hunter go there: [net] private_hosts = ["{server}"]'
            return Check("server", subject, f"{server} {error}", hint)
        except WillPass as error:
            fits = ", does tls fit the port" if server.tls and server.own else ""
            where = next(iter(parts))
            hint = f"is {server} right in [{where}]{fits}, and is it let out by the firewall?"
            return Check("server", subject, f"{server} {error}", hint)
        except WillNotPass as error:
            hint = f"mend ca_bundle of [{next(iter(parts))}]"
            return Check("server", subject, f"{server} was not asked: {error}", hint)
    if ends and ends < now + _SOON:
        hint = "its operator must renew it; then hunter goes on by itself"
        return Check("certificate", subject, f"{server}'s ends on {ends:%Y-%m-%d}", hint)
    return Check("server", subject, f"{server} answers")
