"""What the commands of `hunter ct` open and understand: sessions, keys, times."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from datetime import timedelta

    from hunter.config import Config
    from hunter.ct.tail import Beginning
    from hunter.ct_session import Session

_FIRST_YEAR = 2013
"""When the first log began (RFC 6962)."""
_MOST_DAYS = 10_000
_TOO_LONG = "longer than there have been logs"


def open_for(config: "Config | None") -> "AbstractAsyncContextManager[Session]":
    """A session; how the lists of logs fare goes to standard error when it is not well."""
    from hunter.ct_session import open_session

    def tell(subject: str, healthy: bool, message: str, _trouble: str) -> None:
        if not healthy:
            aside(f"{subject}: {message}")

    return open_session(config, tell)


def key_of(path: Path | None) -> bytes | None:
    """The key in a file, as DER; raises YoursToFix."""
    from hunter.ct.unlisted import NoKey, read_key
    from hunter.errors import Fault, YoursToFix

    if path is None:
        return None
    try:
        return read_key(path.read_bytes())
    except (OSError, NoKey) as error:
        why = error.strerror if isinstance(error, OSError) else error
        hint = "the key stands in log lists, as base64"
        raise YoursToFix([Fault(str(path), "--key", f"no key: {why}", hint)]) from error


def url_of(text: str, argument: str = "URL") -> str:
    """Where a log is read; what is no URL is told before anybody is asked. Raises YoursToFix."""
    from hunter.errors import Fault, YoursToFix
    from hunter.written import web_address

    try:
        return web_address(text or "/")
    except ValueError as error:
        raise YoursToFix([Fault("", argument, str(error), "hunter ct logs shows them")]) from error


def beginning_of(text: str) -> "Beginning":
    """What --from means: nothing, an index, a time, or how long ago."""
    from datetime import UTC, datetime

    from hunter.clock import utc_now
    from hunter.ct.tail import Beginning
    from hunter.errors import Fault, YoursToFix

    if not text:
        return Beginning()
    if text.isdecimal():
        return Beginning(int(text))
    try:
        if text[-1] in "smhd":
            return Beginning(when=utc_now() - duration_of(text))
        when = datetime.fromisoformat(text)
    except ValueError as error:
        hint = 'an index, a time such as 2026-11-22T12:00, or how long ago, such as "7d"'
        raise YoursToFix([Fault("", "--from", f"{text!r} is no beginning", hint)]) from error
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return Beginning(when=max(when, datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)))


def duration_of(text: str) -> "timedelta":
    """A time span as the config writes it; raises ValueError."""
    from pydantic import TypeAdapter

    from hunter.written import Duration

    try:
        found: timedelta = TypeAdapter(Duration).validate_python(text)
    except OverflowError as error:
        raise ValueError(_TOO_LONG) from error
    if found.days > _MOST_DAYS:
        raise ValueError(_TOO_LONG)
    return found


def aside(text: str) -> None:
    """One line beside the results, on standard error."""
    from hunter.wording import clean

    print(clean(text, 2000), file=sys.stderr)


def span_of(text: str) -> "timedelta":
    """What --since means; raises YoursToFix."""
    from hunter.errors import Fault, YoursToFix

    try:
        return duration_of(text)
    except ValueError as error:
        hint = 'a whole number and one of s, m, h, d, such as "7d"'
        raise YoursToFix([Fault("", "--since", f"{text!r} is no span of time", hint)]) from error
