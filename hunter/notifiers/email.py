"""Mail over SMTP: text and HTML, one thread for each lookalike."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Literal, Self

import structlog
from pydantic import Field, model_validator

from hunter.contracts import NotifierContext, NotifierSettings, Recipient
from hunter.errors import Partly, TooLarge, Unwelcome, WillNotPass, WillPass
from hunter.net import reach, smtp
from hunter.net.folder import drop_notice
from hunter.net.host import has_zone, host_and_port
from hunter.net.mailbox import in_ascii, is_address
from hunter.net.secret import read_secret
from hunter.net.smtp import MailServer, Refused
from hunter.notice import Notice
from hunter.wording import clean
from hunter.wording.as_mail import mail
from hunter.written import Host, LocalPath, MailAddress, SecretFile, Server

FOLLOWS_STATE = False
CARRIES_FILES = True
_log = structlog.get_logger()
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_HELO = re.compile(r"[\w.:\[\]-]{1,255}", re.ASCII)


class Settings(NotifierSettings):
    """How to reach the mail server, and as whom."""

    host: Host = Field(default="localhost", description="the mail server that takes your mail")
    port: int | None = Field(
        default=None, ge=1, le=65535, description="587 for starttls, 465 for tls, 25 for none"
    )
    fallbacks: tuple[Server, ...] = Field(
        default=(), description="HOST or HOST:PORT of others, tried in turn when it cannot be used"
    )
    tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection is encrypted"
    )
    username: str | None = Field(default=None, description="login at the mail server, if it asks")
    password_file: SecretFile | None = Field(
        default=None, description="file that holds the password"
    )
    sender: MailAddress = Field(
        default="hunter@localhost",
        description="the address the mails come from, alone: hunter@en-marche.example",
    )
    helo: str | None = Field(
        default=None, description="how to introduce ourselves; the sender's domain when left out"
    )
    ca_bundle: LocalPath | None = Field(
        default=None, description="certificates to trust, for a mail server of your own"
    )
    folder: LocalPath | None = Field(
        default=None, description="write the mails there as .eml files and send nothing"
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.username is None) != (self.password_file is None):
            raise ValueError("username and password_file go together")
        hosts = [one.host for one in self.reaches()]
        if self.username and self.tls == "none" and not _LOOPBACK.issuperset(hosts):
            raise ValueError('a password is not sent in the clear: set tls to "starttls" or "tls"')
        if self.tls != "none" and any(map(has_zone, hosts)):
            raise ValueError("no certificate names a zone: give the server a name, or set tls none")
        if self.helo is not None and not _HELO.fullmatch(self.helo):
            raise ValueError("helo is not a host name")
        return self

    def fault_in(self, addresses: Sequence[str]) -> str:
        """What is no address among them; that there is none, where mail is sent."""
        if not addresses and self.folder is None:
            return "names no address"
        wrong = [f"{one!r}{in_ascii(one)}" for one in addresses if not is_address(one)]
        return f"no mail address: {', '.join(wrong)}" if wrong else ""

    def reaches(self) -> tuple[reach.Server, ...]:
        """Each of them, in the order in which to try them."""
        usual, tls = smtp.PORTS[self.tls], self.tls == "tls"
        others = (host_and_port(one, usual) for one in self.fallbacks)
        places = ((self.host, self.port or usual), *others)
        return tuple(reach.Server(*place, tls, self.ca_bundle, own=True) for place in places)


async def send(
    notice: Notice, recipient: Recipient, settings: Settings, context: NotifierContext
) -> None:
    """Send it to all addresses; returns when the server took the message after DATA.

    An address refused for good is logged and the others still get the mail; WillNotPass only when
    nobody can. One that is put off raises Partly, or WillPass when nobody has it, and the next try
    goes to who still waits.
    """
    addresses = _usable(recipient)
    whose = recipient.subscriber
    message = bytes(mail(notice, settings.sender, addresses, context.now(), subscriber=whose))
    if settings.folder is not None:
        drop_notice(settings.folder, notice, whose, ".eml", message)
        return
    if not addresses:
        raise WillNotPass(f"email: {recipient.subscriber} has no usable mail address")
    key = f"accepted {notice.key} {recipient.subscriber}"
    had_it = frozenset(json.loads(context.recall(key) or "[]"))
    waiting = [address for address in addresses if address not in had_it]
    refused = await _deliver(message, waiting, settings, context)
    had_it |= set(waiting) - refused.keys()
    put_off = any(code < smtp.PERMANENT for code, _ in refused.values())
    if put_off and had_it:
        context.keep(key, json.dumps(sorted(had_it)))
    _settle(refused, recipient, context, put_off=put_off, anybody=bool(had_it))


def _usable(recipient: Recipient) -> list[str]:
    """The addresses that can stand in an SMTP command; the others are named in the journal.

    One that stands there twice, be it in capitals, gets one mail, as it was written first.
    """
    found: dict[str, str] = {}
    for address in recipient.addresses:
        if is_address(address):
            found.setdefault(address.lower(), address)
        else:
            _log.warning("email.unusable_address", to=recipient.subscriber, address=clean(address))
    return list(found.values())


def _settle(
    refused: Refused,
    recipient: Recipient,
    context: NotifierContext,
    *,
    put_off: bool,
    anybody: bool,
) -> None:
    """Raise for who must be tried again, and when nobody can be reached; the rest is noted."""
    told = "; ".join(f"{address}: {why}" for address, (_, why) in refused.items())
    if put_off:
        # Who has it must neither get it again, under another Message-ID, nor wait for the others.
        raise Partly(f"email: put off: {told}") if anybody else WillPass(f"email: put off: {told}")
    if refused and not anybody:
        raise WillNotPass(f"email: every address was refused: {told}")
    if refused:
        context.remark(f"refused: {told}")
    for address, (code, why) in refused.items():
        _log.warning(
            "email.refused", to=recipient.subscriber, address=address, code=code, reason=why
        )


async def _deliver(
    message: bytes, addresses: Sequence[str], settings: Settings, context: NotifierContext
) -> Refused:
    """Hand it to the first server that can be used; returns who was refused there."""
    troubles: list[WillPass | WillNotPass] = []
    for server in _servers(settings):
        try:
            refused = await smtp.hand_over(server, settings.sender, addresses, message)
        except (WillPass, WillNotPass) as error:
            troubles.append(error)
            if isinstance(error, WillPass) and error.in_doubt:
                break
            _log.warning("email.server", host=server.host, reason=str(error))
        else:
            if troubles:
                context.remark(f"passed over: {'; '.join(map(str, troubles))}")
            return refused
    raise _together(troubles)


def _together(troubles: Sequence[WillPass | WillNotPass]) -> WillPass | WillNotPass:
    """It passes when one of them does, unless one would take others, or it with fewer files."""
    told = f"email: {'; '.join(map(str, troubles))}"
    passing = [one for one in troubles if isinstance(one, WillPass)]
    if any(one.in_doubt for one in passing):
        return WillPass(told, in_doubt=True)
    if any(isinstance(one, TooLarge) for one in troubles):
        return TooLarge(told)
    # Waiting for a server that is away might be waiting for ever, and all other letters with it.
    if any(isinstance(one, Unwelcome) for one in troubles):
        return Unwelcome(told)
    return WillPass(told) if passing else WillNotPass(told)


def _servers(settings: Settings) -> Iterator[MailServer]:
    password = read_secret(settings.password_file) if settings.password_file else None
    helo = settings.helo or settings.sender.rpartition("@")[2]
    login = (settings.tls, helo, settings.username, password, settings.ca_bundle)
    for one in settings.reaches():
        yield MailServer(one.host, one.port, *login)
