"""Any other channel that apprise knows: Teams, Matrix, ntfy, Signal, and a hundred more.

Source: github.com/caronc/apprise, whose package is the extra `notify`. It goes out by its own ways:
hunter's address guard does not ask where to.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import Field

from hunter.contracts import THE_PLACE, NotifierContext, NotifierSettings, Recipient
from hunter.errors import Partly, WillNotPass, WillPass
from hunter.model import Level
from hunter.net.folder import drop_notice
from hunter.net.secret import read_secret
from hunter.notice import Notice
from hunter.wording import harmless
from hunter.wording.as_text import text
from hunter.written import LocalPath, SecretFile

if TYPE_CHECKING:
    from apprise import NotifyBase

FOLLOWS_STATE = False
CARRIES_FILES = False
_SECONDS = 60.0
_MAX_TITLE = 200
# What would style, mention or link in one of so many services, as something that looks like it.
_LITERAL = str.maketrans({"<": "‹", ">": "›", "`": "'", "*": "∗", "~": "∼", "|": "¦"})

_NOWHERE = "neither urls_file nor folder is set"


class Settings(NotifierSettings):
    """Where to."""

    urls_file: SecretFile | None = Field(
        default=None, description="file that holds apprise's URLs, with blanks between them"
    )
    folder: LocalPath | None = Field(
        default=None, description="write the messages there as text and send nothing"
    )

    def fault_in(self, _addresses: Sequence[str]) -> str:
        """That nothing says where to send it."""
        return "" if self.urls_file or self.folder else _NOWHERE

    def places_of(self, _addresses: Sequence[str]) -> tuple[str, ...]:
        """All that its URLs name, at once."""
        return THE_PLACE


async def send(
    notice: Notice, recipient: Recipient, settings: Settings, context: NotifierContext
) -> None:
    """Send it to every URL; returns when all services took it. Raises WillPass or WillNotPass.

    apprise does not tell why a service did not: it is tried again, and who has it is left out. One
    that is away keeps it from no other.
    """
    title, body = _words(notice)
    if settings.folder is not None:
        content = f"{title}\n\n{body}".encode("utf-8", "replace")
        drop_notice(settings.folder, notice, recipient.subscriber, ".txt", content)
        return
    key = f"taken {notice.key} {recipient.subscriber}"
    had_it = frozenset(json.loads(context.recall(key) or "[]"))
    waiting = {mark: one for mark, one in _services(settings).items() if mark not in had_it}
    put_off = []
    for mark, service in waiting.items():
        if trouble := await _trouble(service, title, body, notice.severity):
            put_off.append(f"{service.service_name} {trouble}")
        else:
            had_it |= {mark}
            context.keep(key, json.dumps(sorted(had_it)))
    if put_off:
        told = f"apprise: {'; '.join(put_off)}"
        raise Partly(told) if had_it else WillPass(told, in_doubt=True)


def _words(notice: Notice) -> tuple[str, str]:
    title = harmless(notice.subject, _MAX_TITLE)
    return title.translate(_LITERAL), text(notice).translate(_LITERAL)


def _services(settings: Settings) -> "dict[str, NotifyBase]":
    """The services by a mark of their URL, which tells nothing of it."""
    if settings.urls_file is None:
        raise WillNotPass(f"apprise: {_NOWHERE}")
    found = {}
    for number, url in enumerate(read_secret(settings.urls_file).split(), 1):
        service = _service(url)
        if service is None:
            raise WillNotPass(f"apprise: URL {number} in {settings.urls_file} is none it knows")
        found[sha256(url.encode()).hexdigest()[:16]] = service
    return found


def _service(url: str) -> "NotifyBase | None":
    try:
        from apprise import Apprise
    except ImportError as error:
        install = f"{sys.executable} -m pip install apprise"
        raise WillNotPass(f"apprise: it is not installed: {install}") from error
    # It logs addresses, and what it could not do; hunter tells the latter itself.
    logging.getLogger("apprise").setLevel(logging.CRITICAL)
    return Apprise.instantiate(url)


async def _trouble(service: "NotifyBase", title: str, body: str, severity: Level) -> str:
    """What kept it from the service; empty when it was taken. apprise waits for it in a thread."""
    kind = "failure" if severity >= Level.HIGH else "warning"
    work = asyncio.to_thread(
        service.notify, body=body, title=title, notify_type=kind, body_format="text"
    )
    try:
        async with asyncio.timeout(_SECONDS):
            return "" if await work else "did not take it"
    except TimeoutError:
        return f"did not answer within {_SECONDS:g} s"
