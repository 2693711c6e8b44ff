"""What webhooks have in common: which URL may be used, and what an answer means for a message."""

from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from hunter.errors import TooLarge, Unwelcome, WillNotPass, WillPass
from hunter.net.http import HttpAnswer, retry_after
from hunter.net.secret import read_secret
from hunter.net.text import clean

_BUSY = frozenset((HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS))
_UNWELCOME = frozenset((HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY))
_LOOPBACK = frozenset(("127.0.0.1", "::1", "localhost"))


def is_safe(url: str) -> bool:
    """Whether nobody on the way can read what is posted there: https, or this machine."""
    try:
        scheme, host = urlsplit(url).scheme, urlsplit(url).hostname
    except ValueError:
        return False
    return bool(host) and (scheme == "https" or (scheme == "http" and host in _LOOPBACK))


def address(file: Path, channel: str) -> str:
    """The URL that the file holds; raises WillNotPass when it is none that may be used."""
    url = read_secret(file)
    if not is_safe(url):
        raise WillNotPass(f"{channel}: {file} holds no https:// URL")
    return url


def settle(answer: HttpAnswer, channel: str, now: datetime) -> None:
    """Return when the message was taken (2xx); raises WillPass for a busy server, else WillNotPass.

    For 413 it is TooLarge, for 400 and 422 Unwelcome. Messages hold the status and the first words
    of the answer, and nothing of the URL.
    """
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return
    said = f"{answer.status} {clean(answer.body.decode('utf-8', 'replace'), 80)}".rstrip()
    message = f"{channel}: the webhook answered {said}"
    broken = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if broken or answer.status in _BUSY:
        # A gateway that gave up waiting does not know whether the server behind it took it.
        raise WillPass(message, retry_after(answer.headers, now), in_doubt=broken)
    if answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise TooLarge(message)
    raise Unwelcome(message) if answer.status in _UNWELCOME else WillNotPass(message)
