"""A webhook of your own: JSON over HTTPS, signed, for ticket systems, SIEMs and scripts.

Signature and headers: standardwebhooks.com, for which libraries in many languages exist.
"""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence

from pydantic import Field

from hunter.contracts import THE_PLACE, NotifierContext, NotifierSettings, Recipient
from hunter.errors import WillNotPass
from hunter.net import hook
from hunter.net.folder import drop_notice
from hunter.net.secret import read_secret
from hunter.notice import Notice
from hunter.wording.as_data import data
from hunter.written import LocalPath, SecretFile

_PREFIX = "whsec_"
FOLLOWS_STATE = False
CARRIES_FILES = True

_NOWHERE = "neither url_file nor folder is set"


class Settings(NotifierSettings):
    """Where to post, and with which secret to sign."""

    an_hour: int = Field(
        default=100, ge=1, description="messages an hour; what comes faster is one message"
    )
    a_day: int = Field(default=1000, ge=1, description="messages a day")
    url_file: SecretFile | None = Field(
        default=None, description="file that holds the URL to post to, which may hold a secret"
    )
    secret_file: SecretFile | None = Field(
        default=None, description="file that holds the secret to sign with; unsigned without it"
    )
    folder: LocalPath | None = Field(
        default=None, description="write the messages there as JSON and post nothing"
    )

    def fault_in(self, _addresses: Sequence[str]) -> str:
        """That nothing says where to send it."""
        return "" if self.url_file or self.folder else _NOWHERE

    def places_of(self, _addresses: Sequence[str]) -> tuple[str, ...]:
        """Its one URL."""
        return THE_PLACE


async def send(
    notice: Notice, recipient: Recipient, settings: Settings, context: NotifierContext
) -> None:
    """Post it; returns when the answer is 2xx. Raises WillPass or WillNotPass, never with the URL.

    The same notice for the same subscriber has the same `webhook-id`, also when it is sent again.
    """
    told = data(notice)
    message = {
        "type": f"alert.{told['kind']}",
        "timestamp": told["at"],
        "data": told | {"subscriber": recipient.subscriber},
    }
    content = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
    if settings.folder is not None:
        drop_notice(settings.folder, notice, recipient.subscriber, ".json", content)
        return
    if settings.url_file is None:
        raise WillNotPass(f"webhook: {_NOWHERE}")
    url = hook.address(settings.url_file, "webhook")
    key = f"{notice.key} {recipient.subscriber}"
    headers = _headers(key, content, settings, context)
    answer = await context.doors.http.post(url, content=content, headers=headers)
    hook.settle(answer, "webhook", context.now())


def _headers(
    key: str, content: bytes, settings: Settings, context: NotifierContext
) -> dict[str, str]:
    identity = "msg_" + hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]
    timestamp = str(int(context.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": identity,
        "webhook-timestamp": timestamp,
    }
    if settings.secret_file is not None:
        secret = _secret(read_secret(settings.secret_file), settings)
        headers["webhook-signature"] = signature(secret, identity, timestamp, content)
    return headers


def signature(secret: bytes, identity: str, timestamp: str, content: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of identity, timestamp and body, in base64."""
    signed = f"{identity}.{timestamp}.".encode() + content
    return "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()


def _secret(text: str, settings: Settings) -> bytes:
    """`whsec_` and base64, as the standard writes secrets; any other text is its own bytes."""
    if not text.startswith(_PREFIX):
        return text.encode()
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise WillNotPass(
            f"webhook: {settings.secret_file} begins with {_PREFIX} and goes on with no base64"
        ) from None
