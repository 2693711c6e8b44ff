"""What a server's answer says of the list that was asked for."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path

from hunter.errors import WillPass
from hunter.feeds.kinds import is_web_page

_MAX_ETAG = 200
_BEGINNING = 1000


def etag(headers: Mapping[str, str]) -> str:
    """What the server calls this version of the list; empty where that is too long to keep."""
    found = headers.get("etag", "")
    return found if len(found) <= _MAX_ETAG else ""


def is_news(status: int, body: Path, day: date | None, *, early: bool) -> bool:
    """Whether the answer holds a list; a day's list may not be given out yet, or no longer.

    Raises WillPass for every other answer. As long as it is `early`, what some servers say in place
    of 404 stands for it: of a later day it is a login that is refused, or a list that has moved.
    """
    if status == HTTPStatus.NOT_MODIFIED or (status == HTTPStatus.NOT_FOUND and day):
        return False
    if early and _stands_for_none(status, body):
        return False
    if status != HTTPStatus.OK:
        raise WillPass(f"answered {status}")
    return True


def _stands_for_none(status: int, body: Path) -> bool:
    """S3 forbids what it does not have, and others show a page."""
    if status != HTTPStatus.OK:
        return status == HTTPStatus.FORBIDDEN
    with body.open("rb") as file:
        return is_web_page(file.read(_BEGINNING))


def dated(headers: Mapping[str, str], day: date | None) -> datetime | None:
    """From when the list is: as the server says, or the end of its day."""
    try:
        found = parsedate_to_datetime(headers.get("last-modified", ""))
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return datetime.combine(day, time.max, UTC) if day else None
