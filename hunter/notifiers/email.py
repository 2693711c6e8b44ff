"""Mail over SMTP: text and HTML, one thread for each lookalike. The only user of aiosmtplib."""

import asyncio
import re
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Literal, Self, TypeAlias

import aiosmtplib
import structlog
from pydantic import Field, model_validator

from hunter.contracts import LocalPath, NotifierContext, Recipient, SecretFile
from hunter.contracts import Settings as BaseSettings
from hunter.errors import WillNotPass, WillPass
from hunter.model import Notice
from hunter.net.folder import drop, file_name
from hunter.net.secret import read_secret
from hunter.wording import clean
from hunter.wording.as_mail import mail

_log = structlog.get_logger()

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,190}", re.ASCII | re.IGNORECASE)
_HELO = re.compile(r"[\w.:\[\]-]{1,255}", re.ASCII)
_ONE_COMMAND = 30.0
_WHOLE_EXCHANGE = 120.0
_FAREWELL = 5.0
_PERMANENT = 500
_REMEMBERED = 1000

_Refused: TypeAlias = Mapping[str, tuple[int, str]]
_accepted: dict[tuple[str, str], frozenset[str]] = {}
"""Who has a notice already while another address of the same subscriber is put off."""


class Settings(BaseSettings):
    """How to reach the mail server, and as whom."""

    host: str = Field(default="localhost", description="the mail server that takes your mail")
    port: int | None = Field(
        default=None, ge=1, le=65535, description="587 for starttls, 465 for tls, 25 for none"
    )
    tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="how the connection is encrypted"
    )
    username: str | None = Field(default=None, description="login at the mail server, if it asks")
    password_file: SecretFile | None = Field(
        default=None, description="file that holds the password"
    )
    sender: str = Field(default="hunter@localhost", description="the address the mails come from")
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
        if self.username and self.tls == "none" and self.host not in _LOOPBACK:
            raise ValueError('a password is not sent in the clear: set tls to "starttls" or "tls"')
        if not _ADDRESS.fullmatch(self.sender):
            raise ValueError("sender is not a mail address")
        if self.helo is not None and not _HELO.fullmatch(self.helo):
            raise ValueError("helo is not a host name")
        return self


async def send(
    notice: Notice, recipient: Recipient, settings: Settings, context: NotifierContext
) -> None:
    """Send it to all addresses; returns when the server took the message after DATA.

    An address refused for good is logged and the others still get the mail; WillNotPass only when
    nobody can. One that is put off raises WillPass, and the next try goes to who still waits.
    """
    addresses = _usable(recipient)
    message = bytes(mail(notice, settings.sender, addresses, context.now()))
    if settings.folder is not None:
        key = f"{notice.key} {recipient.subscriber}"
        name = file_name(notice.at, notice.domain, notice.kind, key, ".eml")
        drop(settings.folder, name, message)
        return
    if not addresses:
        raise WillNotPass(f"email: {recipient.subscriber} has no usable mail address")
    case = (notice.key, recipient.subscriber)
    had_it = _accepted.get(case, frozenset())
    waiting = [address for address in addresses if address not in had_it]
    refused = await _deliver(message, waiting, settings)
    _remember(case, had_it | (set(waiting) - refused.keys()))
    _settle(refused, recipient, anybody=bool(_accepted[case]))
    del _accepted[case]


def _usable(recipient: Recipient) -> list[str]:
    """The addresses that can stand in an SMTP command; the others are named in the journal."""
    found = dict.fromkeys(recipient.addresses)
    for address in found:
        if not _ADDRESS.fullmatch(address):
            _log.warning("email.unusable_address", to=recipient.subscriber, address=clean(address))
    return [address for address in found if _ADDRESS.fullmatch(address)]


def _remember(case: tuple[str, str], accepted: frozenset[str]) -> None:
    while len(_accepted) >= _REMEMBERED:
        del _accepted[next(iter(_accepted))]
    _accepted[case] = accepted


def _settle(refused: _Refused, recipient: Recipient, *, anybody: bool) -> None:
    """Raise for who must be tried again, and when nobody can be reached; the rest is logged."""
    told = "; ".join(f"{address}: {why}" for address, (_, why) in refused.items())
    if any(code < _PERMANENT for code, _ in refused.values()):
        raise WillPass(f"email: put off: {told}")
    if refused and not anybody:
        raise WillNotPass(f"email: every address was refused: {told}")
    for address, (code, why) in refused.items():
        _log.warning(
            "email.refused", to=recipient.subscriber, address=address, code=code, reason=why
        )


async def _deliver(message: bytes, addresses: Sequence[str], settings: Settings) -> _Refused:
    """Hand the message over; returns who was refused, with code and reason."""
    client = _client(settings)
    try:
        async with asyncio.timeout(_WHOLE_EXCHANGE):
            await client.connect()
            refused, _ = await client.sendmail(settings.sender, addresses, message)
    except aiosmtplib.SMTPRecipientsRefused as error:
        return {one.recipient: (one.code, clean(one.message, 120)) for one in error.recipients}
    except aiosmtplib.SMTPResponseException as error:
        kind = WillNotPass if error.code >= _PERMANENT else WillPass
        raise kind(f"email: {settings.host} answered {_said(error)}") from error
    except (OSError, TimeoutError) as error:
        why = clean(str(error), 200) or type(error).__name__
        raise WillPass(f"email: {settings.host} could not be used: {why}") from error
    except aiosmtplib.SMTPException as error:
        raise WillNotPass(f"email: {settings.host}: {clean(error.message, 200)}") from error
    else:
        # The message is accepted; how the server takes its leave changes nothing.
        with suppress(aiosmtplib.SMTPException, OSError):
            await client.quit(timeout=_FAREWELL)
        return {one: (code, clean(why, 120)) for one, (code, why) in refused.items()}
    finally:
        client.close()


def _said(error: aiosmtplib.SMTPResponseException) -> str:
    return f"{error.code} {clean(error.message, 200)}".rstrip()


def _client(settings: Settings) -> aiosmtplib.SMTP:
    password = read_secret(settings.password_file) if settings.password_file else None
    return aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port or _PORTS[settings.tls],
        username=settings.username,
        password=password,
        # Left out, it would be asked of the DNS.
        local_hostname=settings.helo or settings.sender.rpartition("@")[2],
        timeout=_ONE_COMMAND,
        use_tls=settings.tls == "tls",
        start_tls=settings.tls == "starttls",
        tls_context=_tls_context(settings),
    )


def _tls_context(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls == "none":
        return None
    try:
        return ssl.create_default_context(cafile=settings.ca_bundle)
    except OSError as error:
        raise WillNotPass(
            f"email: {settings.ca_bundle} holds no certificates: {error.strerror}"
        ) from error
