"""The door to mail servers: one message in one exchange (RFC 5321). The only user of aiosmtplib.

The place is the operator's own: no address guard asks.
"""

import asyncio
import re
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import aiosmtplib

from hunter.errors import TooLarge, Unwelcome, WillNotPass, WillPass
from hunter.net.text import clean
from hunter.net.trust import trusting

PORTS = {"starttls": 587, "tls": 465, "none": 25}
PERMANENT = 500
"""Replies from here on are final (RFC 5321, 4.2.1)."""
_TRANSIENT = 400
_LEAVES = 421
"""Says nothing of an address: the server closes the connection (RFC 5321, 3.8)."""
_TOO_LARGE = 552
_TOO_LARGE_IN_WORDS = re.compile(r"5\.(3\.4|2\.3)\b")
"""RFC 3463: larger than the system, or the mailbox, takes."""
_SPENT_BY_CODE = re.compile(r"5\.(2\.2|4\.5)\b|5\.2\.0 STOREDRV\.Submission\S*QuotaExceeded")
"""RFC 3463: the mailbox is full, the mail system is congested, as Gmail says it; and Exchange's."""
_FOR_A_TIME = r"\b((per|an|each) (minute|hour|day)|hourly|daily|24-hour)\b"
_SPENT = re.compile(
    r"\bquota\b|\bsending limit\b"
    rf"|{_FOR_A_TIME}.*\b(limit|max\w*)|\b(limit|max\w*|exceed\w*|only)\b.*{_FOR_A_TIME}",
    re.IGNORECASE | re.DOTALL,
)
_MOST_REPLY = 1000
_NAME = re.compile(r"\S*[^\W\d][^\s.]*\.\S+|\S+@\S+")
_ONE_COMMAND = 30.0
_ALL_COMMANDS = 120.0
_TAKING = 600.0
"""What a server does with a message before it answers, such as look for viruses, takes its time; to
hang up on it means that everybody gets the message again (RFC 5321, 4.5.3.2.6)."""
_FAREWELL = 5.0

Refused: TypeAlias = Mapping[str, tuple[int, str]]
"""Address → reply code and reason."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """How to reach a mail server, and as whom; `tls` is a key of PORTS."""

    host: str
    port: int
    tls: str
    helo: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_bundle: Path | None = None


async def hand_over(
    server: MailServer, sender: str, addresses: Sequence[str], message: bytes
) -> Refused:
    """Hand the message over; returns, once the server took it, who was refused before.

    Final replies that a quota is spent pass as well: it is given anew each hour, or day.
    When all are refused there was no message. Raises WillPass, `in_doubt` from DATA on until the
    server's reply, TooLarge, Unwelcome (final, from DATA on) and WillNotPass.
    """
    exchange = _Exchange(_client(server))
    try:
        return await exchange.run(sender, addresses, message)
    except aiosmtplib.SMTPResponseException as error:
        raise _refusal(server, error, handing_over=exchange.handing_over) from error
    except (OSError, TimeoutError) as error:
        why = clean(str(error), 200) or type(error).__name__
        message_of_it = f"{server.host} could not be used: {why}"
        raise WillPass(message_of_it, in_doubt=exchange.handing_over) from error
    except aiosmtplib.SMTPException as error:
        raise WillNotPass(f"{server.host}: {clean(error.message, 200)}") from error
    finally:
        await exchange.end()


def _refusal(
    server: MailServer, error: aiosmtplib.SMTPResponseException, *, handing_over: bool
) -> WillPass | WillNotPass:
    """What the reply means. One that says neither yes nor no to a message leaves it in doubt."""
    told = f"{error.code} {clean(error.message, 200)}" if error.code > 0 else clean(error.message)
    message = f"{server.host} answered {told}".rstrip()
    if error.code >= PERMANENT and is_spent(error.message):
        return WillPass(message)
    if error.code == _TOO_LARGE or _TOO_LARGE_IN_WORDS.match(error.message):
        return TooLarge(message)
    if error.code >= PERMANENT:
        return Unwelcome(message) if handing_over else WillNotPass(message)
    return WillPass(message, in_doubt=handing_over and error.code < _TRANSIENT)


def is_spent(reply: str) -> bool:
    """Whether it is final by its code alone, and so many messages were sent or lie in a mailbox.

    What stands in it as a name or an address may be a stranger's words.
    """
    told = _NAME.sub("", reply[:_MOST_REPLY])
    return bool(_SPENT_BY_CODE.match(reply) or _SPENT.search(told))


class _Exchange:
    """One connection, and how far it came."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self.client = client
        self.handing_over = False
        self.accepted = False

    async def run(self, sender: str, addresses: Sequence[str], message: bytes) -> Refused:
        async with asyncio.timeout(_ALL_COMMANDS):
            refused = await self._begin(sender, addresses, message)
        if len(refused) < len(addresses):
            self.handing_over = True
            await self.client.data(message, timeout=_TAKING)
            self.accepted = True
        return refused

    async def _begin(self, sender: str, addresses: Sequence[str], message: bytes) -> Refused:
        await self.client.connect()
        await self._greet()
        await self.client.mail(sender, options=self._options(message))
        return dict([found for one in addresses if (found := await self._refusal(one))])

    async def _greet(self) -> None:
        """What a server can do it says at EHLO, which a very old one does not know."""
        if self.client.is_ehlo_or_helo_needed:
            try:
                await self.client.ehlo()
            except aiosmtplib.SMTPHeloError:
                if not self.client.is_connected:
                    raise
                await self.client.helo()

    def _options(self, message: bytes) -> list[str]:
        """RFC 1870: a server that cannot take so much says so before it gets it."""
        return [f"size={len(message)}"] if self.client.supports_extension("size") else []

    async def _refusal(self, address: str) -> tuple[str, tuple[int, str]] | None:
        try:
            await self.client.rcpt(address)
        except aiosmtplib.SMTPRecipientRefused as error:
            if error.code == _LEAVES:
                raise
            code = _TRANSIENT if is_spent(error.message) else error.code
            return address, (code, clean(error.message, 120))
        return None

    async def end(self) -> None:
        """How the server takes its leave changes nothing."""
        if self.accepted:
            with suppress(aiosmtplib.SMTPException, OSError):
                await self.client.quit(timeout=_FAREWELL)
        self.client.close()


def _client(server: MailServer) -> aiosmtplib.SMTP:
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        # Left out, it would be asked of the DNS.
        local_hostname=server.helo,
        timeout=_ONE_COMMAND,
        use_tls=server.tls == "tls",
        start_tls=server.tls == "starttls",
        tls_context=_tls_context(server),
    )


def _tls_context(server: MailServer) -> ssl.SSLContext | None:
    return None if server.tls == "none" else trusting(server.ca_bundle)
