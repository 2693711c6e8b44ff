"""A small SMTP server on loopback (aiosmtpd) that can also be as awkward as real ones."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.world.thread import running


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it reached the server after DATA."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    encrypted: bool
    helo: str

    @property
    def mail(self) -> EmailMessage:
        """The message, parsed."""
        return cast(EmailMessage, message_from_bytes(self.raw, policy=default))


@dataclass
class SmtpServer:
    """What a test sees and sets. The settings may be changed while the server runs."""

    port: int = 0
    messages: list[Received] = field(default_factory=list, repr=False)
    answer_to_rcpt: str = ""
    """What every address gets, unless it is empty."""
    refused: frozenset[str] = frozenset()
    """Addresses that get 550."""
    greylisted: frozenset[str] = frozenset()
    """Addresses that get 451 at their first try."""
    full: frozenset[str] = frozenset()
    """Addresses that get 452."""
    leaves_at: str = ""
    """The address at which the server says that it closes."""
    drop_after_data: int = 0
    """How many messages are taken without an answer: the connection is cut instead."""
    login: tuple[str, str] | None = None
    """User and password without which no sender is taken."""
    answer_to_data: str = "250 2.0.0 taken"
    thinks: float = 0.0
    """For how many seconds it looks into a message before it answers."""
    unwanted: bytes = b""
    """A message that holds this gets 554."""
    old: bool = False
    """Knows HELO only."""
    tries: list[str] = field(default_factory=list, repr=False)
    """Every RCPT, in order."""

    def mails_about(self, name: str) -> list[str]:
        """The subjects of the mails about a domain."""
        defanged = name.replace(".", "[.]")
        subjects = [str(received.mail["Subject"]) for received in self.messages]
        return [subject for subject in subjects if defanged in subject]

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, name: str, replies: list[str]
    ) -> list[str]:
        """Say what it can do, unless it is too old for that."""
        session.host_name = name
        return ["502 5.5.1 unknown command"] if self.old else replies

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender, once it is known who asks."""
        if self.login and not session.authenticated:
            return "530 5.7.0 authentication required"
        envelope.mail_from = address
        return "250 2.1.0 ok"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept, refuse or put off one recipient."""
        first = address not in self.tries
        self.tries.append(address)
        if self.answer_to_rcpt:
            return self.answer_to_rcpt
        if address in self.refused:
            return "550 5.1.1 no such user here"
        if address in self.greylisted and first:
            return "451 4.7.1 greylisted, try again later"
        if address == self.leaves_at:
            return "421 4.3.2 shutting down"
        if address in self.full:
            return "452 4.2.2 the mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the message, or cut the line at the worst moment."""
        content = cast(bytes, envelope.original_content)
        if self.unwanted and self.unwanted in content:
            return "554 5.7.1 message content rejected"
        if self.answer_to_data.startswith("2"):
            self.messages.append(
                Received(
                    sender=envelope.mail_from or "",
                    recipients=tuple(envelope.rcpt_tos),
                    raw=content,
                    encrypted=session.ssl is not None,
                    helo=session.host_name or "",
                )
            )
        await asyncio.sleep(self.thinks)
        if self.drop_after_data:
            self.drop_after_data -= 1
            server.transport.abort()
        return self.answer_to_data


def _authenticator(
    login: tuple[str, str], _server: Any, _session: Any, _envelope: Any, _how: str, data: Any
) -> AuthResult:
    given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else ()
    return AuthResult(success=given == login, handled=False)


@asynccontextmanager
async def smtp_server(
    *,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
    port: int = 0,
    largest: int | None = None,
    **behaviour: Any,
) -> AsyncIterator[SmtpServer]:
    """Serve on 127.0.0.1, on a free port unless one is given.

    With `starttls` nothing is taken in the clear; with `login` one must. `tls` speaks TLS from the
    first byte. `largest` is the size in bytes that a message may have.
    """
    loop = asyncio.get_running_loop()
    server = SmtpServer(login=login, **behaviour)
    make = partial(
        SMTP,
        server,
        hostname="127.0.0.1",
        data_size_limit=largest,
        loop=loop,
        tls_context=starttls,
        require_starttls=starttls is not None,
        auth_require_tls=starttls is not None,
        authenticator=partial(_authenticator, login) if login else None,
    )
    listening = await loop.create_server(make, "127.0.0.1", port, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(listening.wait_closed(), 2)


@contextmanager
def smtp_in_a_thread(**options: Any) -> Iterator[SmtpServer]:
    """The same for stories that run the real command line: `.port` and `.messages`."""
    serving: AbstractContextManager[SmtpServer] = running(smtp_server(**options))
    with serving as server:
        yield server
